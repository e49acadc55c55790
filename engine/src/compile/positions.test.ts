import { expect, test } from 'vitest'
import { flow, line, model, node, timer } from '../testing/model.ts'
import { compile } from './compile.ts'

const roots =
  '<bpmn:message id="m" name="news"><bpmn:extensionElements><zeebe:subscription correlationKey="=k"/></bpmn:extensionElements></bpmn:message>' +
  '<bpmn:signal id="s" name="flood"/><bpmn:error id="r" errorCode="lost"/><bpmn:escalation id="e" escalationCode="late"/>'
const message = '<bpmn:messageEventDefinition messageRef="m"/>'
const signal = '<bpmn:signalEventDefinition signalRef="s"/>'
const definitions = {
  none: '',
  message,
  timer: timer('timeDate', '2026-06-01'),
  error: '<bpmn:errorEventDefinition errorRef="r"/>',
  signal,
  conditional:
    '<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">=a</bpmn:condition></bpmn:conditionalEventDefinition>',
  escalation: '<bpmn:escalationEventDefinition escalationRef="e"/>',
  compensation: '<bpmn:compensateEventDefinition/>',
  cancel: '<bpmn:cancelEventDefinition/>',
  terminate: '<bpmn:terminateEventDefinition/>',
  link: '<bpmn:linkEventDefinition name="A"/>',
  multiple: message + signal,
  'parallel multiple': message,
}
type Definition = keyof typeof definitions

/** Where Camunda 8 executes an event definition (peers: "Events × position"). */
const executed: { readonly [position: string]: readonly Definition[] } = {
  'start of a process': ['none', 'message', 'timer', 'signal', 'conditional'],
  'interrupting event sub-process': ['message', 'timer', 'error', 'signal', 'conditional', 'escalation'],
  'non-interrupting event sub-process': ['message', 'timer', 'signal', 'conditional', 'escalation'],
  'catch event': ['message', 'timer', 'signal', 'conditional', 'link'],
  'interrupting boundary event': ['message', 'timer', 'error', 'signal', 'conditional', 'escalation', 'compensation'],
  'non-interrupting boundary event': ['message', 'timer', 'signal', 'conditional', 'escalation', 'compensation'],
  'throw event': ['none', 'message', 'signal', 'escalation', 'compensation', 'link'],
  'end event': ['none', 'message', 'signal', 'error', 'escalation', 'compensation', 'terminate'],
}

const job = '<zeebe:taskDefinition type="send"/>'
const start = node('startEvent', 'start')
const end = node('endEvent', 'end')
const scope = node('subProcess', 'sub', '', node('startEvent', 'i') + node('userTask', 'u') + line('i', 'u'))

/** A model with the event `x` at a position. */
function modelAt(position: string, kind: Definition): string {
  const inner = definitions[kind]
  const parallel = kind === 'parallel multiple' ? 'parallelMultiple="true"' : ''
  const event = (tag: string, more = '') => node(tag, 'x', '', inner, `${parallel} ${more}`)
  const frame = start + scope + end + line('start', 'sub', 'end')
  const jump = kind === 'link' ? '<bpmn:linkEventDefinition name="A"/>' : ''
  const interrupting = String(!position.startsWith('non-'))
  switch (position) {
    case 'start of a process':
      return event('startEvent') + end + line('x', 'end')
    case 'interrupting event sub-process':
    case 'non-interrupting event sub-process': {
      const inside = event('startEvent', `isInterrupting="${interrupting}"`) + node('endEvent', 'y') + line('x', 'y')
      return frame + node('subProcess', 'esp', '', inside, 'triggeredByEvent="true"')
    }
    case 'catch event':
      return jump
        ? start +
            node('intermediateThrowEvent', 'y', '', jump) +
            line('start', 'y') +
            event('intermediateCatchEvent') +
            end +
            line('x', 'end')
        : start + event('intermediateCatchEvent') + end + line('start', 'x', 'end')
    case 'interrupting boundary event':
    case 'non-interrupting boundary event': {
      const handler =
        node('serviceTask', 'y', job, '', 'isForCompensation="true"') +
        '<bpmn:association id="as" associationDirection="One" sourceRef="x" targetRef="y"/>'
      const boundary = event('boundaryEvent', `attachedToRef="sub" cancelActivity="${interrupting}"`)
      return frame + boundary + (kind === 'compensation' ? handler : node('endEvent', 'y') + flow('x', 'y'))
    }
    case 'throw event': {
      const thrown = node('intermediateThrowEvent', 'x', kind === 'message' ? job : '', inner)
      return jump
        ? start + thrown + line('start', 'x') + node('intermediateCatchEvent', 'y', '', jump) + end + line('y', 'end')
        : start + thrown + end + line('start', 'x', 'end')
    }
    default:
      return start + node('endEvent', 'x', kind === 'message' ? job : '', inner) + line('start', 'x')
  }
}

/** Both throw events of several definitions carry no `parallelMultiple`: BPMN has it for catch events alone. */
const exists = (position: string, kind: Definition): boolean =>
  kind !== 'parallel multiple' || !(position === 'throw event' || position === 'end event')

const table = Object.keys(executed).flatMap((position) =>
  (Object.keys(definitions) as Definition[])
    .filter((kind) => exists(position, kind))
    .map((kind) => [kind, position, executed[position]!.includes(kind) ? 'executed' : 'refused'] as const),
)
test.each(table)('CO3 %s at %s is %s', async (kind, position, verdict) => {
  const { problems, processes } = await compile(model(modelAt(position, kind), roots), 'a.bpmn')
  const errors = problems.filter(({ severity }) => severity === 'error').map((one) => `${one.code} ${one.elementId}`)
  expect(errors).toEqual(verdict === 'executed' ? [] : expect.arrayContaining(['EVENT_NOT_EXECUTED x']))
  expect(processes).toHaveLength(verdict === 'executed' ? 1 : 0)
})
