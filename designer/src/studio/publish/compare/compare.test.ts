import type { FieldDictionary, PackageFiles } from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import { compareAccess, compareFields } from './compare-fields.ts'
import { compareForms } from './compare-forms.ts'
import { compareModels } from './compare-models.ts'
import { compareVersions } from './compare-versions.ts'
import { countOf } from './comparison.ts'

const NAMESPACES =
  'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0"'

const model = (elements: string, shapes = '') => `<bpmn:definitions ${NAMESPACES} id="d">
  <bpmn:process id="p" name="Leave" isExecutable="true">${elements}</bpmn:process>
  <bpmndi:BPMNDiagram id="di"><bpmndi:BPMNPlane id="plane" bpmnElement="p">${shapes}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`
const task = (id: string, name: string, extensions = '', more = '') =>
  `<bpmn:userTask id="${id}" name="${name}"><bpmn:extensionElements>${extensions}</bpmn:extensionElements>${more}</bpmn:userTask>`
const shape = (id: string, x: number) =>
  `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"><dc:Bounds x="${x}" y="0" width="100" height="80" /></bpmndi:BPMNShape>`

const models = async (before: string, after: string) =>
  (await compareModels({ 'p.bpmn': before }, { 'p.bpmn': after }))[0]

describe('two drawings', () => {
  it('differ by what was added, removed and renamed', async () => {
    const found = await models(
      model(task('a', 'Apply') + task('b', 'Check')),
      model(task('a', 'Ask') + task('c', 'Sign')),
    )
    expect(found?.changes.map(({ kind, id, name, details }) => [kind, id, name, details])).toEqual([
      ['changed', 'a', 'Ask', [{ what: 'name', before: 'Apply', after: 'Ask' }]],
      ['added', 'c', 'Sign', []],
      ['removed', 'b', 'Check', []],
    ])
  })

  it('differ by who does it, the form, the deadline and the stage', async () => {
    const found = await models(
      model(task('a', 'A', '<zeebe:assignmentDefinition candidateGroups="clerk" />')),
      model(
        task(
          'a',
          'A',
          '<zeebe:assignmentDefinition candidateGroups="reviewer@township" /><zeebe:formDefinition formId="f" /><zeebe:taskSchedule dueDate="=today()" /><bihuan:stage name="Review" />',
        ),
      ),
    )
    expect(found?.changes[0]?.details).toEqual([
      { what: 'who', before: 'clerk', after: 'reviewer@township' },
      { what: 'form', before: null, after: 'f' },
      { what: 'due', before: null, after: 'today()' },
      { what: 'stage', before: null, after: 'Review' },
    ])
  })

  it('differ by the condition and the ends of a flow, which is named by them', async () => {
    const flow = (to: string, condition: string) =>
      model(
        `${task('a', 'A')}${task('b', 'B')}${task('c', 'C')}<bpmn:sequenceFlow id="f" sourceRef="a" targetRef="${to}"><bpmn:conditionExpression>${condition}</bpmn:conditionExpression></bpmn:sequenceFlow>`,
      )
    const found = await models(flow('b', '=x'), flow('c', '=y'))
    expect(found?.changes).toEqual([
      {
        kind: 'changed',
        id: 'f',
        name: 'A → C',
        type: 'bpmn:SequenceFlow',
        details: [
          { what: 'condition', before: 'x', after: 'y' },
          { what: 'ends', before: 'A → B', after: 'A → C' },
        ],
      },
    ])
  })

  it('tell a renamed step once, not at each of its flows', async () => {
    const flow = (name: string) =>
      model(`${task('a', name)}${task('b', 'B')}<bpmn:sequenceFlow id="f" sourceRef="a" targetRef="b" />`)
    expect((await models(flow('A'), flow('New')))?.changes.map(({ id }) => id)).toEqual(['a'])
  })

  it('that only moved a shape are told so, all as one', async () => {
    const found = await models(
      model(task('a', 'A') + task('b', 'B'), shape('a', 0) + shape('b', 200)),
      model(task('a', 'A') + task('b', 'B'), shape('a', 50) + shape('b', 300)),
    )
    expect([found?.changes, found?.moved]).toEqual([[], ['a', 'b']])
  })

  it('that differ in something without a word of its own are not passed over', async () => {
    const found = await models(
      model('<bpmn:task id="a" name="A" />'),
      model('<bpmn:task id="a" name="A" startQuantity="2" />'),
    )
    expect(found?.changes[0]?.details).toEqual([{ what: 'other', before: null, after: null }])
  })

  it('that cannot be read are told as such, and the same ones not at all', async () => {
    expect((await models(model(''), 'no xml'))?.unreadable).toBe(true)
    expect(await compareModels({ 'p.bpmn': model('') }, { 'p.bpmn': model('') })).toEqual([])
  })
})

describe('two dictionaries', () => {
  const field = (key: string, more: object = {}) => ({
    key,
    name: key,
    kind: 'text' as const,
    grade: 'internal' as const,
    ...more,
  })
  const before: FieldDictionary = {
    fields: [field('a'), field('b'), field('c')],
    access: { start: { a: 'required', b: 'write' } },
  }

  it('differ by their fields', () => {
    const after = { ...before, fields: [field('a', { name: 'A', grade: 'public' }), field('b'), field('d')] }
    expect(compareFields(before, after).map(({ kind, id, details }) => [kind, id, details])).toEqual([
      [
        'changed',
        'a',
        [
          { what: 'name', before: 'a', after: 'A' },
          { what: 'grade', before: 'internal', after: 'public' },
        ],
      ],
      ['added', 'd', []],
      ['removed', 'c', []],
    ])
  })

  it('differ by what is asked anew', () => {
    const anew = { ...before, fields: [field('a'), field('b', { anew: true }), field('c')] }
    const details = (one: FieldDictionary, other: FieldDictionary) => compareFields(one, other)[0]?.details
    expect(details(before, anew)).toEqual([{ what: 'anew', before: null, after: 'anew' }])
    expect(details(anew, before)).toEqual([{ what: 'anew', before: 'anew', after: null }])
  })

  it('differ by the order of their fields, which is no other change', () => {
    const after = { ...before, fields: [field('a'), field('c'), field('b')] }
    expect(compareFields(before, after).every(({ details }) => details[0]?.what === 'order')).toBe(true)
    expect(compareFields(before, { ...before, fields: [field('new'), ...before.fields] })).toHaveLength(1)
  })

  it('differ by cells, told step by step', () => {
    const after = { ...before, access: { start: { a: 'write', b: 'write' }, review: { a: 'read' } } } as const
    const step = (elementId: string, name: string) =>
      ({ elementId, name, resource: 'p.bpmn', kind: 'task', formId: null, candidateGroups: null }) as const
    expect(compareAccess(before, after, [step('review', 'Review'), step('start', 'Apply')])).toEqual([
      { elementId: 'review', name: 'Review', cells: [{ key: 'a', name: 'a', before: 'none', after: 'read' }] },
      { elementId: 'start', name: 'Apply', cells: [{ key: 'a', name: 'a', before: 'required', after: 'write' }] },
    ])
  })
})

describe('two forms', () => {
  const form = (components: object[], title = 'T') =>
    JSON.stringify({ type: 'default', id: 'f', properties: { title }, components })
  const compare = (before: string, after: string) => compareForms({ 'f.form': before }, { 'f.form': after })
  const text = (key: string, more: object = {}) => ({ type: 'textfield', id: `id_${key}`, key, label: key, ...more })

  it('differ by labels, rules and components, also inside groups', () => {
    const found = compare(
      form([text('a'), { type: 'group', id: 'g', components: [text('b')] }]),
      form([
        text('a', { label: 'A', validate: { required: true } }),
        { type: 'group', id: 'g', components: [text('c')] },
      ]),
    )
    expect(found[0]?.components.map(({ kind, id, details }) => [kind, id, details.map(({ what }) => what)])).toEqual([
      ['changed', 'a', ['name', 'required']],
      ['added', 'g.c', []],
      ['removed', 'g.b', []],
    ])
  })

  it('differ by their order and title', () => {
    expect(compare(form([text('a'), text('b')]), form([text('b'), text('a')], 'U'))[0]?.details).toEqual([
      { what: 'title', before: 'T', after: 'U' },
      { what: 'order', before: null, after: null },
    ])
  })

  it('that are only written differently do not differ; unreadable ones do', () => {
    expect(compare(form([text('a')]), JSON.stringify(JSON.parse(form([text('a')])), null, 2))).toEqual([])
    expect(compare(form([]), '{')[0]?.details[0]?.what).toBe('other')
  })
})

describe('two versions of a package', () => {
  const parameters = (days: number) =>
    `parameters:\n  - name: days\n    title: { zh: 天数 }\n    type: integer\n    default: ${days}\n`
  const files = (days: number): PackageFiles => ({
    'package.yaml': 'id: p\nname: P\n',
    'p.bpmn': model(task('a', 'A')),
    'parameters.yaml': parameters(days),
    'fields.yaml': 'fields: []\n',
  })

  it('differ in every file that differs, each counted', async () => {
    const after = {
      ...files(10),
      'package.yaml': 'id: p\nname: Q\n',
      'scenarios/a.yaml': 'name: a',
      'fields.yaml': 'fields: [',
    }
    const found = await compareVersions(files(7), after, [])
    expect(found.parameters[0]).toMatchObject({ id: 'days', details: [{ what: 'value', before: '7', after: '10' }] })
    expect(found.others).toEqual([
      { kind: 'changed', resource: 'fields.yaml' },
      { kind: 'changed', resource: 'package.yaml' },
      { kind: 'added', resource: 'scenarios/a.yaml' },
    ])
    expect(countOf(found)).toBe(4)
    expect(countOf(await compareVersions(files(7), files(7), []))).toBe(0)
  })
})

describe('two decisions', () => {
  const dmn = (rows: string, name = 'Level') =>
    `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n"><decision id="level" name="${name}"><decisionTable id="t" hitPolicy="FIRST"><input id="i" label="Days"><inputExpression id="ie" typeRef="number"><text>days</text></inputExpression></input><output id="o" name="level" typeRef="string" />${rows}</decisionTable></decision></definitions>`
  const row = (id: string, when: string, then: string) =>
    `<rule id="${id}"><inputEntry id="${id}_i"><text>${when}</text></inputEntry><outputEntry id="${id}_o"><text>"${then}"</text></outputEntry></rule>`

  it('differ by rows and name', async () => {
    const found = await compareVersions(
      { 'level.dmn': dmn(row('a', '&lt; 3', 'clerk') + row('b', '-', 'head')) },
      { 'level.dmn': dmn(row('a', '&lt; 5', 'clerk') + row('c', '-', 'head'), 'Who') },
      [],
    )
    expect(found.decisions).toEqual([
      {
        kind: 'changed',
        resource: 'level.dmn',
        name: 'Who',
        details: [{ what: 'name', before: 'Level', after: 'Who' }],
        rows: { added: 1, removed: 1, changed: 1 },
      },
    ])
  })
})
