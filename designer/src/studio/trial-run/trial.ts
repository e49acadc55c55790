import {
  accessOf,
  addDuration,
  contextOf,
  type FeelContext,
  type FieldError,
  type Form,
  type Json,
  judgeAnswers,
  parseDuration,
  pickAnswers,
  Rejection,
  readForm,
  shapeForm,
  type UnitRef,
  type Variables,
  validateBySchema,
} from '@bihuan/engine'
import { memoryHost, type ScenarioHost, type View, viewOf, visible } from '@bihuan/engine/testing'
import type { Prepared } from './prepare.ts'
import type { TimedFact } from './story.ts'
import { withoutFiles } from './without-files.ts'

/** People a role means in the unit of the trial. */
export type Holders = { readonly [role: string]: readonly { readonly id: string; readonly name: string }[] }

/** A form of a step as it is filled: its schema and the values of its own fields. */
export interface StepForm {
  readonly form: Form
  readonly schema: Record<string, unknown>
  readonly data: Record<string, Json>
}

/** What was done: enough to do it again, so that a step can be taken back. */
type Move =
  | { readonly kind: 'start'; readonly answers: Variables; readonly actor: string }
  | { readonly kind: 'complete'; readonly task: number; readonly answers: Variables; readonly actor: string }
  | { readonly kind: 'act'; readonly action: number; readonly answers: Variables; readonly actor: string }
  | { readonly kind: 'advance'; readonly to: number }

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
  #moves: readonly Move[] = []
  #facts: readonly TimedFact[] = []

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

  /** The start form, as who starts the case has it; null when there is none. */
  startForm(): StepForm | null {
    const { process, parameters } = this.prepared
    const elementId = process.scopes[process.id]?.startEventId ?? null
    const unit = this.units[0]
    if (!process.startForm || elementId === null) return null
    const around = contextOf({ parameters, case: { key: null, number: null, unit: unit ? { ...unit } : null } })
    return this.#stepForm(process.startForm.formId, elementId, around)
  }

  /** The form of an open task; null when it has none. */
  taskForm(key: number): StepForm | null {
    const task = this.view.tasks.find((one) => one.key === key)
    return task?.formId ? this.#stepForm(task.formId, task.elementId, this.#data(task.elementInstanceKey)) : null
  }

  /** The form of an act on the case; null when it has none. */
  actionForm(key: number): StepForm | null {
    const action = this.view.actions.find((one) => one.key === key)
    const elementId = this.view.state.subscriptions.get(key)?.elementId
    return action?.formId && elementId
      ? this.#stepForm(action.formId, elementId, this.#data(this.view.instanceKey))
      : null
  }

  /** Starts the case. @returns faults of the answers; empty when it went on */
  start(answers: Variables, actor: string): Promise<readonly FieldError[]> {
    return this.#answer(this.startForm(), answers, this.#startData(), (judged) => ({
      kind: 'start',
      answers: judged,
      actor,
    }))
  }

  /** Completes an open task. @returns faults of the answers */
  complete(key: number, answers: Variables, actor: string): Promise<readonly FieldError[]> {
    const task = this.view.tasks.find((one) => one.key === key)
    const data = task ? this.#data(task.elementInstanceKey) : contextOf({})
    return this.#answer(this.taskForm(key), answers, data, (judged) => ({
      kind: 'complete',
      task: key,
      answers: judged,
      actor,
    }))
  }

  /** Does an act on the case. @returns faults of the answers */
  act(key: number, answers: Variables, actor: string): Promise<readonly FieldError[]> {
    const data = this.#data(this.view.instanceKey)
    return this.#answer(this.actionForm(key), answers, data, (judged) => ({
      kind: 'act',
      action: key,
      answers: judged,
      actor,
    }))
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
    return this.#moves.length > 0
  }

  /** Takes the last move back: all before it are played anew. */
  async takeBack(): Promise<void> {
    const before = this.#moves.slice(0, -1)
    await this.#host.close()
    this.#host = this.#newHost()
    this.#facts = []
    this.#moves = []
    for (const move of before) await this.#move(move)
  }

  async close(): Promise<void> {
    await this.#host.close()
  }

  #newHost(): ScenarioHost {
    return memoryHost({ bundle: () => this.prepared.bundle })
  }

  async #answer(
    step: StepForm | null,
    answers: Variables,
    data: FeelContext,
    move: (judged: Variables) => Move,
  ): Promise<readonly FieldError[]> {
    if (!step) {
      await this.#move(move({}))
      return []
    }
    const judged = judgeAnswers(step.form, answers, data, this.now, validateBySchema)
    if (judged.errors.length > 0) return judged.errors
    await this.#move(move(judged.variables))
    return []
  }

  async #move(move: Move): Promise<void> {
    const { formKey } = { formKey: null }
    switch (move.kind) {
      case 'start':
        await this.#host.start({
          processId: this.prepared.process.id,
          units: this.units,
          variables: move.answers,
          parameters: this.prepared.parameters,
          businessId: null,
          at: this.#began,
          actor: { type: 'person', id: move.actor },
          people: this.#people,
        })
        break
      case 'complete':
        await this.#host.submit(
          'userTask.assign',
          move.task,
          { assignee: move.actor, allowOverride: true },
          person(move),
        )
        await this.#host.submit('userTask.complete', move.task, { variables: move.answers, formKey }, person(move))
        break
      case 'act': {
        const { messageName } = this.view.actions.find((one) => one.key === move.action) ?? { messageName: '' }
        const value = { messageName, messageKey: 0, variables: move.answers }
        await this.#host.submit('message.correlate', move.action, value, person(move))
        break
      }
      case 'advance':
        await this.#host.advance(move.to)
        break
      default:
        throw new Rejection('UNEXPECTED')
    }
    this.#moves = [...this.#moves, move]
    const known = this.#facts.length
    const fresh = (await this.#host.facts()).slice(known)
    this.#facts = [...this.#facts, ...fresh.map((fact) => ({ fact, at: this.#host.now() }))]
  }

  #startData(): FeelContext {
    return contextOf({ parameters: this.prepared.parameters })
  }

  #data(scopeKey: number): FeelContext {
    const { state, instanceKey } = this.view
    const unit = this.units[0]
    return contextOf({
      ...visible(state, scopeKey === 0 ? instanceKey : scopeKey),
      parameters: this.prepared.parameters,
      case: { key: String(instanceKey), number: null, unit: unit ? { ...unit } : null },
    })
  }

  /** The form as its step has it (the matrix decides), without files: nothing is uploaded in a trial. */
  #stepForm(formId: string, elementId: string, data: FeelContext): StepForm | null {
    const authored = this.prepared.forms.get(formId)
    if (!authored) return null
    const { dictionary } = this.prepared
    const shaped = dictionary ? shapeForm(authored, accessOf(dictionary, elementId)) : authored.schema
    const { form } = readForm(withoutFiles(shaped), formId)
    return form && { form, schema: form.schema, data: pickAnswers(form, data) }
  }
}

const person = ({ actor }: { readonly actor: string }) => ({ type: 'person' as const, id: actor })
