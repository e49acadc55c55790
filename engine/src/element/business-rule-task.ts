import { complete, element } from './element.ts'

/** Business rule task: evaluates a DMN decision (Zeebe: "Business rule tasks"). */
export const businessRuleTask = element({
  type: 'bpmn:BusinessRuleTask',
  waits: false,
  properties: ['implementation', 'retryCounter'],
  extensions: ['zeebe:CalledDecision'],
  read: (bo, reader) => {
    const called = reader.extension(bo, 'zeebe:CalledDecision')
    const decisionId: unknown = called?.decisionId
    const resultVariable = reader.variable(called?.resultVariable, 'zeebe:calledDecision resultVariable')
    if (typeof decisionId !== 'string' || decisionId === '' || decisionId.startsWith('=')) {
      reader.problem('EXPRESSION_MISSING', { property: 'zeebe:calledDecision decisionId' })
      return null
    }
    reader.decision(decisionId)
    if (resultVariable === null) return null
    return { decisionId, resultVariable }
  },
  activate: (node, context) =>
    complete({ variables: { [node.own.resultVariable]: context.decide(node.own.decisionId) } }),
})
