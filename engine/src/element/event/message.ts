import { type CatchPosition, type Context, type Reader, wait } from '../element.ts'
import { Fault } from '../fault.ts'
import { typeName } from '../type-name.ts'
import { eventDefinition, type ReadEvent, type TriggerOf, type Waiting } from './event-definition.ts'
import { textOf } from './text.ts'

type MessageTrigger = TriggerOf<'message'>

/**
 * Message event and receive task (Zeebe: "Message events"): caught by name and correlation key; a thrown one is a job,
 * whose worker sends it.
 */
export const messageEvent = eventDefinition<'message', 'message'>({
  type: 'bpmn:MessageEventDefinition',
  catching: {
    positions: ['start', 'eventSubProcess', 'catch', 'boundary', 'receiveTask'],
    read: readMessage,
    arm: openMessage,
  },
  throwing: {
    positions: ['throw', 'end'],
    read({ event }, reader) {
      const job = reader.job(event)
      return job && { kind: 'message', job }
    },
    perform({ job }, context) {
      context.createJob(job)
      return wait
    },
  },
})

/**
 * Reads a message definition (Zeebe: "Message events"): name and correlation key of the `bpmn:message` it refers to.
 * With a `bihuan:caseAction` the correlation key may be absent: people send it from the page of the case, and other
 * systems by the key of the case.
 */
function readMessage({ event, definition, position }: ReadEvent<CatchPosition>, reader: Reader): MessageTrigger | null {
  const message = definition.messageRef
  if (!message?.name) {
    reader.problem('MESSAGE_MISSING')
    return null
  }
  const name = reader.required(message.name, 'name')
  const act = reader.extension(event, 'bihuan:CaseAction')
  const subscription = reader.extension(message, 'zeebe:Subscription')
  const given: unknown = subscription?.correlationKey
  // The start of a process correlates by name; a key there only keeps a second instance of it from starting.
  const needsKey = !act && position !== 'start'
  const correlationKey = given || needsKey ? reader.feel(given, 'zeebe:subscription correlationKey') : null
  if (!name || (!correlationKey && (given || needsKey))) return null
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
function openMessage(trigger: MessageTrigger, waiting: Waiting, context: Context): void {
  const messageName = textOf(trigger.name, 'a message name', context)
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
