import { evaluateDecision } from '../dmn/index.ts'
import type { Context, Judged } from '../element/element.ts'
import { armTrigger } from '../element/event/all.ts'
import { textOf } from '../element/event/text.ts'
import { Fault } from '../element/fault.ts'
import { type Evaluation, type Expression, evaluate, type FeelContext } from '../feel/index.ts'
import type { Binding, CandidateRef, DefinitionBundle, FlowNode, JobSpec } from '../model/definition.ts'
import { type DrawnEvent, followingEvents, scopeEvents } from '../model/drawn-event.ts'
import type { Json, Variables } from '../record/json.ts'
import type { Candidate, FactKind, FactValues, Key, ListenerRef } from '../record/record.ts'
import { MAX_STARTS } from '../state/state.ts'
import { callDepth, MAX_CALLS } from './call.ts'
import { type Activation, definitionOf, elementOf, enqueue, invariant, newKey, type Run, write } from './run.ts'
import { assign, feelContext, visible } from './scope.ts'

const DEFAULT_RETRIES = 3

type Write =
  | { readonly kind: FactKind; readonly key: Key; readonly value: FactValues[FactKind] }
  | { readonly activation: Activation }

/** What a hook wants to write; it happens when the hook has ended without a fault, or not at all (SPEC IN1). */
export class Draft implements Context {
  readonly key: Key
  readonly elementId: string
  readonly at: number
  /** Variables the element will have of its own besides those it has; visible to its expressions at once. */
  readonly made: Variables = {}
  readonly #run: Run
  #feel: FeelContext | null = null
  readonly #definition: DefinitionBundle
  readonly #writes: Write[] = []

  constructor(run: Run, key: Key) {
    this.key = key
    this.at = run.at
    this.#run = run
    const element = elementOf(run, key)
    this.elementId = element.elementId
    this.#definition = definitionOf(run, element)
  }

  get instanceKey(): Key {
    return this.#run.state.instance?.key ?? this.key
  }

  get locals(): Variables {
    return assign(assign({}, elementOf(this.#run, this.key).variables), this.made)
  }

  get brought(): Variables {
    const { instance } = this.#run.state
    const begins = instance?.startEventId === this.elementId && elementOf(this.#run, this.key).scopeKey === instance.key
    return (begins ? instance.startVariables : undefined) ?? {}
  }

  setLocals(variables: Variables): void {
    assign(this.made, variables)
  }

  evaluate(expression: Expression): Json {
    return this.judge(expression).value
  }

  judge(expression: Expression): Judged {
    return this.#judgeIn(expression, this.#context())
  }

  /** Evaluates with `extra` names in front. Throws `Fault`. */
  evaluateWith(expression: Expression, extra: Variables): Judged {
    return this.#judgeIn(expression, feelContext(this.#run, this.key, assign(assign({}, this.made), extra)))
  }

  /** Evaluates at another element instance, with `extra` names in front. Throws `Fault`. */
  judgeAt(key: Key, expression: Expression, extra: Variables): Judged {
    return this.#judgeIn(expression, feelContext(this.#run, key, extra))
  }

  condition(flowId: string): Expression | null {
    return this.#definition.process.flows[flowId]?.condition ?? null
  }

  decide(decisionId: string): Json {
    const { decisions } = this.#definition
    const bound = Object.hasOwn(decisions, decisionId) ? decisions[decisionId] : undefined
    if (!bound) throw new Fault('DECISION_FAILED', { decisionId, message: 'the decision is not deployed' })
    const outcome = evaluateDecision(bound.decision, this.#context(), this.#run.around)
    if (!outcome.ok) throw new Fault('DECISION_FAILED', { decisionId, message: outcome.message })
    const { value, inputs, rules } = outcome
    this.write('decision.evaluated', this.newKey(), {
      elementId: elementOf(this.#run, this.key).elementId,
      decisionId,
      decisionKey: bound.key,
      why: { rule: decisionId, inputs, result: value },
      rules,
    })
    return value
  }

  formKey(formId: string): Key | null {
    const { forms } = this.#definition
    return Object.hasOwn(forms, formId) ? (forms[formId]?.key ?? null) : null
  }

  resolve(candidates: readonly CandidateRef[]): readonly Candidate[] {
    return candidates.map((candidate) => resolve(this.#run, candidate))
  }

  newKey(): Key {
    return newKey(this.#run)
  }

  write<K extends FactKind>(kind: K, key: Key, value: FactValues[K]): void {
    this.#writes.push({ kind, key, value })
  }

  visible(): Variables {
    return assign(visible(this.#run.state, this.key), this.made)
  }

  createJob(job: JobSpec, headers: { readonly [name: string]: string } = {}, listener?: ListenerRef): void {
    const { elementId, name } = elementOf(this.#run, this.key)
    const type = textOf(job.jobType, 'a job type', this)
    const retries = this.#wholeNumber(job.retries, DEFAULT_RETRIES, 1, 'expected a whole number of retries from 1')
    const priority = this.#wholeNumber(job.priority, 0, -Infinity, 'expected a whole number as priority')
    const hasInputs = (this.#definition.process.nodes[elementId]?.inputs.length ?? 0) > 0
    this.write('job.created', this.newKey(), {
      elementId,
      elementInstanceKey: this.key,
      name,
      type,
      retries,
      headers: { ...headers, ...job.headers },
      ...(priority === 0 ? {} : { priority }),
      ...(listener ? { listener } : {}),
      variables: hasInputs && !listener ? this.locals : this.visible(),
    })
  }

  findProcess(processId: string, binding: Binding): DefinitionBundle | null {
    if (callDepth(this.#run, this.key) >= MAX_CALLS) throw new Fault('CALLED_TOO_DEEP', { limit: MAX_CALLS })
    return this.#run.bundle.others?.find(processId, binding, this.#definition) ?? null
  }

  checkStartDepth(): void {
    if ((this.#run.state.instance?.startDepth ?? 0) >= MAX_STARTS)
      throw new Fault('STARTED_TOO_DEEP', { limit: MAX_STARTS })
  }

  armFollowing(gateway: FlowNode): void {
    this.arm(followingEvents(this.#definition.process, gateway))
  }

  /** Begins to wait for events on behalf of this element instance. Throws `Fault`. */
  arm(events: readonly DrawnEvent[]): void {
    for (const { trigger, elementId, interrupting } of events)
      armTrigger(trigger, { elementId, elementInstanceKey: this.key, interrupting }, this)
  }

  enterScope(scopeId: string, startEventId?: string): void {
    const { process } = this.#definition
    const scope = process.scopes[scopeId]
    invariant(scope !== undefined, 'ST3', `the definition has no scope ${scopeId}`)
    this.arm(scopeEvents(process, scopeId))
    const first = startEventId ?? scope.startEventId
    if (first !== null) this.activateInside(first)
  }

  /** Queues an element inside this one. */
  activateInside(nodeId: string): void {
    this.#writes.push({ activation: { nodeId, scopeKey: this.key, causes: [this.key], loopCounter: null } })
  }

  /** Makes it happen: own variables first, then the rest in order. */
  perform(): void {
    const { key, made } = this
    if (Object.keys(made).length > 0) write(this.#run, 'variables.set', key, { scopeKey: key, variables: made })
    for (const one of this.#writes)
      if ('activation' in one) enqueue(this.#run, one.activation)
      else write(this.#run, one.kind, one.key, one.value)
  }

  /** A whole number from `least`, written as a number or as text; `absent` without an expression. Throws `Fault`. */
  #wholeNumber(expression: Expression | null, absent: number, least: number, message: string): number {
    if (!expression) return absent
    const value = this.evaluate(expression)
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    if (typeof number === 'number' && Number.isSafeInteger(number) && number >= least) return number
    throw new Fault('EXPRESSION_FAILED', { expression: expression.source, message })
  }

  /** Made when first asked for: most hooks evaluate nothing. */
  #context(): FeelContext {
    this.#feel ??= feelContext(this.#run, this.key, this.made)
    return this.#feel
  }

  #judgeIn(expression: Expression, context: FeelContext): Judged {
    const result = evaluate(expression, context, this.#run.around)
    const { source } = expression
    if (!result.ok) throw new Fault('EXPRESSION_FAILED', { expression: source, message: result.message })
    const { value, inputs, missing, unlike } = result
    if (this.#definition.process.strict) refuseDoubt(source, result)
    const doubts = { ...(missing.length > 0 && { missing }), ...(unlike.length > 0 && { unlike }) }
    return { value, why: { rule: source, inputs, result: value, ...doubts } }
  }
}

/** The unit in which a role is looked for: the unit of the case, or its nearest ancestor of the level named. */
function resolve(run: Run, candidate: CandidateRef): Candidate {
  const units = run.state.instance?.units ?? []
  const unit = candidate.level === null ? units[0] : units.find((one) => one.level === candidate.level)
  if (!unit)
    throw new Fault('CANDIDATE_UNIT_NOT_FOUND', {
      role: candidate.role,
      level: candidate.level,
      unit: units[0]?.name ?? null,
    })
  return { role: candidate.role, unitId: unit.id }
}

/** In a strict process nothing that is missing or unlike goes on as null (SPEC FE6). Throws `Fault`. */
function refuseDoubt(expression: string, { missing, unlike }: Pick<Evaluation, 'missing' | 'unlike'>): void {
  if (missing.length > 0) throw new Fault('NAME_MISSING', { expression, missing })
  const [first] = unlike
  if (first) throw new Fault('VALUES_UNLIKE', { expression, ...first })
}
