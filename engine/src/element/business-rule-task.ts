import { complete, element, wait } from './element.ts'

/** Business rule task: evaluates a DMN decision, or is a job for a worker (Zeebe: "Business rule tasks"). */
export const businessRuleTask = element({
  type: 'bpmn:BusinessRuleTask',
  waits: (node) => 'job' in node.own,
  properties: ['implementation', 'retryCounter'],
  extensions: ['zeebe:CalledDecision', 'zeebe:TaskDefinition', 'zeebe:TaskHeaders', 'zeebe:JobPriorityDefinition'],
  read: (bo, reader) => {
    const called = reader.extension(bo, 'zeebe:CalledDecision')
    if (!called && reader.extension(bo, 'zeebe:TaskDefinition')) {
      const job = reader.job(bo)
      return job && { job }
    }
    const decisionId = reader.literal(called?.decisionId, 'zeebe:calledDecision decisionId')?.source
    const resultVariable = reader.variable(called?.resultVariable, 'zeebe:calledDecision resultVariable')
    if (!called || decisionId === undefined) return null
    const binding = reader.binding(called)
    reader.decision(decisionId, binding)
    return resultVariable === null ? null : { decisionId, binding, resultVariable }
  },
  activate: ({ own }, context) => {
    if ('job' in own) {
      context.createJob(own.job)
      return wait
    }
    return complete({ variables: { [own.resultVariable]: context.decide(own.decisionId) } })
  },
})
