import { flow, line, model, node, timer } from '@bihuan/engine/testing'

/** What workers are asked for, and how cases are called by messages and signals. */
const JOB_TYPE = 'check'
const MESSAGE = 'letter'
const SIGNAL = 'alarm'

const catching = '<bpmn:messageEventDefinition messageRef="letter_message"/>'
const heard = '<bpmn:signalEventDefinition signalRef="alarm_signal"/>'
const roots =
  `<bpmn:message id="letter_message" name="${MESSAGE}"><bpmn:extensionElements>` +
  '<zeebe:subscription correlationKey="=key"/></bpmn:extensionElements></bpmn:message>' +
  `<bpmn:signal id="alarm_signal" name="${SIGNAL}"/>`

/** Four things at once, any of which may be met by any act: a person, a worker, a letter, a called process. */
const many = (more: string) =>
  model(
    node('startEvent', 'start') +
      node('parallelGateway', 'fork') +
      node('userTask', 'person') +
      node('boundaryEvent', 'late', '', timer('timeDuration', 'PT1H'), 'attachedToRef="person"') +
      node(
        'boundaryEvent',
        'told',
        '',
        timer('timeDuration', 'PT20M'),
        'attachedToRef="person" cancelActivity="false"',
      ) +
      node('endEvent', 'told_end') +
      node('serviceTask', 'worker', `<zeebe:taskDefinition type="${JOB_TYPE}" retries="2"/>`) +
      node('intermediateCatchEvent', 'letter', '', catching) +
      node('callActivity', 'called', '<zeebe:calledElement processId="child"/>') +
      node('parallelGateway', 'join') +
      node('userTask', 'last') +
      node('endEvent', 'end') +
      `<bpmn:subProcess id="on_alarm" triggeredByEvent="true">${
        node('startEvent', 'alarm', '', heard, 'isInterrupting="false"') +
        node('userTask', 'answer') +
        node('endEvent', 'answered') +
        line('alarm', 'answer', 'answered')
      }</bpmn:subProcess>` +
      line('start', 'fork', 'person', 'join', 'last', 'end') +
      line('fork', 'worker', 'join') +
      line('fork', 'letter', 'join') +
      line('fork', 'called', 'join') +
      flow('late', 'join') +
      flow('told', 'told_end') +
      more,
    roots,
  )

const child = model(
  node('startEvent', 'start') + node('userTask', 'asked') + node('endEvent', 'end') + line('start', 'asked', 'end'),
).replaceAll('id="process"', 'id="child"')

/** Files in the order they are deployed; the second of `process` is what cases are moved to. */
export const files = {
  child,
  first: many(''),
  second: many(node('startEvent', 'again', '', heard) + flow('again', 'last')),
} as const
