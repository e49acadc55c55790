import { st } from '../../i18n/studio.ts'

/** An element template as bpmn.io writes them: https://docs.camunda.io/docs/components/modeler/element-templates */
export interface ElementTemplate {
  readonly $schema: string
  readonly id: string
  readonly version: number
  readonly name: string
  readonly description: string
  readonly category: { readonly id: string; readonly name: string }
  readonly appliesTo: readonly string[]
  readonly elementType: { readonly value: string }
  readonly groups: readonly { readonly id: string; readonly label: string }[]
  readonly properties: readonly object[]
}

const SCHEMA = 'https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json'

const base = (id: string, elementType: string) => ({
  $schema: SCHEMA,
  id: `bihuan.${id}`,
  version: 1,
  category: { id: 'bihuan', name: st('bpmn.template.category') },
  appliesTo: ['bpmn:Task', elementType],
  elementType: { value: elementType },
})

const hidden = (binding: object, value?: string) => ({ type: 'Hidden', ...(value && { value }), binding })

const input = (name: string, group: string, label: string, value: string) => ({
  id: name,
  label,
  group,
  type: 'String',
  feel: 'required',
  value,
  binding: { type: 'zeebe:input', name },
})

/** Who does a task, by when, with which form. */
function taskProperties(who: string): readonly object[] {
  return [
    hidden({ type: 'zeebe:userTask' }),
    {
      id: 'who',
      label: st('bpmn.template.roles'),
      description: st('bpmn.template.rolesAbout'),
      group: 'who',
      type: 'String',
      feel: 'optional',
      value: who,
      constraints: { notEmpty: true },
      binding: { type: 'zeebe:assignmentDefinition', property: 'candidateGroups' },
    },
    {
      id: 'due',
      label: st('bpmn.template.due'),
      description: st('bpmn.template.dueAbout'),
      group: 'due',
      type: 'String',
      feel: 'required',
      binding: { type: 'zeebe:taskSchedule', property: 'dueDate' },
    },
    {
      id: 'form',
      label: st('bpmn.template.form'),
      group: 'form',
      type: 'String',
      binding: { type: 'zeebe:formDefinition', property: 'formId' },
    },
  ]
}

const taskGroups = () => [
  { id: 'who', label: st('bpmn.template.whoGroup') },
  { id: 'due', label: st('bpmn.template.dueGroup') },
  { id: 'form', label: st('bpmn.template.formGroup') },
]

const task = (id: 'submit' | 'review' | 'vote', properties: readonly object[] = []): ElementTemplate => ({
  ...base(id, 'bpmn:UserTask'),
  name: st(`bpmn.template.${id}.name`),
  description: st(`bpmn.template.${id}.about`),
  groups: taskGroups(),
  properties: [...taskProperties(''), ...properties],
})

/** What one answer of a task is called afterwards. */
const output = (source: string, target: string, group: string, label: string) => ({
  id: `out_${target}`,
  label,
  group,
  type: 'String',
  value: target,
  constraints: { notEmpty: true, pattern: { value: '^[A-Za-z_]\\w*$', message: st('bpmn.template.variableName') } },
  binding: { type: 'zeebe:output', source },
})

type ConnectorId = 'http' | 'notify' | 'start' | 'message'

/** A job that Bihuan does itself and that leaves the case (docs/connectors.md). */
const connector = (
  id: ConnectorId,
  what: string,
  properties: readonly object[],
  result: readonly object[] = [],
): ElementTemplate => ({
  ...base(id, 'bpmn:ServiceTask'),
  name: st(`bpmn.template.${id}.name`),
  description: st(`bpmn.template.${id}.about`),
  groups: [
    { id: 'what', label: what },
    ...(result.length > 0 ? [{ id: 'result', label: st('bpmn.template.people.resultGroup') }] : []),
  ],
  properties: [hidden({ type: 'zeebe:taskDefinition', property: 'type' }, `bihuan.${id}`), ...properties, ...result],
})

const connectors = (): readonly ElementTemplate[] => [
  connector(
    'http',
    st('bpmn.template.http.what'),
    [
      input('method', 'what', st('bpmn.template.http.method'), '="GET"'),
      input('url', 'what', st('bpmn.template.http.url'), '="https://"'),
      input('headers', 'what', st('bpmn.template.http.headers'), '={}'),
      input('body', 'what', st('bpmn.template.http.body'), '=null'),
      input('timeout', 'what', st('bpmn.template.http.timeout'), '=30'),
      input('errorCodes', 'what', st('bpmn.template.http.errorCodes'), '={}'),
    ],
    [
      {
        id: 'resultVariable',
        label: st('bpmn.template.http.resultVariable'),
        group: 'result',
        type: 'String',
        value: 'response',
        binding: { type: 'zeebe:taskHeader', key: 'resultVariable' },
      },
      {
        id: 'resultExpression',
        label: st('bpmn.template.http.resultExpression'),
        group: 'result',
        type: 'Text',
        feel: 'required',
        optional: true,
        binding: { type: 'zeebe:taskHeader', key: 'resultExpression' },
      },
    ],
  ),
  connector('notify', st('bpmn.template.notify.what'), [
    input('channel', 'what', st('bpmn.template.notify.channel'), '="app"'),
    input('roles', 'what', st('bpmn.template.roles'), '=[]'),
    input('people', 'what', st('bpmn.template.notify.people'), '=[]'),
    input('title', 'what', st('bpmn.template.notify.title'), '=title'),
    input('text', 'what', st('bpmn.template.notify.text'), '=""'),
  ]),
  connector(
    'start',
    st('bpmn.template.start.what'),
    [
      input('processId', 'what', st('bpmn.template.start.processId'), '=""'),
      input('unit', 'what', st('bpmn.template.start.unit'), '=null'),
      input('variables', 'what', st('bpmn.template.start.variables'), '={}'),
    ],
    [output('=startedCase', 'startedCase', 'result', st('bpmn.template.start.result'))],
  ),
  connector('message', st('bpmn.template.message.what'), [
    input('messageName', 'what', st('bpmn.template.message.messageName'), '=""'),
    input('correlationKey', 'what', st('bpmn.template.message.correlationKey'), '=""'),
    input('timeToLive', 'what', st('bpmn.template.message.timeToLive'), '="PT1H"'),
    input('variables', 'what', st('bpmn.template.message.variables'), '={}'),
  ]),
]

/** The templates of 专业 mode: what Bihuan executes, ready to be filled in. */
export function elementTemplates(): readonly ElementTemplate[] {
  return [
    task('submit'),
    task('review', [output('=decision', 'review', 'form', st('bpmn.template.review.result'))]),
    task('vote', [output('=votes', 'votes', 'form', st('bpmn.template.vote.result'))]),
    {
      ...base('notice', 'bpmn:ServiceTask'),
      name: st('bpmn.template.notice.name'),
      description: st('bpmn.template.notice.about'),
      groups: [
        { id: 'what', label: st('bpmn.template.notice.what') },
        { id: 'when', label: st('bpmn.template.notice.when') },
      ],
      properties: [
        hidden({ type: 'zeebe:taskDefinition', property: 'type' }, 'bihuan.notice'),
        input('kind', 'what', st('bpmn.template.notice.kind'), '="notice"'),
        input('title', 'what', st('bpmn.template.notice.title'), '=title'),
        input('number', 'what', st('bpmn.template.notice.number'), '=case.number'),
        input('text', 'what', st('bpmn.template.notice.text'), '=""'),
        input('fields', 'what', st('bpmn.template.notice.fields'), '=[]'),
        input('photos', 'what', st('bpmn.template.notice.photos'), '=[]'),
        input('days', 'when', st('bpmn.template.notice.days'), '=7'),
      ],
    },
    {
      ...base('people', 'bpmn:ServiceTask'),
      name: st('bpmn.template.people.name'),
      description: st('bpmn.template.people.about'),
      groups: [
        { id: 'who', label: st('bpmn.template.whoGroup') },
        { id: 'result', label: st('bpmn.template.people.resultGroup') },
      ],
      properties: [
        hidden({ type: 'zeebe:taskDefinition', property: 'type' }, 'bihuan.people'),
        {
          id: 'role',
          label: st('bpmn.template.roles'),
          group: 'who',
          type: 'String',
          constraints: { notEmpty: true },
          binding: { type: 'zeebe:taskHeader', key: 'role' },
        },
        output('=people', 'people', 'result', st('bpmn.template.people.result')),
      ],
    },
    ...connectors(),
  ]
}
