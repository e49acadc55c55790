import type { Variables } from '../record/json.ts'
import { complete, element, type Taken } from './element.ts'
import { isMet } from './exclusive-gateway.ts'
import { Fault } from './fault.ts'

/**
 * Inclusive gateway: takes every flow whose condition is true, else the default flow; where flows meet it waits for the
 * tokens that can still arrive (BPMN 2.0 §13.4.3; the wait is `step/inclusive-join.ts`).
 */
export const inclusiveGateway = element({
  type: 'bpmn:InclusiveGateway',
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
    const taken: Taken[] = []
    const rules: string[] = []
    let inputs: Variables = {}
    for (const flowId of node.outgoing) {
      if (flowId === node.own.defaultFlow) continue
      const condition = context.condition(flowId)
      if (!condition) taken.push({ flowId, why: null })
      else {
        const { met, why } = isMet(flowId, condition, context)
        if (met) taken.push({ flowId, why })
        else rules.push(condition.source)
        inputs = { ...inputs, ...why.inputs }
      }
    }
    if (taken.length > 0 || node.outgoing.length === 0) return complete({ take: taken })
    if (node.own.defaultFlow !== null)
      return complete({
        take: [{ flowId: node.own.defaultFlow, why: { rule: rules.join('\n'), inputs, result: false } }],
      })
    throw new Fault('NO_FLOW_TAKEN', { count: rules.length, conditions: rules })
  },
})
