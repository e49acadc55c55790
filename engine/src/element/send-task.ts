import { element, wait } from './element.ts'

/** Send task: a job whose worker sends the message (Zeebe: "Send tasks"). */
export const sendTask = element({
  type: 'bpmn:SendTask',
  waits: true,
  // The message it refers to documents: what is sent, and how, the worker knows.
  properties: ['implementation', 'retryCounter', 'messageRef'],
  extensions: ['zeebe:TaskDefinition', 'zeebe:TaskHeaders', 'zeebe:JobPriorityDefinition'],
  read: (bo, reader) => reader.job(bo),
  activate: (node, context) => {
    context.createJob(node.own)
    return wait
  },
})
