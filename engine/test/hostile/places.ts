import type { Json } from '../../src/index.ts'
import { each, flow, io, line, node, timer } from '../../src/testing/index.ts'

/** A place where an expression stands, in the element `a`. `V` is written where the expression is. */
export interface Place {
  readonly at: string
  readonly element: string
  readonly roots?: string
  /** A value that is right there, and one of a wrong type; null when there is none or null is right. */
  readonly right: Json
  readonly wrong?: Json
  /** What null gives: an incident unless told otherwise. */
  readonly takesNull?: true
  readonly code?: string
  readonly attributes?: string
  /** The incident is about leaving the element: it is completed once before. */
  readonly leaving?: true
}

const task = (extensions: string, content = '') => node('userTask', 'a', extensions, content)
const service = (extensions: string) => node('serviceTask', 'a', extensions)
const message = '<bpmn:messageEventDefinition messageRef="m"/>'
const signal = '<bpmn:signalEventDefinition signalRef="s"/>'
const messageRoot = (name: string, key: string) =>
  `<bpmn:message id="m" name="${name}"><bpmn:extensionElements><zeebe:subscription correlationKey="${key}"/></bpmn:extensionElements></bpmn:message>`
const boundary = (definition: string) => node('boundaryEvent', 'b', '', definition, 'attachedToRef="a"')
const inner = node('task', 't')

/** Every place of a model where an expression stands. */
export const places: readonly Place[] = [
  { at: 'input mapping', element: node('task', 'a', io({ x: 'V' })), right: 1, takesNull: true },
  { at: 'output mapping', element: task(io({}, { x: 'V' })), right: 1, takesNull: true, leaving: true },
  {
    at: 'script',
    element: node('scriptTask', 'a', '<zeebe:script expression="V" resultVariable="out"/>'),
    right: 1,
    takesNull: true,
  },
  {
    at: 'condition of an exclusive gateway',
    element: node('exclusiveGateway', 'a', '', '', 'default="a_end"') + node('endEvent', 'no') + flow('a', 'no', 'V'),
    right: true,
    wrong: 'yes',
    code: 'CONDITION_NOT_BOOLEAN',
  },
  {
    at: 'condition of an inclusive gateway',
    element: node('inclusiveGateway', 'a', '', '', 'default="a_end"') + node('endEvent', 'no') + flow('a', 'no', 'V'),
    right: true,
    wrong: 1,
    code: 'CONDITION_NOT_BOOLEAN',
  },
  {
    at: 'assignee',
    element: task('<zeebe:assignmentDefinition assignee="V"/>'),
    right: 'p1',
    wrong: 7,
    takesNull: true,
  },
  {
    at: 'candidate users',
    element: task('<zeebe:assignmentDefinition candidateUsers="V"/>'),
    right: ['p1'],
    wrong: 7,
    takesNull: true,
  },
  {
    at: 'candidate groups',
    element: task('<zeebe:assignmentDefinition candidateGroups="V"/>'),
    right: ['clerk'],
    wrong: { a: 1 },
    takesNull: true,
  },
  {
    at: 'due date',
    element: task('<zeebe:taskSchedule dueDate="V"/>'),
    right: '2026-06-01',
    wrong: 'soon',
    takesNull: true,
  },
  {
    at: 'follow-up date',
    element: task('<zeebe:taskSchedule followUpDate="V"/>'),
    right: '2026-06-01',
    wrong: [1],
    takesNull: true,
  },
  {
    at: 'priority of a task',
    element: task('<zeebe:priorityDefinition priority="V"/>'),
    right: 5,
    wrong: 101,
    takesNull: true,
  },
  { at: 'job type', element: service('<zeebe:taskDefinition type="V"/>'), right: 'w', wrong: 7 },
  { at: 'job retries', element: service('<zeebe:taskDefinition type="w" retries="V"/>'), right: 2, wrong: 'many' },
  {
    at: 'job priority',
    element: service('<zeebe:taskDefinition type="w"/><zeebe:jobPriorityDefinition priority="V"/>'),
    right: 2,
    wrong: 'high',
  },
  {
    at: 'start listener type',
    element: service(
      '<zeebe:taskDefinition type="w"/><zeebe:executionListeners><zeebe:executionListener eventType="start" type="V"/></zeebe:executionListeners>',
    ),
    right: 'l',
    wrong: 7,
  },
  {
    at: 'start listener retries',
    element: service(
      '<zeebe:taskDefinition type="w"/><zeebe:executionListeners><zeebe:executionListener eventType="start" type="l" retries="V"/></zeebe:executionListeners>',
    ),
    right: 1,
    wrong: 0,
  },
  {
    at: 'end listener type',
    element: task(
      '<zeebe:executionListeners><zeebe:executionListener eventType="end" type="V"/></zeebe:executionListeners>',
    ),
    right: 'l',
    wrong: false,
    leaving: true,
  },
  {
    at: 'task listener type',
    element: task('<zeebe:taskListeners><zeebe:taskListener eventType="creating" type="V"/></zeebe:taskListeners>'),
    right: 'l',
    wrong: {},
  },
  {
    at: 'completing listener type',
    element: task('<zeebe:taskListeners><zeebe:taskListener eventType="completing" type="V"/></zeebe:taskListeners>'),
    right: 'l',
    wrong: 1,
    leaving: true,
  },
  {
    at: 'message name',
    element: node('intermediateCatchEvent', 'a', '', message),
    roots: messageRoot('V', '=1'),
    right: 'm',
    wrong: 7,
  },
  {
    at: 'correlation key',
    element: node('intermediateCatchEvent', 'a', '', message),
    roots: messageRoot('m', 'V'),
    right: 'k',
    wrong: true,
    code: 'CORRELATION_KEY_INVALID',
  },
  {
    at: 'correlation key of a receive task',
    element: node('receiveTask', 'a', '', '', 'messageRef="m"'),
    roots: messageRoot('m', 'V'),
    right: 7,
    wrong: [1],
    code: 'CORRELATION_KEY_INVALID',
  },
  {
    at: 'correlation key at a boundary',
    element: task('') + boundary(message),
    roots: messageRoot('m', 'V'),
    right: 'k',
    wrong: {},
    code: 'CORRELATION_KEY_INVALID',
  },
  {
    at: 'caught signal name',
    element: node('intermediateCatchEvent', 'a', '', signal),
    roots: '<bpmn:signal id="s" name="V"/>',
    right: 's',
    wrong: 7,
  },
  {
    at: 'thrown signal name',
    element: node('intermediateThrowEvent', 'a', '', signal),
    roots: '<bpmn:signal id="s" name="V"/>',
    right: 's',
    wrong: {},
  },
  {
    at: 'timer duration',
    element: node('intermediateCatchEvent', 'a', '', timer('timeDuration', 'V')),
    right: 'PT1H',
    wrong: 'soon',
  },
  {
    at: 'timer date',
    element: node('intermediateCatchEvent', 'a', '', timer('timeDate', 'V')),
    right: '2027-01-01',
    wrong: 7,
  },
  {
    at: 'timer cycle',
    element:
      task('') +
      node('boundaryEvent', 'b', '', timer('timeCycle', 'V'), 'attachedToRef="a" cancelActivity="false"') +
      node('endEvent', 'told') +
      line('b', 'told'),
    right: 'R/PT1H',
    wrong: 'R/PT0S',
  },
  {
    at: 'condition of an event',
    element: node(
      'intermediateCatchEvent',
      'a',
      '',
      '<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">V</bpmn:condition></bpmn:conditionalEventDefinition>',
    ),
    right: true,
    takesNull: true,
  },
  {
    at: 'thrown error code',
    element: node('endEvent', 'a', '', '<bpmn:errorEventDefinition errorRef="e"/>'),
    roots: '<bpmn:error id="e" errorCode="V"/>',
    right: 'E1',
    wrong: 7,
  },
  {
    at: 'thrown escalation code',
    element: node('intermediateThrowEvent', 'a', '', '<bpmn:escalationEventDefinition escalationRef="e"/>'),
    roots: '<bpmn:escalation id="e" escalationCode="V"/>',
    right: 'E1',
    wrong: 7,
  },
  {
    at: 'called process',
    element: node('callActivity', 'a', '<zeebe:calledElement processId="V"/>'),
    roots: '<bpmn:process id="other" isExecutable="true"><bpmn:startEvent id="s2"/></bpmn:process>',
    right: 'other',
    wrong: ['other'],
  },
  {
    at: 'called process nobody has',
    element: node('callActivity', 'a', '<zeebe:calledElement processId="V"/>'),
    roots: '<bpmn:process id="other" isExecutable="true"><bpmn:startEvent id="s2"/></bpmn:process>',
    right: 'other',
    wrong: '__proto__',
    code: 'CALLED_PROCESS_NOT_FOUND',
  },
  {
    at: 'input collection',
    element: task('', each({ items: 'V' })),
    right: [1],
    wrong: 7,
    code: 'COLLECTION_NOT_A_LIST',
  },
  {
    at: 'output element',
    element: task('', each({ items: '[1]', into: 'all', result: 'V' })),
    right: 1,
    takesNull: true,
    leaving: true,
  },
  {
    at: 'completion condition',
    element: task('', each({ items: '[1, 2]', until: 'V' })),
    right: true,
    wrong: 'yes',
    code: 'CONDITION_NOT_BOOLEAN',
    leaving: true,
  },
  {
    at: 'active elements',
    element: node('adHocSubProcess', 'a', '<zeebe:adHoc activeElementsCollection="V"/>', inner),
    right: ['t'],
    wrong: [1],
  },
  {
    at: 'output element of an ad-hoc sub-process',
    element: node(
      'adHocSubProcess',
      'a',
      '<zeebe:adHoc activeElementsCollection="=[&quot;t&quot;]" outputCollection="all" outputElement="V"/>',
      inner,
    ),
    right: 1,
    takesNull: true,
  },
  {
    at: 'completion condition of an ad-hoc sub-process',
    element: node(
      'adHocSubProcess',
      'a',
      '<zeebe:adHoc activeElementsCollection="=[&quot;t&quot;]"/>',
      `${inner}<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">V</bpmn:completionCondition>`,
    ),
    right: true,
    wrong: 7,
    code: 'CONDITION_NOT_BOOLEAN',
  },
]
