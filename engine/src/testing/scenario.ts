import type { DefinitionBundle } from '../model/definition.ts'
import type { Json, Variables } from '../record/json.ts'
import type { Actor, CommandKind, CommandValues, Fact, Key, UnitRef } from '../record/record.ts'

/** One story of a case, told in steps: the same for the in-memory hosts and for the durable one (design §10). */
export interface Scenario {
  readonly name: string
  /** BPMN process id. */
  readonly process: string
  /** The unit of the case first, then its ancestors up to the root. */
  readonly units: readonly UnitRef[]
  /** Who starts the case; a person of the scenario. */
  readonly startedBy?: string
  /** The start event that begins it: one that waits for something, by element id; absent for the none start event. */
  readonly startEvent?: string
  /** Answers of the start form, or what the start event brings. */
  readonly variables: Variables
  /** Parameters of the process package, by name. */
  readonly parameters: Variables
  /** ISO 8601 instant at which the clock stands when the case starts. */
  readonly startedAt: string
  /**
   * Who holds a role, named as candidates are: `role` in the unit of the case, `role@level` in its nearest ancestor of that
   * level. Answers internal jobs of type `bihuan.people`.
   */
  readonly people?: { readonly [role: string]: readonly { readonly id: string; readonly name: string }[] }
  readonly steps: readonly ScenarioStep[]
}

/** Which of several open instances of one element is meant: 1-based, in the order they were created. */
interface Which {
  readonly item?: number
}

/** Names of the fields for which the answers must be refused (`ANSWERS_REFUSED`); the task or act stays open. */
interface MayBeRefused {
  readonly refused?: readonly string[]
}

export type ScenarioStep =
  /** Completes the open user task of an element: the one `as` has already, else the first, assigned to `as` first. */
  | ({ readonly complete: string; readonly as?: string; readonly answers?: Variables } & Which & MayBeRefused)
  /** Completes every open user task of an element, one after the other, with the same answers. */
  | { readonly completeAll: string; readonly answers?: Variables }
  | ({ readonly assign: string; readonly to: string } & Which)
  /** Moves the clock on by an ISO 8601 duration and fires what is due, in order. */
  | { readonly advance: string }
  /** Sends the message of a case action (by its label) or of any open subscription (by its message name). */
  | ({ readonly action: string; readonly as?: string; readonly answers?: Variables } & Which & MayBeRefused)
  | ({ readonly completeJob: string; readonly variables?: Variables } & Which)
  | ({ readonly failJob: string; readonly retries: number; readonly message?: string } & Which)
  | ({ readonly throwError: string; readonly errorCode: string; readonly variables?: Variables } & Which)
  | { readonly setVariables: Variables }
  /** Resolves the open incident of an element: what failed is tried again. */
  | { readonly resolveIncident: string }
  | { readonly cancel: string }
  | { readonly expect: Expectation }

/** What must hold at this point. Every part that is present is compared. */
export interface Expectation {
  /** Element ids of the open user tasks, in any order, repeated when open more than once. */
  readonly tasks?: readonly string[]
  /** Sequence flows that must have been taken so far (others may have been too). */
  readonly taken?: readonly string[]
  /** Sequence flows that must not have been taken so far. */
  readonly notTaken?: readonly string[]
  readonly ended?: boolean
  /** Variables of the whole case with exactly these values; null also stands for absent. */
  readonly variables?: Variables
  /** Codes of the open incidents, in any order. */
  readonly incidents?: readonly string[]
  /** Element ids of the open timers, in any order. */
  readonly timers?: readonly string[]
  /** Labels of the acts that people may start now (message name where there is no label), in any order. */
  readonly actions?: readonly string[]
  /** Types of the jobs waiting for a worker, in any order. */
  readonly jobs?: readonly string[]
  /** Last stage that was opened, by element id of the flow node. */
  readonly stage?: string
  /** Assignee or candidate (`role@unitId`) of an open task: element id → who. */
  readonly assigned?: { readonly [elementId: string]: string }
}

/** The result of a scenario: failed expectations in words, by step. Empty means it passed. */
export interface Outcome {
  readonly scenario: string
  readonly host: string
  readonly failures: readonly Failure[]
  /** All facts of the case. */
  readonly facts: readonly Fact[]
}

export interface Failure {
  /** 1-based number of the step; 0 for the start. */
  readonly step: number
  readonly text: string
}

/**
 * What a scenario needs of a host. The engine has three in memory (`memoryHost`, `saveLoadHost`, `refoldHost`), the
 * runtime brings the durable one. Internal jobs and follow-up commands are the host's own business.
 */
export interface ScenarioHost {
  readonly name: string
  start(request: ScenarioStart): Promise<void>
  /** Sends a command at the host's present time; throws `Rejection`. Returns after its follow-ups are done. */
  submit<K extends CommandKind>(kind: K, key: Key, value: CommandValues[K], actor: Actor): Promise<void>
  now(): number
  /** Moves the clock to `at` and fires every timer due until then, each at its own due time where the host can. */
  advance(at: number): Promise<void>
  /** All facts of the case so far, in order. */
  facts(): Promise<readonly Fact[]>
  close(): Promise<void>
}

export interface ScenarioStart {
  readonly processId: string
  /** As in `processInstance.create`: absent for the none start event. */
  readonly startEventId?: string
  readonly units: readonly UnitRef[]
  readonly variables: Variables
  readonly parameters: Variables
  readonly businessId: string | null
  readonly at: number
  readonly actor: Actor
  readonly people: { readonly [role: string]: readonly { readonly id: string; readonly name: string }[] }
}

/** Lets a caller judge answers by the real forms before they are sent: throws `Rejection`, or gives what is sent. */
export type JudgeAnswers = (given: {
  /** The start, task or act that is answered. */
  readonly elementId: string
  readonly formId: string | null
  readonly answers: Variables
  readonly variables: Variables
  readonly parameters: Variables
  readonly at: number
}) => Variables

/** What the in-memory hosts need besides the scenario. */
export interface MemoryHostOptions {
  /** The bundle of a process by its BPMN id. */
  readonly bundle: (processId: string) => DefinitionBundle
  /** Performs further internal jobs by type: job variables and headers in, result variables out. */
  readonly jobs?: {
    readonly [type: string]: (
      variables: Variables,
      at: number,
      headers: { readonly [name: string]: string },
    ) => { readonly [name: string]: Json }
  }
}
