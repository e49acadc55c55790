import {
  applyDictionary,
  emptyDictionary,
  type FieldDictionary,
  type FieldEntry,
  type PackageFiles,
  readSteps,
  type StepAccess,
} from '@bihuan/engine'
import type { Package, PackageMade } from '@bihuan/runtime/contract'

/** One request to `/api` as the process designer. */
export type Ask = <T>(method: string, path: string, body?: unknown) => Promise<T>

/** A package whose start has a field of every kind, published twice and changed since. */
export const MEETING = '会议登记'
/** A package that was never published. */
export const SKETCH = '红白喜事报备'

/** A package that cannot be published. */
export const BROKEN = '危房改造申请'

/** What Bihuan cannot carry out: a gateway of conditions, and a task that nobody is named for. */
export const brokenModel = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:process id="foreign" name="${BROKEN}" isExecutable="true">
    <bpmn:startEvent id="begin" name="收到"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="begin" targetRef="work" />
    <bpmn:complexGateway id="work" name="合并"><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:complexGateway>
    <bpmn:sequenceFlow id="f2" sourceRef="work" targetRef="end" />
    <bpmn:endEvent id="end" name="办完"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`

const fields: readonly FieldEntry[] = [
  { key: 'subject', name: '议题', kind: 'text', group: '会议', maxLength: 60, grade: 'public', purpose: '公告用' },
  { key: 'about', name: '说明', kind: 'longText', group: '会议', grade: 'internal' },
  { key: 'households', name: '涉及户数', kind: 'number', unit: '户', min: 1, group: '会议', grade: 'public' },
  { key: 'budget', name: '预算', kind: 'money', group: '会议', grade: 'public' },
  { key: 'held_on', name: '哪天开会', kind: 'date', group: '会议', grade: 'public' },
  { key: 'begins', name: '几点开始', kind: 'time', group: '会议', grade: 'public' },
  { key: 'closes', name: '报名截止', kind: 'dateTime', group: '会议', grade: 'public' },
  {
    key: 'way',
    name: '怎么开',
    kind: 'choice',
    group: '会议',
    options: [
      { value: 'hall', label: '到场' },
      { value: 'online', label: '线上' },
    ],
    grade: 'public',
  },
  {
    key: 'topics',
    name: '涉及哪些事',
    kind: 'choices',
    group: '会议',
    options: [
      { value: 'land', label: '土地' },
      { value: 'road', label: '道路' },
      { value: 'water', label: '饮水' },
    ],
    grade: 'public',
  },
  { key: 'urgent', name: '急办', kind: 'yesNo', group: '会议', grade: 'internal' },
  { key: 'host', name: '主持人', kind: 'person', group: '到会的人', role: 'branch_secretary', grade: 'internal' },
  { key: 'villages', name: '相关的村', kind: 'unit', group: '到会的人', multiple: true, grade: 'public' },
  { key: 'phone', name: '联系电话', kind: 'mobile', group: '到会的人', grade: 'sensitive', purpose: '通知开会' },
  { key: 'card', name: '联系人身份证号', kind: 'idNumber', group: '到会的人', grade: 'sensitive', purpose: '核对身份' },
  { key: 'attended', name: '到会人数', kind: 'attendance', group: '到会的人', grade: 'public' },
  { key: 'ballot', name: '表决结果', kind: 'votes', group: '到会的人', attendance: 'attended', grade: 'public' },
  {
    key: 'purchases',
    name: '采购清单',
    kind: 'table',
    group: '材料',
    columns: [
      { key: 'name', name: '名称', kind: 'text', required: true },
      { key: 'count', name: '数量', kind: 'number', unit: '盏' },
      { key: 'price', name: '金额', kind: 'money' },
    ],
    grade: 'internal',
  },
  { key: 'site', name: '会场照片', kind: 'photo', group: '材料', multiple: true, grade: 'public' },
  {
    key: 'papers',
    name: '要交的材料',
    kind: 'attachments',
    group: '材料',
    items: [{ name: '会议通知', required: true }, { name: '询价单' }],
    grade: 'internal',
  },
  { key: 'other_files', name: '别的文件', kind: 'files', group: '材料', grade: 'internal' },
  { key: 'signed', name: '记录人签名', kind: 'signature', group: '材料', grade: 'internal' },
  {
    key: 'review_result',
    name: '审核结论',
    kind: 'choice',
    group: '审核',
    options: [
      { value: 'approve', label: '同意' },
      { value: 'return', label: '退回' },
    ],
    grade: 'public',
  },
  { key: 'opinion', name: '审核意见', kind: 'longText', group: '审核', grade: 'internal' },
]

/** The start writes everything but the review; the review reads it and writes its own. */
function dictionary(): FieldDictionary {
  const own = new Set(['review_result', 'opinion'])
  const of = (pick: (key: string) => StepAccess) => Object.fromEntries(fields.map(({ key }) => [key, pick(key)]))
  return {
    fields,
    access: {
      start: of((key) => (own.has(key) ? 'none' : key === 'subject' ? 'required' : 'write')),
      review: of((key) =>
        key === 'review_result' ? 'required' : own.has(key) ? 'write' : key === 'card' ? 'none' : 'read',
      ),
    },
  }
}

const shape = (id: string, x: number, y: number, width: number, height: number, label = '') =>
  `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"${label && ' isMarkerVisible="true"'}><dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}" />${label}</bpmndi:BPMNShape>`
const edge = (id: string, ...points: readonly (readonly [number, number])[]) =>
  `<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}">${points.map(([x, y]) => `<di:waypoint x="${x}" y="${y}" />`).join('')}</bpmndi:BPMNEdge>`
const labelAt = (x: number, y: number) =>
  `<bpmndi:BPMNLabel><dc:Bounds x="${x}" y="${y}" width="60" height="14" /></bpmndi:BPMNLabel>`

const model = (id: string) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="Definitions_1" targetNamespace="http://bihuan.org/packages">
  <bpmn:process id="${id}" name="${MEETING}" isExecutable="true">
    <bpmn:extensionElements><bihuan:case title="=subject" numberPrefix="HY" /></bpmn:extensionElements>
    <bpmn:startEvent id="start" name="登记会议"><bpmn:extensionElements><zeebe:formDefinition formId="${id}_start" /><bihuan:starters candidateGroups="village_clerk" /><bihuan:stage name="登记" /></bpmn:extensionElements><bpmn:outgoing>begun</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="review" name="核对材料"><bpmn:extensionElements><zeebe:userTask /><zeebe:formDefinition formId="${id}_review" /><zeebe:assignmentDefinition candidateGroups="township_reviewer@township" /><zeebe:taskSchedule dueDate="=now() + duration(&quot;P3D&quot;)" /><bihuan:stage name="核对" /></bpmn:extensionElements><bpmn:incoming>begun</bpmn:incoming><bpmn:outgoing>checked</bpmn:outgoing></bpmn:userTask>
    <bpmn:exclusiveGateway id="agreed" name="同意吗？" default="returned"><bpmn:incoming>checked</bpmn:incoming><bpmn:outgoing>passed</bpmn:outgoing><bpmn:outgoing>returned</bpmn:outgoing></bpmn:exclusiveGateway>
    <bpmn:endEvent id="end" name="登记好了"><bpmn:incoming>passed</bpmn:incoming></bpmn:endEvent>
    <bpmn:endEvent id="end_returned" name="没有同意"><bpmn:incoming>returned</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="begun" sourceRef="start" targetRef="review" />
    <bpmn:sequenceFlow id="checked" sourceRef="review" targetRef="agreed" />
    <bpmn:sequenceFlow id="passed" name="同意" sourceRef="agreed" targetRef="end"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=review_result = "approve"</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="returned" name="退回" sourceRef="agreed" targetRef="end_returned" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram_1"><bpmndi:BPMNPlane id="Plane_1" bpmnElement="${id}">
    ${shape('start', 180, 182, 36, 36, labelAt(168, 225)).replace(' isMarkerVisible="true"', '')}
    ${shape('review', 300, 160, 110, 80)}
    ${shape('agreed', 495, 175, 50, 50, labelAt(490, 150))}
    ${shape('end', 640, 182, 36, 36, labelAt(630, 225)).replace(' isMarkerVisible="true"', '')}
    ${shape('end_returned', 640, 292, 36, 36, labelAt(630, 335)).replace(' isMarkerVisible="true"', '')}
    ${edge('begun', [216, 200], [300, 200])}
    ${edge('checked', [410, 200], [495, 200])}
    ${edge('passed', [545, 200], [640, 200])}
    ${edge('returned', [520, 225], [520, 310], [640, 310])}
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>
`

const TO_PAY = '补助发放'

/** Another system pays, and the officer does what is needed besides, in any order. */
const payingModel = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="http://bihuan.org/test">
  <bpmn:process id="to_pay" name="${TO_PAY}" isExecutable="true">
    <bpmn:startEvent id="begin" name="该发补助"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:serviceTask id="pay" name="银行打款"><bpmn:extensionElements><zeebe:taskDefinition type="bank_transfer" /></bpmn:extensionElements><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:serviceTask>
    <bpmn:adHocSubProcess id="besides" name="后续事项"><bpmn:incoming>f2</bpmn:incoming>
      <bpmn:userTask id="visit" name="上门看望"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="village_clerk" /></bpmn:extensionElements></bpmn:userTask>
      <bpmn:userTask id="file" name="归档"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="village_clerk" /></bpmn:extensionElements></bpmn:userTask>
    </bpmn:adHocSubProcess>
    <bpmn:sequenceFlow id="f1" sourceRef="begin" targetRef="pay" />
    <bpmn:sequenceFlow id="f2" sourceRef="pay" targetRef="besides" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram_1"><bpmndi:BPMNPlane id="Plane_1" bpmnElement="to_pay">
    ${shape('begin', 180, 202, 36, 36, labelAt(168, 245)).replace(' isMarkerVisible="true"', '')}
    ${shape('pay', 280, 180, 110, 80)}
    ${shape('besides', 450, 140, 340, 160).replace('bpmnElement="besides"', 'bpmnElement="besides" isExpanded="true"')}
    ${shape('visit', 480, 180, 110, 80)}
    ${shape('file', 640, 180, 110, 80)}
    ${edge('f1', [216, 220], [280, 220])}
    ${edge('f2', [390, 220], [450, 220])}
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>
`

/** A decision in boxes of DMN 1.4, and a table whose result is no number where it should be one. */
const payingDecisions = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20211108/MODEL/" id="to_pay_decisions" name="补助" namespace="http://bihuan.org/test">
  <decision id="to_pay_how" name="怎么发"><conditional>
    <if><literalExpression><text>pay_sum &gt; 1000</text></literalExpression></if>
    <then><literalExpression><text>"转账"</text></literalExpression></then>
    <else><literalExpression><text>"现金"</text></literalExpression></else>
  </conditional></decision>
  <decision id="to_pay_days" name="几天发"><decisionTable id="to_pay_days_table" hitPolicy="FIRST">
    <output id="to_pay_days_out" name="days" label="天数" typeRef="number" />
    <rule id="to_pay_days_rule"><outputEntry id="to_pay_days_entry"><text>"三"</text></outputEntry></rule>
  </decisionTable></decision>
</definitions>
`

/** Saves the changes of a package as they are now. */
async function save(ask: Ask, id: string, changes: { readonly [name: string]: string | null }): Promise<void> {
  const { files } = await ask<Package>('GET', `/packages/${id}`)
  const revisions = new Map(files.map(({ name, revision }) => [name, revision]))
  await ask('PUT', `/packages/${id}/files`, {
    files: Object.entries(changes).map(([name, text]) => ({ name, text, revision: revisions.get(name) ?? null })),
  })
}

async function publish(ask: Ask, id: string, note: string): Promise<void> {
  const { files } = await ask<Package>('GET', `/packages/${id}`)
  await ask('POST', `/packages/${id}/publish`, {
    note,
    files: files.map(({ name, revision }) => ({ name, revision })),
  })
}

/** Ids of the packages that were made. */
export interface Seeded {
  readonly meeting: string
  readonly sketch: string
  readonly broken: string
  readonly paying: string
}

/** Makes what the studio's pages are judged with. */
export async function seedStudio(ask: Ask): Promise<Seeded> {
  const { id } = await ask<PackageMade>('POST', '/packages', { name: MEETING, from: { kind: 'blank' } })
  const xml = model(id)
  const { files } = await ask<Package>('GET', `/packages/${id}`)
  const before: PackageFiles = {
    ...Object.fromEntries(files.map(({ name, text }) => [name, text])),
    'process.bpmn': xml,
  }
  const steps = await readSteps(xml, 'process.bpmn')
  const made = applyDictionary(before, { before: emptyDictionary, after: dictionary(), steps, packageId: id })
  await save(ask, id, { 'process.bpmn': xml, ...made })
  await publish(ask, id, '会议先登记，再由镇里核对')
  await save(ask, id, { 'process.bpmn': xml.replace('P3D', 'P5D') })
  await publish(ask, id, '核对改为 5 天')
  const renamed = xml.replace('P3D', 'P5D').replace('登记好了', '登记完成')
  const after = {
    ...dictionary(),
    fields: fields.map((field) => (field.key === 'about' ? { ...field, name: '会议说明' } : field)),
  }
  const now = Object.fromEntries(
    (await ask<Package>('GET', `/packages/${id}`)).files.map(({ name, text }) => [name, text]),
  )
  await save(ask, id, {
    'process.bpmn': renamed,
    ...applyDictionary(now, { before: dictionary(), after, steps, packageId: id }),
  })
  const sketch = await ask<PackageMade>('POST', '/packages', { name: SKETCH, from: { kind: 'blank' } })
  const broken = await ask<PackageMade>('POST', '/packages', {
    name: BROKEN,
    from: { kind: 'files', files: [{ name: 'process.bpmn', text: brokenModel }] },
  })
  const paying = await ask<PackageMade>('POST', '/packages', {
    name: TO_PAY,
    from: {
      kind: 'files',
      files: [
        { name: 'process.bpmn', text: payingModel },
        { name: 'payment.dmn', text: payingDecisions },
      ],
    },
  })
  return { meeting: id, sketch: sketch.id, broken: broken.id, paying: paying.id }
}
