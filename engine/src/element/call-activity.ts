import type { Variables } from '../record/json.ts'
import { element } from './element.ts'
import { Fault } from './fault.ts'
import { typeName } from './type-name.ts'

/**
 * Call activity: begins another process inside this one, in the same stream, and waits until it has ended (Zeebe: "Call
 * activities"). The called process sees no variables of the caller but those it is given.
 */
export const callActivity = element({
  type: 'bpmn:CallActivity',
  waits: true,
  properties: ['calledElement'],
  extensions: ['zeebe:CalledElement'],
  read: (bo, reader) => {
    const called = reader.extension(bo, 'zeebe:CalledElement')
    const processId = reader.required(called?.processId ?? called?.processIdExpression, 'zeebe:calledElement processId')
    if (!called || !processId) return null
    if (called.businessId) reader.problem('ELEMENT_NOT_EXECUTED', { type: 'zeebe:calledElement businessId' })
    const binding = reader.binding(called)
    if (processId.kind === 'static') reader.process(processId.source, binding)
    return {
      processId,
      binding,
      propagateAllParentVariables: called.propagateAllParentVariables !== false,
      // Zeebe: without output mappings everything comes back unless told otherwise, with them only what is mapped.
      propagateAllChildVariables: called.propagateAllChildVariables !== false,
    }
  },
  activate: ({ own }, context) => {
    const { value, why } = context.judge(own.processId)
    if (typeof value !== 'string' || value === '')
      throw new Fault('EXPRESSION_FAILED', {
        expression: own.processId.source,
        message: `expected a process id, found ${typeName(value)}`,
      })
    const definition = context.findProcess(value, own.binding)
    if (!definition) throw new Fault('CALLED_PROCESS_NOT_FOUND', { processId: value, binding: own.binding.kind })
    const variables: Variables = own.propagateAllParentVariables ? context.visible() : context.locals
    return { kind: 'call', definition, variables, why: own.processId.kind === 'static' ? null : why }
  },
})
