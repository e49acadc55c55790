import type { RunningServer } from '../../../examples/test/support/server.ts'

/** A process whose start form has every field type of the house, and a step that reads what was filled in. */
const model = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="definitions" targetNamespace="http://bihuan.org/test">
  <bpmn:process id="all_fields" name="会议登记" isExecutable="true">
    <bpmn:extensionElements><bihuan:case title="=subject" numberPrefix="HY" /></bpmn:extensionElements>
    <bpmn:startEvent id="start" name="登记"><bpmn:extensionElements><zeebe:formDefinition formId="all_fields_start" /><bihuan:starters candidateGroups="village_clerk" /></bpmn:extensionElements><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="check" />
    <bpmn:userTask id="check" name="核对"><bpmn:extensionElements><zeebe:userTask /><zeebe:formDefinition formId="all_fields_check" /><zeebe:assignmentDefinition candidateGroups="village_clerk" /><bihuan:stage name="核对" /></bpmn:extensionElements><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:userTask>
    <bpmn:sequenceFlow id="f2" sourceRef="check" targetRef="end" />
    <bpmn:endEvent id="end"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`

const required = { validate: { required: true } }
const fields: readonly { readonly [name: string]: unknown }[] = [
  { id: 'subject', key: 'subject', type: 'textfield', label: '议题', ...required },
  { id: 'budget', key: 'budget', type: 'money', label: '预算', ...required },
  { id: 'phone', key: 'phone', type: 'mobile', label: '联系电话', ...required },
  { id: 'card', key: 'card', type: 'idNumber', label: '联系人身份证号', ...required },
  { id: 'meeting', key: 'meeting', type: 'attendance', label: '到会情况', ...required },
  { id: 'ballot', key: 'ballot', type: 'votes', label: '表决结果', attendance: 'meeting', ...required },
  { id: 'host', key: 'host', type: 'person', label: '主持人', role: 'branch_secretary', ...required },
  { id: 'guests', key: 'guests', type: 'person', label: '列席的人', multiple: true },
  { id: 'villages', key: 'villages', type: 'unit', label: '相关的村', level: 'village', multiple: true },
  {
    id: 'items',
    key: 'items',
    type: 'rows',
    label: '采购清单',
    columns: [
      { key: 'name', name: '名称', kind: 'text', required: true },
      { key: 'count', name: '数量', kind: 'number', unit: '盏' },
      { key: 'price', name: '金额', kind: 'money' },
      {
        key: 'way',
        name: '方式',
        kind: 'choice',
        options: [
          { value: 'buy', label: '购买' },
          { value: 'rent', label: '租用' },
        ],
      },
    ],
    ...required,
  },
  { id: 'site', key: 'site', type: 'photo', label: '会场照片', multiple: true, ...required },
  {
    id: 'papers',
    key: 'papers',
    type: 'attachments',
    label: '材料',
    items: [{ name: '会议通知', required: true }, { name: '询价单' }],
    ...required,
  },
  { id: 'name', key: 'signed', type: 'signature', label: '记录人签名', ...required },
]

export const allFieldTypes: ReadonlySet<unknown> = new Set(fields.map((field) => field.type))

/** The text of a form. */
export const form = (id: string, title: string, components: readonly object[]) =>
  JSON.stringify({ id, type: 'default', schemaVersion: 19, properties: { title }, components })

const readOnly = fields.map(({ validate: _validate, ...field }) => ({ ...field, readonly: true }))
const resources: { readonly [name: string]: string } = {
  'all-fields.bpmn': model,
  'all-fields-start.form': form('all_fields_start', '会议登记', fields),
  'all-fields-check.form': form('all_fields_check', '核对', readOnly),
}

/** Deploys the process as its designer. */
export const deployAllFields = (server: RunningServer, cookie: string): Promise<void> =>
  deploy(server, cookie, resources)

/** Deploys files, name to text, with the session of a designer. @throws when they are refused */
export async function deploy(
  server: RunningServer,
  cookie: string,
  resources: { readonly [name: string]: string },
): Promise<void> {
  const body = new FormData()
  for (const [name, text] of Object.entries(resources)) body.append('resources', new File([text], name))
  const answer = await fetch(`${server.address}/v2/deployments`, {
    method: 'POST',
    headers: { cookie, origin: server.address },
    body,
  })
  if (!answer.ok) throw new Error(`the process was not deployed: ${answer.status} ${await answer.text()}`)
}
