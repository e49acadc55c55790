import {
  type Actor,
  accessOf,
  addDuration,
  contextOf,
  type FeelContext,
  type FieldError,
  type Form,
  fillingData,
  type Json,
  judgeAnswers,
  type Key,
  parseDuration,
  pickAnswers,
  readForm,
  shapeForm,
  type UnitRef,
  type Variables,
  validateBySchema,
} from '@bihuan/engine'
import { memoryHost, type ScenarioHost, type View, viewOf, visible } from '@bihuan/engine/testing'
import { type Beginning, type Move, person, play, type Sent, worker } from './moves.ts'
import { Places } from './places.ts'
import type { Prepared } from './prepare.ts'
import type { TimedFact } from './story.ts'
import { withoutFiles } from './without-files.ts'

/** People a role means in the unit of the trial, or above it as `role@level`. */
export type Holders = { readonly [role: string]: readonly { readonly id: string; readonly name: string }[] }

/** The answers of one form: of a task, or of the start when there is none. */
interface Answered {
  readonly task: Key | null
  readonly answers: Variables
}

/** A form of a step as it is filled: its schema, the values of its own fields, and what it is judged against. */
export interface StepForm {
  readonly form: Form
  readonly context: FeelContext
  readonly schema: Record<string, unknown>
  readonly data: Record<string, Json>
}

/**
 * One case of a draft, played in this browser by the real engine. Nothing of it is stored. The clock stands until it
 * is moved; a step can be taken back, since the same moves always lead to the same place.
 */
export class Trial {
  readonly prepared: Prepared
  readonly units: readonly UnitRef[]
  readonly #people: Holders
  readonly #began: number
  #host: ScenarioHost
  #places: Places
  #beginning: Beginning | null = null
  #moves: readonly Move[] = []
  #facts: readonly TimedFact[] = []
  /** What was answered in the move that was taken back last: to be changed, not typed again. */
  #takenBack: Answered | null = null

  /**
   * @param units unit of the case first, then its ancestors up to the root
   * @param began when the clock stands at first, milliseconds since 1970 UTC
   */
  constructor(prepared: Prepared, units: readonly UnitRef[], people: Holders, began: number) {
    this.prepared = prepared
    this.units = units
    this.#people = people
    this.#began = began
    this.#host = this.#newHost()
    this.#places = this.#newPlaces()
  }

  /** Everything that came about, in order. */
  get facts(): readonly TimedFact[] {
    return this.#facts
  }

  get view(): View {
    return viewOf(this.#facts.map(({ fact }) => fact))
  }

  get started(): boolean {
    return this.#facts.length > 0
  }

  get now(): number {
    return this.started ? this.#host.now() : this.#began
  }

  /** When the next timer fires; null when none runs. */
  get nextDue(): number | null {
    const due = [...this.view.state.timers.values()].map((timer) => timer.dueAt)
    return due.length === 0 ? null : Math.min(...due)
  }

  /** The form of a start event; null when it has none. */
  startForm(eventId: string | null): StepForm | null {
    const { process } = this.prepared
    const elementId = eventId ?? process.scopes[process.id]?.startEventId ?? ''
    const trigger = process.startEvents.find((one) => one.elementId === eventId)?.trigger
    const formId = eventId === null ? process.startForm?.formId : trigger?.kind === 'message' && trigger.action?.formId
    return formId ? this.#stepForm(formId, elementId, this.#startData(), this.#answered(null)) : null
  }

  /** The form of an open task; null when it has none. */
  taskForm(key: Key): StepForm | null {
    const task = this.view.tasks.find((one) => one.key === key)
    return task?.formId
      ? this.#stepForm(task.formId, task.elementId, this.#data(task.elementInstanceKey), this.#answered(key))
      : null
  }

  /** The form of an act on the case; null when it has none. */
  actionForm(key: Key): StepForm | null {
    const action = this.view.actions.find((one) => one.key === key)
    return action?.formId
      ? this.#stepForm(action.formId, action.elementId, this.#data(action.elementInstanceKey))
      : null
  }

  /**
   * Starts the case.
   * @param eventId the start event that is to happen; null for the none start event
   * @returns faults of the answers; empty when it went on
   */
  start(answers: Variables, actor: string, eventId: string | null = null): Promise<readonly FieldError[]> {
    return this.#answer(this.startForm(eventId), answers, (variables) =>
      this.#begin({ eventId, variables, actor: person(actor) }),
    )
  }

  /** Completes an open task. @returns faults of the answers */
  complete(key: Key, answers: Variables, actor: string): Promise<readonly FieldError[]> {
    return this.#answer(this.taskForm(key), answers, (judged) =>
      this.#move({ kind: 'complete', task: key, answers: judged, actor }),
    )
  }

  /** Does an act on the case, or hands it the message an event waits for. @returns faults of the answers */
  act(key: Key, answers: Variables, actor: string): Promise<readonly FieldError[]> {
    const action = this.view.actions.find((one) => one.key === key)
    const value = { messageName: action?.messageName ?? '', messageKey: 0 }
    return this.#answer(this.actionForm(key), answers, (variables) =>
      this.send({ command: 'message.correlate', key, value: { ...value, variables } }, person(actor)),
    )
  }

  /** Sends a signal to every event of the case that waits for it. */
  signal(name: string, variables: Variables): Promise<void> {
    return this.#move({ kind: 'signal', name, variables })
  }

  /** Sends a command as another system would; throws `Rejection` when the case refuses it. */
  send(sent: Sent, by: Actor = worker): Promise<void> {
    return this.#move({ kind: 'send', sent, by })
  }

  /** Moves the clock on; what becomes due until then happens. */
  advance(to: number): Promise<void> {
    return this.#move({ kind: 'advance', to })
  }

  /** Moves the clock on by an ISO 8601 duration. */
  advanceBy(duration: string): Promise<void> {
    const parsed = parseDuration(duration)
    return parsed ? this.advance(addDuration(this.now, parsed)) : Promise.resolve()
  }

  get canTakeBack(): boolean {
    return this.#beginning !== null
  }

  /** Takes the last move back: all before it are played anew. Its form comes back with what was answered. */
  async takeBack(): Promise<void> {
    const taken = this.#lastAnswered()
    const beginning = this.#moves.length > 0 ? this.#beginning : null
    const before = this.#moves.slice(0, -1)
    await this.#host.close()
    this.#beginning = null
    this.#host = this.#newHost()
    this.#places = this.#newPlaces()
    this.#facts = []
    this.#moves = []
    if (beginning) await this.#begin(beginning)
    for (const move of before) await this.#move(move)
    this.#takenBack = taken
  }

  async close(): Promise<void> {
    await this.#host.close()
  }

  #lastAnswered(): Answered | null {
    const last = this.#moves.at(-1)
    if (last) return last.kind === 'complete' ? { task: last.task, answers: last.answers } : null
    return this.#beginning && { task: null, answers: this.#beginning.variables }
  }

  #answered(task: Key | null): Variables {
    return this.#takenBack?.task === task ? this.#takenBack.answers : {}
  }

  #newHost(): ScenarioHost {
    return memoryHost({ bundle: () => this.prepared.bundle })
  }

  #newPlaces(): Places {
    return new Places(this.prepared.bundle, this.prepared.others)
  }

  async #answer(
    step: StepForm | null,
    answers: Variables,
    go: (judged: Variables) => Promise<void>,
  ): Promise<readonly FieldError[]> {
    if (!step) {
      await go(answers)
      return []
    }
    const judged = judgeAnswers(step.form, answers, step.context, this.now, validateBySchema)
    if (judged.errors.length > 0) return judged.errors
    await go(judged.variables)
    return []
  }

  async #begin(beginning: Beginning): Promise<void> {
    this.#beginning = beginning
    this.#takenBack = null
    const { eventId } = beginning
    await this.#host.start({
      processId: this.prepared.process.id,
      ...(eventId !== null && { startEventId: eventId }),
      units: this.units,
      variables: beginning.variables,
      parameters: this.prepared.parameters,
      businessId: null,
      at: this.#began,
      actor: beginning.actor,
      people: this.#people,
    })
    await this.#listen()
  }

  async #move(move: Move): Promise<void> {
    await play(this.#host, move)
    this.#moves = [...this.#moves, move]
    this.#takenBack = null
    await this.#listen()
  }

  /** Takes what came about since. */
  async #listen(): Promise<void> {
    const fresh = (await this.#host.facts()).slice(this.#facts.length)
    const at = this.#host.now()
    this.#facts = [...this.#facts, ...fresh.map((fact) => ({ fact, at, process: this.#places.take(fact) }))]
  }

  #startData(): FeelContext {
    return contextOf({ parameters: this.prepared.parameters, case: this.#case(null) })
  }

  #data(scopeKey: Key): FeelContext {
    const { state, instanceKey } = this.view
    return contextOf({
      ...visible(state, scopeKey === 0 ? instanceKey : scopeKey),
      parameters: this.prepared.parameters,
      case: this.#case(String(instanceKey)),
    })
  }

  #case(key: string | null): { [name: string]: Json } {
    const unit = this.units[0]
    return { key, number: null, unit: unit ? { ...unit } : null }
  }

  /** The form as its step has it (the matrix decides), without files: nothing is uploaded in a trial. */
  #stepForm(formId: string, elementId: string, data: FeelContext, answers: Variables = {}): StepForm | null {
    const authored = this.prepared.forms.get(formId)
    if (!authored) return null
    const { dictionary } = this.prepared
    const shaped = dictionary ? shapeForm(authored, accessOf(dictionary, elementId)) : authored.schema
    const { form } = readForm(withoutFiles(shaped), formId)
    if (!form) return null
    const context = fillingData(form, dictionary, data, this.now)
    const filled = { ...pickAnswers(form, context), ...pickAnswers(form, contextOf(answers)) }
    return { form, context, schema: form.schema, data: filled }
  }
}
