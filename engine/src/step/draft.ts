import { evaluateDecision } from '../dmn/index.ts'
import type { Context, Judged } from '../element/element.ts'
import { Fault } from '../element/fault.ts'
import { openTrigger } from '../element/trigger/open.ts'
import { type Expression, evaluate, type FeelContext } from '../feel/index.ts'
import type { CandidateRef } from '../model/definition.ts'
import type { Json, Variables } from '../record/json.ts'
import type { Candidate, FactKind, FactValues, Key } from '../record/record.ts'
import { type Activation, elementOf, enqueue, invariant, newKey, nodeOf, type Run, write } from './run.ts'
import { assign, feelContext, visible } from './scope.ts'

type Write =
  | { readonly kind: FactKind; readonly key: Key; readonly value: FactValues[FactKind] }
  | { readonly activation: Activation }

/** What a hook wants to write; it happens when the hook has ended without a fault, or not at all (SPEC IN1). */
export class Draft implements Context {
  readonly key: Key
  readonly at: number
  /** Variables the element will have of its own; visible to its expressions at once. */
  readonly locals: Variables = {}
  readonly #run: Run
  readonly #feel: FeelContext
  readonly #writes: Write[] = []

  constructor(run: Run, key: Key) {
    this.key = key
    this.at = run.at
    this.#run = run
    this.#feel = feelContext(run, key, this.locals)
  }

  get instanceKey(): Key {
    return this.#run.state.instance?.key ?? this.key
  }

  setLocals(variables: Variables): void {
    assign(this.locals, variables)
  }

  evaluate(expression: Expression): Json {
    return this.judge(expression).value
  }

  judge(expression: Expression): Judged {
    return this.#judgeIn(expression, this.#feel)
  }

  /** Evaluates with `extra` names in front. Throws `Fault`. */
  evaluateWith(expression: Expression, extra: Variables): Judged {
    return this.#judgeIn(expression, feelContext(this.#run, this.key, assign(assign({}, this.locals), extra)))
  }

  condition(flowId: string): Expression | null {
    return this.#run.bundle.process.flows[flowId]?.condition ?? null
  }

  decide(decisionId: string): Json {
    const { decisions } = this.#run.bundle
    const bound = Object.hasOwn(decisions, decisionId) ? decisions[decisionId] : undefined
    if (!bound) throw new Fault('DECISION_FAILED', { decisionId, message: 'the decision is not deployed' })
    const outcome = evaluateDecision(bound.decision, this.#feel, this.at)
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
    const { forms } = this.#run.bundle
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

  jobVariables(hasInputs: boolean): Variables {
    return hasInputs ? { ...this.locals } : assign(visible(this.#run.state, this.key), this.locals)
  }

  enterScope(scopeId: string): void {
    const { process } = this.#run.bundle
    const scope = process.scopes[scopeId]
    invariant(scope !== undefined, 'ST3', `the definition has no scope ${scopeId}`)
    for (const subProcessId of scope.eventSubProcesses) {
      const startId = process.scopes[subProcessId]?.startEventId
      const start = startId ? nodeOf(this.#run, startId) : null
      if (start?.type !== 'bpmn:StartEvent' || !start.own.trigger) continue
      const { trigger, interrupting } = start.own
      openTrigger(trigger, { elementId: start.id, elementInstanceKey: this.key, interrupting }, this)
    }
    const { startEventId: nodeId } = scope
    if (nodeId !== null)
      this.#writes.push({ activation: { nodeId, scopeKey: this.key, causes: [this.key], loopCounter: null } })
  }

  /** Makes it happen: own variables first, then the rest in order. */
  perform(): void {
    const { key, locals } = this
    if (Object.keys(locals).length > 0) write(this.#run, 'variables.set', key, { scopeKey: key, variables: locals })
    for (const one of this.#writes)
      if ('activation' in one) enqueue(this.#run, one.activation)
      else write(this.#run, one.kind, one.key, one.value)
  }

  #judgeIn(expression: Expression, context: FeelContext): Judged {
    const result = evaluate(expression, context, this.at)
    if (!result.ok) throw new Fault('EXPRESSION_FAILED', { expression: expression.source, message: result.message })
    return { value: result.value, why: { rule: expression.source, inputs: result.inputs, result: result.value } }
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
