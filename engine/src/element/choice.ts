import type { ModdleElement } from 'bpmn-moddle'
import type { Expression } from '../feel/index.ts'
import type { FlowNodeOf } from '../model/definition.ts'
import type { Variables } from '../record/json.ts'
import type { Why } from '../record/record.ts'
import type { CheckContext, Context, Taken } from './element.ts'
import { Fault } from './fault.ts'
import { typeName } from './type-name.ts'

/** A gateway that chooses among its outgoing flows by their conditions (BPMN 2.0 §13.4.2, §13.4.3). */
type Choosing = FlowNodeOf<'bpmn:ExclusiveGateway' | 'bpmn:InclusiveGateway'>

export const readChoice = (bo: ModdleElement): { defaultFlow: string | null } => ({
  defaultFlow: typeof bo.default?.id === 'string' ? (bo.default.id as string) : null,
})

/** With several flows each but the default needs a condition (SPEC XG7, IG13). */
export function checkChoice(node: Choosing, { flow, problem }: CheckContext): void {
  if (node.outgoing.length < 2) return
  for (const id of node.outgoing) {
    const { name, hasCondition } = flow(id)
    if (!hasCondition && id !== node.own.defaultFlow) problem('CONDITION_MISSING', { flow: name ?? id })
  }
}

/**
 * The first flow, or every flow, whose condition is true, in the order of the file; when none is, the default flow, with
 * what was judged. Throws `Fault` when there is no default, and for a condition that is neither true nor false.
 */
export function choose(node: Choosing, context: Context, how: 'first' | 'every'): readonly Taken[] {
  const taken: Taken[] = []
  const rules: string[] = []
  let inputs: Variables = {}
  for (const flowId of node.outgoing) {
    if (flowId === node.own.defaultFlow) continue
    const condition = context.condition(flowId)
    const why = condition && judge(flowId, condition, context)
    if (condition && why?.result === false) {
      rules.push(condition.source)
      inputs = { ...inputs, ...why.inputs }
      continue
    }
    taken.push({ flowId, why })
    if (how === 'first') break
  }
  if (taken.length > 0 || node.outgoing.length === 0) return taken
  if (node.own.defaultFlow === null) throw new Fault('NO_FLOW_TAKEN', { count: rules.length, conditions: rules })
  const why = rules.length > 0 ? { rule: rules.join('\n'), inputs, result: false } : null
  return [{ flowId: node.own.defaultFlow, why }]
}

function judge(flow: string, condition: Expression, context: Context): Why {
  const { value, why } = context.judge(condition)
  if (typeof value === 'boolean') return why
  throw new Fault('CONDITION_NOT_BOOLEAN', { flow, expression: condition.source, result: typeName(value) })
}
