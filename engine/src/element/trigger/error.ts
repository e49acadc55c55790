import type { ModdleElement } from 'bpmn-moddle'
import type { EventTrigger } from '../../model/definition.ts'
import type { Reader } from '../element.ts'

/** Reads an error definition (Zeebe: "Error events"): the code it catches, or null for every error. */
export function readError(definition: ModdleElement, interrupting: boolean, reader: Reader): EventTrigger | null {
  if (!interrupting) {
    reader.problem('EVENT_NOT_EXECUTED', { type: 'bpmn:ErrorEventDefinition (non-interrupting)' })
    return null
  }
  const error = definition.errorRef as ModdleElement | undefined
  if (!error) return { kind: 'error', errorCode: null }
  const code: unknown = error.errorCode
  if (typeof code !== 'string' || code === '' || code.startsWith('=')) {
    reader.problem('EXPRESSION_MISSING', { property: 'errorCode' })
    return null
  }
  return { kind: 'error', errorCode: reader.expression(code) }
}
