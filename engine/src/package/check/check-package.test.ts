import { describe, expect, it } from 'vitest'
import type { FieldDictionary, FieldEntry } from '../../field/dictionary.ts'
import { writeDictionary } from '../../field/write.ts'
import type { PackageFiles, Step } from '../files.ts'
import { applyDictionary } from '../forms.ts'
import { judgePackage } from '../judge.ts'
import { readSteps } from '../steps.ts'

/** start → gateway → review or nothing → notice → end, an objection meanwhile. */
const model = (
  given: {
    condition?: string
    notice?: string
    title?: string
    people?: string
    extra?: string
    copy?: string
    starters?: string
  } = {},
): string => {
  const {
    condition = 'amount &gt; 3',
    notice = 'title',
    title = 'title',
    people = 'candidateGroups="clerk"',
    extra = '',
    copy = '',
    starters = '<bihuan:starters candidateGroups="clerk" />',
  } = given
  const form = (id: string) => `<zeebe:formDefinition formId="p_${id}" />`
  return `<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="d" targetNamespace="t">
  <bpmn:message id="m" name="objection"><bpmn:extensionElements><zeebe:subscription correlationKey="=case.key" /></bpmn:extensionElements></bpmn:message>
  <bpmn:process id="p" name="P" isExecutable="true">
    <bpmn:extensionElements><bihuan:case title="=${title}" /></bpmn:extensionElements>
    <bpmn:startEvent id="start" name="发起"><bpmn:extensionElements>${form('start')}${starters}</bpmn:extensionElements><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="gw" />
    <bpmn:exclusiveGateway id="gw" default="f3"><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing><bpmn:outgoing>f3</bpmn:outgoing></bpmn:exclusiveGateway>
    <bpmn:sequenceFlow id="f2" name="金额大" sourceRef="gw" targetRef="review"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=${condition}</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f3" sourceRef="gw" targetRef="notice" />
    <bpmn:userTask id="review" name="审核"><bpmn:extensionElements><zeebe:userTask />${form('review')}<zeebe:assignmentDefinition ${people} />${copy}</bpmn:extensionElements><bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f4</bpmn:outgoing></bpmn:userTask>
    <bpmn:sequenceFlow id="f4" sourceRef="review" targetRef="notice" />
    <bpmn:serviceTask id="notice" name="公示"><bpmn:extensionElements><zeebe:taskDefinition type="bihuan.notice" /><zeebe:ioMapping><zeebe:input source="=${notice}" target="text" />${extra}</zeebe:ioMapping></bpmn:extensionElements><bpmn:incoming>f3</bpmn:incoming><bpmn:incoming>f4</bpmn:incoming><bpmn:outgoing>f5</bpmn:outgoing></bpmn:serviceTask>
    <bpmn:sequenceFlow id="f5" sourceRef="notice" targetRef="end" />
    <bpmn:endEvent id="end"><bpmn:incoming>f5</bpmn:incoming></bpmn:endEvent>
    <bpmn:subProcess id="sub" triggeredByEvent="true"><bpmn:startEvent id="objection" isInterrupting="false"><bpmn:extensionElements><bihuan:caseAction label="登记异议" formId="p_objection" candidateGroups="clerk" /></bpmn:extensionElements><bpmn:outgoing>g</bpmn:outgoing><bpmn:messageEventDefinition id="med" messageRef="m" /></bpmn:startEvent><bpmn:sequenceFlow id="g" sourceRef="objection" targetRef="sub_end" /><bpmn:endEvent id="sub_end"><bpmn:incoming>g</bpmn:incoming></bpmn:endEvent></bpmn:subProcess>
  </bpmn:process>
</bpmn:definitions>`
}

const field = (key: string, more: Partial<FieldEntry> = {}): FieldEntry => ({
  key,
  name: `N_${key}`,
  kind: 'text',
  grade: 'public',
  ...more,
})
const SOUND: FieldDictionary = {
  fields: [
    field('title'),
    field('amount', { kind: 'number' }),
    field('phone', { kind: 'mobile', grade: 'sensitive' }),
    field('opinion'),
  ],
  access: {
    start: { title: 'required', amount: 'required', phone: 'write' },
    review: { title: 'read', amount: 'read', phone: 'read', opinion: 'required' },
    objection: { opinion: 'write' },
  },
}

const STEPS: readonly Step[] = await readSteps(model(), 'p.bpmn')

function packageOf(dictionary: FieldDictionary, xml = model()): PackageFiles {
  const files = { 'package.yaml': 'id: p\nname: P\n', 'p.bpmn': xml, 'fields.yaml': writeDictionary(dictionary) }
  const empty = { fields: [], access: {} }
  return {
    ...files,
    ...(applyDictionary(files, { before: empty, after: dictionary, steps: STEPS, packageId: 'p' }) as PackageFiles),
  }
}

const found = async (files: PackageFiles) =>
  (await judgePackage(files)).problems.map(({ code, severity, resource, elementId, facts }) => ({
    code,
    severity,
    resource,
    elementId,
    ...facts,
  }))

describe('a package whose parts fit', () => {
  it('is not remarked upon', async () => {
    expect(await found(packageOf(SOUND))).toEqual([])
  })
  it('nor is one without a dictionary', async () => {
    const { 'fields.yaml': _, ...bare } = packageOf(SOUND, model({ condition: 'nothing' }))
    expect(await found(bare)).toEqual([])
  })
})

describe('the matrix', () => {
  it('names a step that is not there, and a field that is not there', async () => {
    const access = {
      ...SOUND.access,
      gone: { title: 'read' },
      review: { ...SOUND.access.review, ghost: 'read' },
    } as const
    const files = { ...packageOf(SOUND), 'fields.yaml': writeDictionary({ ...SOUND, access }) }
    expect(await found(files)).toEqual([
      {
        code: 'ACCESS_FIELD_MISSING',
        severity: 'warning',
        resource: 'fields.yaml',
        elementId: null,
        field: 'ghost',
        step: '审核',
      },
      { code: 'ACCESS_STEP_MISSING', severity: 'warning', resource: 'fields.yaml', elementId: null, step: 'gone' },
    ])
  })
  it('tells a field nobody fills, unless the process writes it', async () => {
    const fields = [...SOUND.fields, field('lost'), field('made')]
    const dictionary = {
      fields,
      access: { ...SOUND.access, review: { ...SOUND.access.review, lost: 'read', made: 'read' } },
    } as const
    const xml = model({ extra: '<zeebe:output source="=noticeKey" target="made" />' })
    expect(await found(packageOf(dictionary, xml))).toMatchObject([
      { code: 'FIELD_NOT_FILLED', field: 'N_lost', key: 'lost' },
    ])
  })
  it('tells a field that is kept from all but those who filled it, unless something reads it', async () => {
    const withOne = (more: Partial<FieldEntry>, xml?: string) =>
      found(
        packageOf(
          {
            fields: [...SOUND.fields, field('kept', more)],
            access: { ...SOUND.access, start: { ...SOUND.access.start, kept: 'write' } },
          },
          xml,
        ),
      )
    expect(await withOne({ grade: 'internal' })).toMatchObject([{ code: 'FIELD_NOT_READ', key: 'kept' }])
    expect(await withOne({ grade: 'public' })).toEqual([])
    expect(await withOne({ grade: 'internal' }, model({ condition: 'kept = "x"' }))).toEqual([])
  })
})

describe('steps', () => {
  const without = (elementId: string, row: FieldDictionary['access'][string]) => ({
    ...SOUND,
    access: { ...SOUND.access, [elementId]: row },
  })
  it('are told when nothing is filled at them; a task may be there to take note', async () => {
    expect(await found(packageOf(without('review', {})))).toMatchObject([
      { code: 'FIELD_NOT_READ', key: 'phone' },
      { code: 'STEP_WITHOUT_FIELDS', elementId: 'review', severity: 'warning', resource: 'p.bpmn' },
    ])
    expect(await found(packageOf(without('review', { phone: 'read' })))).toEqual([])
    expect(await found(packageOf(without('objection', { title: 'read' })))).toMatchObject([
      { code: 'STEP_WITHOUT_FIELDS', elementId: 'objection' },
    ])
  })
  it('may have fields of their form alone', async () => {
    const files = packageOf(without('objection', {}))
    const form = JSON.parse(files['objection.form']!) as { components: unknown[] }
    form.components.push({ type: 'textfield', key: 'why', id: 'why' })
    expect(await found({ ...files, 'objection.form': JSON.stringify(form) })).toEqual([])
  })
  it('CO20 are refused when nobody could ever get them', async () => {
    const nobody = { code: 'USER_TASK_NOBODY', severity: 'error', elementId: 'review' }
    for (const people of [
      'assignee=""',
      'assignee="=null"',
      'candidateGroups="=[]" candidateUsers="= &quot;&quot;"',
      'assignee=" "',
    ])
      expect(await found(packageOf(SOUND, model({ people })))).toMatchObject([nobody])
    for (const people of ['assignee="li"', 'candidateUsers="=users"', 'candidateGroups="clerk"'])
      expect((await found(packageOf(SOUND, model({ people })))).map(({ code }) => code)).not.toContain(
        'USER_TASK_NOBODY',
      )
  })
  it('CO20 are brought to people by a worker when they are jobs', async () => {
    const xml = model({ people: 'assignee=""' }).replace('<zeebe:userTask />', '')
    expect((await found(packageOf(SOUND, xml))).map(({ code }) => code)).not.toContain('USER_TASK_NOBODY')
  })
  it('CO20 without a package file another system may assign them', async () => {
    const { 'package.yaml': _, 'fields.yaml': __, ...bare } = packageOf(SOUND, model({ people: 'assignee=""' }))
    expect(await found(bare)).toMatchObject([{ code: 'USER_TASK_NOBODY', severity: 'warning', elementId: 'review' }])
  })
})

describe('forms', () => {
  it('cannot hold a field as another kind', async () => {
    const files = packageOf(SOUND)
    const form = JSON.parse(files['start.form']!) as { components: { key: string; type: string }[] }
    form.components.find(({ key }) => key === 'amount')!.type = 'textfield'
    expect(await found({ ...files, 'start.form': JSON.stringify(form) })).toMatchObject([
      { code: 'FORM_FIELD_KIND', severity: 'error', resource: 'start.form', field: 'N_amount', form: '发起' },
    ])
    form.components.find(({ key }) => key === 'amount')!.type = 'number'
    form.components.find(({ key }) => key === 'title')!.type = 'textarea'
    expect(await found({ ...files, 'start.form': JSON.stringify(form) })).toEqual([])
  })
})

describe('what everybody sees', () => {
  it('a notice must not publish a sensitive field, whatever it is called on the way', async () => {
    const error = [{ code: 'FIELD_PUBLISHED', severity: 'error', elementId: 'notice', key: 'phone' }]
    expect(await found(packageOf(SOUND, model({ notice: 'title + phone' })))).toMatchObject(error)
    const copy = '<zeebe:ioMapping><zeebe:output source="=phone" target="contact" /></zeebe:ioMapping>'
    expect(await found(packageOf(SOUND, model({ notice: 'contact', copy })))).toMatchObject(error)
    expect(await found(packageOf(SOUND, model({ notice: 'string(amount)' })))).toEqual([])
  })
  it('a title should not tell what a step may not see', async () => {
    expect(await found(packageOf(SOUND, model({ title: 'title + phone' })))).toMatchObject([
      { code: 'TITLE_FIELD_HIDDEN', severity: 'warning', elementId: 'p', key: 'phone' },
    ])
  })
})

describe('CO21 what is read', () => {
  it('should be written by something', async () => {
    expect(
      await found(packageOf(SOUND, model({ condition: 'amout &gt; 3 and case.key &gt; parameters.x' }))),
    ).toMatchObject([{ code: 'VARIABLE_NOT_WRITTEN', severity: 'warning', elementId: 'f2', variable: 'amout' }])
    // What starts it may bring anything along.
    const bySystems = model({ condition: 'amout &gt; 3', starters: '' })
    expect(await found(packageOf(SOUND, bySystems))).toMatchObject([{ code: 'PEOPLE_MISSING', elementId: 'start' }])
    const sound = ['(some x in amount satisfies x = opinion) and noticeKey != null', 'amount[ghost = 1] = null']
    for (const condition of sound) expect(await found(packageOf(SOUND, model({ condition })))).toEqual([])
  })
  const unwritten = async (dictionary: FieldDictionary, xml: string) =>
    (await found(packageOf(dictionary, xml))).flatMap((one) =>
      one.code === 'VARIABLE_NOT_WRITTEN' ? [`${one.elementId} ${'variable' in one && one.variable}`] : [],
    )
  it('by mappings, scripts and assignments too', async () => {
    expect(await unwritten(SOUND, model({ people: 'assignee="=boss"' }))).toEqual(['review boss'])
    expect(await unwritten(SOUND, model({ notice: 'titel' }))).toEqual(['notice titel'])
    // A name that the element gives itself, and one that is asked for.
    const own =
      '<zeebe:ioMapping><zeebe:input source="=title" target="head" /><zeebe:input source="=head" target="line" /></zeebe:ioMapping>'
    expect(await unwritten(SOUND, model({ copy: own }))).toEqual([])
    expect(await unwritten(SOUND, model({ notice: 'if boss = null then title else boss' }))).toEqual([])
  })
  it('should be written before: what only comes later has not', async () => {
    // The opinion is given at the review, and in an act that may come at any time.
    const dictionary = { ...SOUND, access: { ...SOUND.access, objection: { title: 'write' } } } as const
    expect(await unwritten(dictionary, model({ condition: 'opinion = 1' }))).toEqual(['f2 opinion'])
    expect(await unwritten(dictionary, model({ notice: 'opinion' }))).toEqual([])
    expect(await unwritten(SOUND, model({ condition: 'opinion = 1' }))).toEqual([])
  })
})
