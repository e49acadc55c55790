import { element, wait } from './element.ts'

/** Service task: a job for a worker (Zeebe: "Service tasks"). */
export const serviceTask = element({
  type: 'bpmn:ServiceTask',
  waits: true,
  properties: ['implementation', 'retryCounter'],
  extensions: ['zeebe:TaskDefinition', 'zeebe:TaskHeaders', 'zeebe:JobPriorityDefinition'],
  read: (bo, reader) => reader.job(bo),
  activate: (node, context) => {
    context.createJob(node.own)
    return wait
  },
})
