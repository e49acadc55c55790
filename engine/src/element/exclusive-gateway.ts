import type { Expression } from '../feel/index.ts'
import type { Variables } from '../record/json.ts'
import type { Why } from '../record/record.ts'
import { type Context, complete, element, type Taken } from './element.ts'
import { Fault } from './fault.ts'
import { typeName } from './type-name.ts'

/** Judges the condition of a flow. Throws `Fault` when it is neither true nor false (SPEC XG3). */
export function isMet(flowId: string, condition: Expression, context: Context): { met: boolean; why: Why } {
  const { value, why } = context.judge(condition)
  if (typeof value === 'boolean') return { met: value, why }
  throw new Fault('CONDITION_NOT_BOOLEAN', { flow: flowId, expression: condition.source, result: typeName(value) })
}

/**
 * Exclusive gateway: the first flow whose condition is true, else the default flow (BPMN 2.0 §13.4.2). A condition
 * that is not true or false is an incident, never a silent no (Zeebe).
 */
export const exclusiveGateway = element({
  type: 'bpmn:ExclusiveGateway',
  waits: false,
  properties: ['default', 'gatewayDirection'],
  extensions: [],
  read: (bo) => ({ defaultFlow: typeof bo.default?.id === 'string' ? (bo.default.id as string) : null }),
  check: (node, { flow, problem }) => {
    if (node.outgoing.length < 2) return
    for (const id of node.outgoing) {
      const { name, hasCondition } = flow(id)
      if (!hasCondition && id !== node.own.defaultFlow) problem('CONDITION_MISSING', { flow: name ?? id })
    }
  },
  activate: (node, context) => {
    let inputs: Variables = {}
    const rules: string[] = []
    for (const flowId of node.outgoing) {
      if (flowId === node.own.defaultFlow) continue
      const condition = context.condition(flowId)
      if (!condition) return complete({ take: [{ flowId, why: null }] })
      const { met, why } = isMet(flowId, condition, context)
      if (met) return complete({ take: [{ flowId, why }] })
      rules.push(condition.source)
      inputs = { ...inputs, ...why.inputs }
    }
    const why = rules.length > 0 ? { rule: rules.join('\n'), inputs, result: false } : null
    if (node.own.defaultFlow !== null)
      return complete({ take: [{ flowId: node.own.defaultFlow, why } satisfies Taken] })
    if (node.outgoing.length === 0) return complete({ take: [] })
    throw new Fault('NO_FLOW_TAKEN', { count: rules.length, conditions: rules })
  },
})
