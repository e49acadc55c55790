import { element, wait } from './element.ts'

/** Embedded sub-process and event sub-process: a scope of its own; done when nothing is left in it. */
export const subProcess = element({
  type: 'bpmn:SubProcess',
  waits: false,
  properties: ['triggeredByEvent', 'flowElements', 'artifacts', 'laneSets'],
  extensions: [],
  read: (bo) => ({ byEvent: bo.triggeredByEvent === true }),
  check: (node, { problem }) => {
    if (node.own.byEvent && (node.incoming.length > 0 || node.outgoing.length > 0))
      problem('ELEMENT_NOT_EXECUTED', { type: 'bpmn:SequenceFlow at an event sub-process' })
    if (node.own.byEvent && node.multiInstance)
      problem('ELEMENT_NOT_EXECUTED', { type: 'bpmn:MultiInstanceLoopCharacteristics at an event sub-process' })
  },
  activate: (node, context) => {
    context.enterScope(node.id)
    return wait
  },
})
