import type { ActorLogic, Snapshot } from 'xstate'
import type { DefinitionBundle } from '../model/definition.ts'
import type { Command } from '../record/record.ts'
import { restoreState, type StateJson, serializeState } from '../state/snapshot.ts'
import { emptyState, type State } from '../state/state.ts'
import { type StepResult, step } from '../step/step.ts'

/** The only event an instance actor takes: a command. */
export interface ProcessEvent {
  readonly type: 'command'
  readonly command: Command
}

/**
 * Snapshot of an instance actor. It is private to the host: `state` is live data that the next event changes.
 * `last` is what the last command led to; `fault` is a fault of the engine itself, after which the state cannot be
 * trusted and the host must drop the actor.
 */
export type ProcessSnapshot = Snapshot<undefined> & {
  readonly state: State
  readonly last: StepResult | null
  readonly fault: Error | null
}

/** What `getPersistedSnapshot` gives and `createActor(…, { snapshot })` takes. */
export type PersistedProcess = Snapshot<undefined> & { readonly state: StateJson }

export interface ProcessInput {
  /** Number of the stream: keys are made of it. */
  readonly stream: number
}

const active = { status: 'active', output: undefined, error: undefined } as const

/**
 * An XState actor for the instances of one process (decision D3): its `transition` is the step. It stays active for
 * ever, since a finished case can be reopened, and its transition never throws, since that would end the actor system.
 */
export function createProcessLogic(bundle: DefinitionBundle): ActorLogic<ProcessSnapshot, ProcessEvent, ProcessInput> {
  return {
    config: bundle.process.id,
    transition(snapshot, event) {
      if (event.type !== 'command' || snapshot.fault) return snapshot
      const { state } = snapshot
      try {
        return { ...active, state, last: step(bundle, state, event.command), fault: null }
      } catch (error) {
        return { ...active, state, last: null, fault: error instanceof Error ? error : new Error(String(error)) }
      }
    },
    getInitialSnapshot: (_scope, input) => ({ ...active, state: emptyState(input.stream), last: null, fault: null }),
    getPersistedSnapshot: (snapshot): PersistedProcess => ({ ...active, state: serializeState(snapshot.state) }),
    restoreSnapshot: (persisted) => ({
      ...active,
      state: restoreState((persisted as PersistedProcess).state),
      last: null,
      fault: null,
    }),
  }
}
