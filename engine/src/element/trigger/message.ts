import type { ModdleElement } from 'bpmn-moddle'
import type { EventTrigger } from '../../model/definition.ts'
import type { Context, Reader } from '../element.ts'
import { Fault } from '../fault.ts'
import { typeName } from '../type-name.ts'
import type { Waiting } from './open.ts'

type MessageTrigger = Extract<EventTrigger, { kind: 'message' }>

/**
 * Reads a message definition (Zeebe: "Message events"): name and correlation key of the `bpmn:message` it refers to.
 * With a `bihuan:caseAction` the correlation key may be absent: people send it from the page of the case, and other
 * systems by the key of the case.
 */
export function readMessage(bo: ModdleElement, definition: ModdleElement, reader: Reader): EventTrigger | null {
  const message = definition.messageRef as ModdleElement | undefined
  if (!message?.name) {
    reader.problem('MESSAGE_MISSING')
    return null
  }
  const name = reader.required(message.name, 'name')
  const act = reader.extension(bo, 'bihuan:CaseAction')
  const subscription = reader.extension(message, 'zeebe:Subscription')
  const given: unknown = subscription?.correlationKey
  const correlationKey = given || !act ? reader.feel(given, 'zeebe:subscription correlationKey') : null
  if (!name || (!correlationKey && !act)) return null
  const action = act
    ? {
        label: String(act.label ?? message.name),
        formId: reader.formId(act.formId),
        candidates: reader.candidates(act.candidateGroups),
      }
    : null
  return { kind: 'message', name, correlationKey, action }
}

/** Opens the subscription. Throws `Fault` when the correlation key is neither text nor number. */
export function openMessage(trigger: MessageTrigger, waiting: Waiting, context: Context): void {
  const messageName = context.evaluate(trigger.name)
  if (typeof messageName !== 'string' || messageName === '')
    throw new Fault('EXPRESSION_FAILED', {
      expression: trigger.name.source,
      message: `expected a message name, found ${typeName(messageName)}`,
    })
  const { action } = trigger
  context.write('messageSubscription.created', context.newKey(), {
    ...waiting,
    messageName,
    correlationKey: correlationKey(trigger, context),
    action: action && {
      label: action.label,
      formId: action.formId,
      formKey: action.formId === null ? null : context.formKey(action.formId),
      candidates: context.resolve(action.candidates),
    },
  })
}

function correlationKey(trigger: MessageTrigger, context: Context): string {
  if (!trigger.correlationKey) return String(context.instanceKey)
  const value = context.evaluate(trigger.correlationKey)
  if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return String(value)
  throw new Fault('CORRELATION_KEY_INVALID', { expression: trigger.correlationKey.source, found: typeName(value) })
}
