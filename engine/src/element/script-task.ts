import { complete, element, wait } from './element.ts'

/**
 * Script task: a FEEL expression whose value becomes a variable, or a job for a worker (Zeebe: "Script tasks"). No
 * other language (D11).
 */
export const scriptTask = element({
  type: 'bpmn:ScriptTask',
  waits: (node) => 'job' in node.own,
  properties: ['retryCounter'],
  extensions: ['zeebe:Script', 'zeebe:TaskDefinition', 'zeebe:TaskHeaders', 'zeebe:JobPriorityDefinition'],
  read: (bo, reader) => {
    const script = reader.extension(bo, 'zeebe:Script')
    if (!script && reader.extension(bo, 'zeebe:TaskDefinition')) {
      const job = reader.job(bo)
      return job && { job }
    }
    const expression = reader.feel(script?.expression, 'zeebe:script expression')
    const resultVariable = reader.variable(script?.resultVariable, 'zeebe:script resultVariable')
    return expression && resultVariable !== null ? { expression, resultVariable } : null
  },
  activate: ({ own }, context) => {
    if ('job' in own) {
      context.createJob(own.job)
      return wait
    }
    return complete({ variables: { [own.resultVariable]: context.evaluate(own.expression) } })
  },
})
