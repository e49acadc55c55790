import type { Context, Judged } from '../element/element.ts'
import { Fault } from '../element/fault.ts'
import { evaluateDecision } from '../dmn/index.ts'
import { evaluate, type Expression, type FeelContext } from '../feel/index.ts'
import type { CandidateRef } from '../model/definition.ts'
import type { Json, Variables } from '../record/json.ts'
import type { Candidate, FactKind, FactValues, Key } from '../record/record.ts'
import { openTrigger } from '../element/trigger/open.ts'
import { type Activation, elementOf, enqueue, invariant, newKey, nodeOf, type Run, write } from './run.ts'
import { assign, feelContext, visible } from './scope.ts'

/** What a hook wants to write; it happens when the hook has ended without a fault, or not at all (SPEC IN1). */
export interface Draft extends Context {
  /** Variables the element will have of its own; visible to its expressions at once. */
  readonly locals: Variables
  setLocals(variables: Variables): void
  /** Evaluates with `extra` names in front. Throws `Fault`. */
  evaluateWith(expression: Expression, extra: Variables): Judged
  /** The FEEL context of the element with its new locals. */
  readonly feel: FeelContext
  enqueue(activation: Activation): void
}

/**
 * Runs a hook of an element instance. When it throws a `Fault`, what it wrote is dropped, an incident is made and null
 * given; else its writes happen in order and its answer is given.
 */
export function attempt<T>(run: Run, key: Key, retry: 'activate' | 'complete', hook: (draft: Draft) => T): T | null {
  const before = run.lastKey
  const writes: (() => void)[] = []
  const draft = makeDraft(run, key, writes)
  let answer: T
  try {
    answer = hook(draft)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    run.lastKey = before
    incident(run, key, error, retry, null)
    return null
  }
  if (Object.keys(draft.locals).length > 0) write(run, 'variables.set', key, { scopeKey: key, variables: draft.locals })
  for (const one of writes) one()
  return answer
}

/** Makes an incident of an element instance. */
export function incident(run: Run, key: Key, fault: Fault, retry: 'activate' | 'complete' | 'job', jobKey: Key | null): void {
  const element = elementOf(run, key)
  write(run, 'incident.created', newKey(run), {
    elementId: element.elementId,
    elementName: element.name,
    elementInstanceKey: key,
    code: fault.code,
    facts: JSON.parse(JSON.stringify(fault.facts)) as { [name: string]: Json },
    jobKey,
    retry,
  })
}

function makeDraft(run: Run, key: Key, writes: (() => void)[]): Draft {
  const locals: Variables = {}
  const feel = feelContext(run, key, locals)
  const judgeIn = (expression: Expression, context: FeelContext): Judged => {
    const result = evaluate(expression, context, run.at)
    if (!result.ok) throw new Fault('EXPRESSION_FAILED', { expression: expression.source, message: result.message })
    return { value: result.value, why: { rule: expression.source, inputs: result.inputs, result: result.value } }
  }
  const put = <K extends FactKind>(kind: K, factKey: Key, value: FactValues[K]) =>
    writes.push(() => write(run, kind, factKey, value))
  const draft: Draft = {
    key,
    at: run.at,
    get instanceKey() {
      return run.state.instance?.key ?? key
    },
    locals,
    feel,
    setLocals: (variables) => void assign(locals, variables),
    evaluate: (expression) => judgeIn(expression, feel).value,
    judge: (expression) => judgeIn(expression, feel),
    evaluateWith: (expression, extra) => judgeIn(expression, feelContext(run, key, assign(assign({}, locals), extra))),
    condition: (flowId) => run.bundle.process.flows[flowId]?.condition ?? null,
    decide(decisionId) {
      const bound = run.bundle.decisions[decisionId]
      if (!bound) throw new Fault('DECISION_FAILED', { decisionId, message: 'the decision is not deployed' })
      const outcome = evaluateDecision(bound.decision, feel, run.at)
      if (!outcome.ok) throw new Fault('DECISION_FAILED', { decisionId, message: outcome.message })
      put('decision.evaluated', newKey(run), {
        elementId: elementOf(run, key).elementId,
        decisionId,
        decisionKey: bound.key,
        why: { rule: decisionId, inputs: outcome.inputs, result: outcome.value },
        rules: outcome.rules,
      })
      return outcome
    },
    formKey: (formId) => run.bundle.forms[formId]?.key ?? null,
    resolve: (candidates) => candidates.map((candidate) => resolve(run, candidate)),
    newKey: () => newKey(run),
    write: put,
    visible: () => assign(visible(run.state, key), locals),
    enqueue: (activation) => writes.push(() => enqueue(run, activation)),
    enterScope(scopeId) {
      const scope = run.bundle.process.scopes[scopeId]
      invariant(scope !== undefined, 'ST3', `the definition has no scope ${scopeId}`)
      for (const subProcessId of scope.eventSubProcesses) {
        const startId = run.bundle.process.scopes[subProcessId]?.startEventId
        const start = startId ? nodeOf(run, startId) : null
        if (start?.type !== 'bpmn:StartEvent' || !start.own.trigger) continue
        openTrigger(
          start.own.trigger,
          { elementId: start.id, elementInstanceKey: key, interrupting: start.own.interrupting },
          draft,
        )
      }
      if (scope.startEventId !== null)
        draft.enqueue({ nodeId: scope.startEventId, scopeKey: key, causes: [key], loopCounter: null })
    },
  }
  return draft
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
