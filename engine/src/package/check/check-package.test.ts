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
  it('tells two fields of one name that a step shows under one heading', async () => {
    const withTwin = (more: Partial<FieldEntry>, elementId = 'start') =>
      found(
        packageOf({
          fields: [...SOUND.fields, field('twin', { name: ' N_title ', ...more })],
          access: { ...SOUND.access, [elementId]: { ...SOUND.access[elementId], twin: 'write' } },
        }),
      )
    expect(await withTwin({})).toMatchObject([
      { code: 'FIELD_NAME_TWICE', severity: 'warning', resource: 'fields.yaml', key: 'twin', step: '发起' },
    ])
    expect(await withTwin({ group: '家属' })).toEqual([])
    expect(await withTwin({ name: 'N_twin' })).toEqual([])
    expect(await withTwin({}, 'objection')).toEqual([])
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

describe('CO25 who is named', () => {
  const people = { roles: ['clerk', 'mayor'], levels: ['town'] }
  const named = async (xml: string, known: typeof people | null = people) =>
    (
      await judgePackage(packageOf(SOUND, xml), { forms: [], decisions: [], ...(known && { people: known }) })
    ).problems.map(({ code, severity, elementId, facts }) => [code, severity, elementId, facts.people])

  it('should be there in the organisation, by role and level', async () => {
    expect(await named(model())).toEqual([])
    expect(await named(model({ people: 'candidateGroups="clerk, mayor@town"' }))).toEqual([])
    expect(await named(model({ people: 'candidateGroups="clerk, elder, mayor@county"' }))).toEqual([
      ['PEOPLE_UNKNOWN', 'warning', 'review', 'elder'],
      ['PEOPLE_UNKNOWN', 'warning', 'review', 'mayor@county'],
    ])
    expect(await named(model({ starters: '<bihuan:starters candidateGroups="elder" />' }))).toEqual([
      ['PEOPLE_UNKNOWN', 'warning', 'start', 'elder'],
    ])
    const called = model().replace(
      'label="登记异议" formId="p_objection" candidateGroups="clerk"',
      'label="登记异议" formId="p_objection" candidateGroups="elder"',
    )
    expect(await named(called)).toEqual([['PEOPLE_UNKNOWN', 'warning', 'objection', 'elder']])
  })
  it('is not judged where it is computed, or where nobody can tell', async () => {
    expect(await named(model({ people: 'candidateGroups="=[title]"' }))).toEqual([])
    expect(await named(model({ people: 'candidateGroups="elder"' }), null)).toEqual([])
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

describe('decisions', () => {
  const table = (input: string, cell: string) =>
    `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="f" name="f" namespace="n"><decision id="who" name="谁定"><decisionTable id="t" hitPolicy="FIRST"><input id="i"><inputExpression id="e"><text>${input}</text></inputExpression></input><output id="o" name="result" /><rule id="r1"><inputEntry id="c1"><text>-</text></inputEntry><outputEntry id="x1"><text>"1"</text></outputEntry></rule><rule id="r2"><inputEntry id="c2"><text>${cell}</text></inputEntry><outputEntry id="x2"><text>"2"</text></outputEntry></rule></decisionTable></decision></definitions>`
  const asking = (copy = '') =>
    model()
      .replace('<bpmn:sequenceFlow id="f5" sourceRef="notice" targetRef="end" />', '')
      .replace(
        '<bpmn:endEvent id="end">',
        `<bpmn:sequenceFlow id="f5" sourceRef="notice" targetRef="ask" /><bpmn:businessRuleTask id="ask" name="判断"><bpmn:extensionElements><zeebe:calledDecision decisionId="who" resultVariable="r" />${copy}</bpmn:extensionElements><bpmn:incoming>f5</bpmn:incoming><bpmn:outgoing>f6</bpmn:outgoing></bpmn:businessRuleTask><bpmn:sequenceFlow id="f6" sourceRef="ask" targetRef="end" /><bpmn:endEvent id="end">`,
      )
      .replace('<bpmn:endEvent id="end"><bpmn:incoming>f5', '<bpmn:endEvent id="end"><bpmn:incoming>f6')
  const kind = field('origin', {
    kind: 'choice',
    options: [
      { value: 'option_1', label: '因病' },
      { value: 'option_2', label: '因灾' },
    ],
  })
  const dictionary: FieldDictionary = {
    fields: [...SOUND.fields, kind],
    access: { ...SOUND.access, start: { ...SOUND.access.start, origin: 'required' } },
  }
  it('CO24 nor does a condition name an option that is not there', async () => {
    const conditions = [
      'origin = "option_3" or amount &gt; 3',
      'amount &gt; 3 and list contains(origin, "因病")',
      'origin!="x"',
    ]
    for (const condition of conditions)
      expect(await found(packageOf(dictionary, model({ condition }))), condition).toMatchObject([
        { code: 'OPTION_MISSING', severity: 'warning', resource: 'p.bpmn', elementId: 'f2', key: 'origin' },
      ])
    for (const condition of [
      'origin = "option_1"',
      'title = "x"',
      'case.origin = "x"',
      'my_origin = "x" or origin = null',
    ])
      expect((await found(packageOf(dictionary, model({ condition })))).map(({ code }) => code)).not.toContain(
        'OPTION_MISSING',
      )
  })

  const judged = (input: string, cell = '-', xml = asking()) =>
    found({ ...packageOf(dictionary, xml), 'who.dmn': table(input, cell) })

  it('CO21 that read a field which is gone are told of', async () => {
    expect(await judged('amout')).toEqual([
      { code: 'VARIABLE_NOT_WRITTEN', severity: 'warning', resource: 'who.dmn', elementId: 'who', variable: 'amout' },
    ])
    expect(await judged('amount + number(case.number)', '&gt; parameters.limit')).toEqual([])
    const given = '<zeebe:ioMapping><zeebe:input source="=amount" target="amout" /></zeebe:ioMapping>'
    expect(await judged('amout', '-', asking(given))).toEqual([])
  })

  it('CO24 that compare a choice with what is no option of it are told of', async () => {
    expect(await judged('origin', '"option_2", "因病"')).toEqual([
      {
        code: 'OPTION_MISSING',
        severity: 'warning',
        resource: 'who.dmn',
        elementId: 'who',
        field: 'N_origin',
        key: 'origin',
        row: 2,
        found: '因病',
      },
    ])
    for (const cell of ['"option_1"', '"option_1", "option_2"', 'not("因病")', 'null'])
      expect(await judged('origin', cell), cell).toEqual([])
    expect(await judged('title', '"因病"')).toEqual([])
  })
})
