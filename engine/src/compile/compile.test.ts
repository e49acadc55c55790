import { expect, test } from 'vitest'
import { each, flow, io, line, model, node, timer } from '../testing/model.ts'
import { compile } from './compile.ts'
import { missingReferences } from './references.ts'

const ends = node('startEvent', 'start') + node('endEvent', 'end')
const around = (element: string, roots = '') => model(ends + element + line('start', 'x', 'end'), roots)

/** Codes of the errors, with the element. */
async function errorsOf(xml: string): Promise<string[]> {
  const { problems, processes } = await compile(xml, 'a.bpmn')
  const errors = problems.filter((problem) => problem.severity === 'error')
  expect(processes.length > 0).toBe(errors.length === 0)
  return errors.map((problem) => `${problem.code} ${problem.elementId}`)
}

test('CO1 a model that is executed has no problems and is frozen', async () => {
  const { processes, problems } = await compile(around(node('userTask', 'x', '', '', 'name="X"')), 'a.bpmn')
  expect(problems).toEqual([])
  expect(processes[0]?.nodes.x).toMatchObject({
    type: 'bpmn:UserTask',
    name: 'X',
    incoming: ['start_x'],
    outgoing: ['x_end'],
  })
  expect(Object.isFrozen(processes[0]?.nodes.x)).toBe(true)
})

const refused: readonly (readonly [string, string])[] = [
  ['inclusiveGateway', 'bpmn:InclusiveGateway'],
  ['eventBasedGateway', 'bpmn:EventBasedGateway'],
  ['complexGateway', 'bpmn:ComplexGateway'],
  ['sendTask', 'bpmn:SendTask'],
  ['receiveTask', 'bpmn:ReceiveTask'],
  ['callActivity', 'bpmn:CallActivity'],
  ['transaction', 'bpmn:Transaction'],
  ['adHocSubProcess', 'bpmn:AdHocSubProcess'],
  ['intermediateThrowEvent', 'bpmn:IntermediateThrowEvent'],
]
test.each(refused)('CO2 %s is refused by element, name and type', async (tag, type) => {
  const { problems } = await compile(around(node(tag, 'x', '', '', 'name="Shown"')), 'a.bpmn')
  expect(problems[0]).toMatchObject({
    code: 'ELEMENT_NOT_EXECUTED',
    severity: 'error',
    resource: 'a.bpmn',
    elementId: 'x',
    elementName: 'Shown',
    facts: { type },
  })
})

const events: readonly (readonly [string, string])[] = [
  ['signalEventDefinition', 'intermediateCatchEvent'],
  ['conditionalEventDefinition', 'intermediateCatchEvent'],
  ['linkEventDefinition', 'intermediateCatchEvent'],
  ['errorEventDefinition', 'intermediateCatchEvent'],
  ['errorEventDefinition', 'endEvent'],
  ['messageEventDefinition', 'endEvent'],
]
test.each(events)('CO3 %s is refused at %s', async (definition, tag) => {
  const xml =
    tag === 'endEvent'
      ? model(node('startEvent', 'start') + node('endEvent', 'x', '', `<bpmn:${definition}/>`) + line('start', 'x'))
      : around(node(tag, 'x', '', `<bpmn:${definition}/>`))
  expect(await errorsOf(xml)).toEqual(['EVENT_NOT_EXECUTED x'])
})

test('CO4 lanes, data, annotations and message flows are documentation', async () => {
  const xml = model(
    `<bpmn:laneSet id="ls"><bpmn:lane id="l" name="Clerk"><bpmn:flowNodeRef>x</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>${ends}${node('userTask', 'x')}` +
      `<bpmn:dataObject id="do"/><bpmn:dataObjectReference id="dor" dataObjectRef="do"/><bpmn:textAnnotation id="ta"><bpmn:text>n</bpmn:text></bpmn:textAnnotation><bpmn:association id="as" sourceRef="x" targetRef="ta"/>${line('start', 'x', 'end')}`,
    '<bpmn:collaboration id="c"><bpmn:participant id="p" processRef="process"/><bpmn:participant id="q"/><bpmn:messageFlow id="mf" sourceRef="q" targetRef="p"/></bpmn:collaboration>',
  )
  expect((await compile(xml, 'a.bpmn')).problems).toEqual([])
})

test('CO5 what the parser only warns about is refused (quality I03)', async () => {
  expect(await errorsOf(around(`${node('userTask', 'x')}<bpmn:unknownThing id="u"/>`))).toEqual(['MODEL_WARNING null'])
  expect(await errorsOf(around(node('userTask', 'x', '', '', 'colour="red"')))).toEqual(['MODEL_WARNING x'])
  expect(await errorsOf(around(node('userTask', 'x') + node('userTask', 'x')))).toEqual(['DUPLICATE_ID x'])
  expect(
    await errorsOf(around(`${node('userTask', 'x')}<bpmn:sequenceFlow id="f" sourceRef="x" targetRef="nowhere"/>`)),
  ).toContain('DANGLING_REFERENCE f')
  expect(await errorsOf(around(node('userTask', 'x', '<zeebe:nonsense/>')))).toEqual(['MODEL_WARNING null'])
  expect(await errorsOf(around(node('userTask', 'x', '<bihuan:stage nam="a"/>')))).toEqual(['MODEL_WARNING x'])
})

test('CO6 a fault of the drawing alone is a warning', async () => {
  const xml = around(node('userTask', 'x')).replace(
    '</bpmn:definitions>',
    '<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" id="d"><bpmndi:BPMNPlane id="pl" bpmnElement="process"><bpmndi:BPMNShape id="s" bpmnElement="gone"/></bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>',
  )
  const { processes, problems } = await compile(xml, 'a.bpmn')
  expect(processes).toHaveLength(1)
  expect(problems.map((problem) => [problem.code, problem.severity])).toEqual([['MODEL_WARNING', 'warning']])
})

test('CO7 known parts that are not executed are refused by name', async () => {
  expect(await errorsOf(around(node('userTask', 'x', '<zeebe:executionListeners/>')))).toEqual([
    'ELEMENT_NOT_EXECUTED x',
  ])
  expect(await errorsOf(around(node('manualTask', 'x', '<zeebe:script expression="=1" resultVariable="a"/>')))).toEqual(
    ['ELEMENT_NOT_EXECUTED x'],
  )
  expect(await errorsOf(around(node('userTask', 'x', '', '<bpmn:standardLoopCharacteristics/>')))).toEqual([
    'ELEMENT_NOT_EXECUTED x',
  ])
  expect(
    await errorsOf(
      around(
        node(
          'userTask',
          'x',
          '',
          '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>',
        ),
      ),
    ),
  ).toContain('ELEMENT_NOT_EXECUTED x')
  expect(await errorsOf(around(node('userTask', 'x', '', '<bpmn:potentialOwner id="po"/>')))).toEqual([
    'ELEMENT_NOT_EXECUTED x',
  ])
  const seven = around(node('userTask', 'x', '<camunda:formData/>', '', 'camunda:assignee="demo"')).replace(
    '<bpmn:definitions ',
    '<bpmn:definitions xmlns:camunda="http://camunda.org/schema/1.0/bpmn" ',
  )
  expect(await errorsOf(seven)).toEqual(['ELEMENT_NOT_EXECUTED x', 'ELEMENT_NOT_EXECUTED x'])
})

test('CO8 missing pieces: expression, job type, message, timer, condition, decision', async () => {
  expect(await errorsOf(around(node('scriptTask', 'x', '<zeebe:script expression="=" resultVariable="a"/>')))).toEqual([
    'EXPRESSION_MISSING x',
  ])
  expect(await errorsOf(around(node('scriptTask', 'x')))).toContain('EXPRESSION_MISSING x')
  expect(
    await errorsOf(around(node('scriptTask', 'x', '<zeebe:script expression="=1 +" resultVariable="a"/>'))),
  ).toEqual(['EXPRESSION_INVALID x'])
  expect(await errorsOf(around(node('serviceTask', 'x')))).toEqual(['JOB_TYPE_MISSING x'])
  expect(await errorsOf(around(node('businessRuleTask', 'x')))).toEqual([
    'EXPRESSION_MISSING x',
    'EXPRESSION_MISSING x',
  ])
  expect(await errorsOf(around(node('intermediateCatchEvent', 'x', '', '<bpmn:messageEventDefinition/>')))).toEqual([
    'MESSAGE_MISSING x',
  ])
  expect(
    await errorsOf(
      around(
        node('intermediateCatchEvent', 'x', '', '<bpmn:messageEventDefinition messageRef="m"/>'),
        '<bpmn:message id="m" name="n"/>',
      ),
    ),
  ).toEqual(['EXPRESSION_MISSING x'])
  expect(await errorsOf(around(node('intermediateCatchEvent', 'x', '', timer('timeDuration', 'tomorrow'))))).toEqual([
    'TIMER_INVALID x',
  ])
  expect(await errorsOf(around(node('intermediateCatchEvent', 'x', '', timer('timeCycle', 'R3/P1D'))))).toEqual([
    'TIMER_INVALID x',
  ])
  expect(await errorsOf(around(node('intermediateCatchEvent', 'x', '', '<bpmn:timerEventDefinition/>')))).toEqual([
    'TIMER_INVALID x',
  ])
  const gateway = model(
    ends +
      node('exclusiveGateway', 'g') +
      flow('start', 'g') +
      flow('g', 'end', 'a') +
      flow('g', 'end', undefined, 'second'),
  )
  expect(await errorsOf(gateway)).toEqual(['CONDITION_MISSING g'])
  expect(await errorsOf(model(ends + flow('start', 'end', 'a = 1')))).toEqual(['ELEMENT_NOT_EXECUTED start_end'])
  expect(await errorsOf(around(node('userTask', 'x', '', each({ items: '' }))))).toContain('EXPRESSION_MISSING x')
  expect(await errorsOf(around(node('userTask', 'x', io({ parameters: '=1' }))))).toEqual(['EXPRESSION_INVALID x'])
})

test('CO9 start events: one a scope, none in a process, triggered in an event sub-process', async () => {
  expect(await errorsOf(model(node('userTask', 'x') + node('endEvent', 'end') + line('x', 'end')))).toContain(
    'START_EVENT_MISSING process',
  )
  expect(
    await errorsOf(model(`${ends}${node('startEvent', 'again')}${line('start', 'end')}${flow('again', 'end')}`)),
  ).toEqual(['EVENT_NOT_EXECUTED again'])
  expect(
    await errorsOf(
      model(node('startEvent', 'x', '', timer('timeDuration', 'P1D')) + node('endEvent', 'end') + line('x', 'end')),
    ),
  ).toEqual(['EVENT_NOT_EXECUTED x'])
  const bare = node(
    'subProcess',
    'esp',
    '',
    node('startEvent', 'es') + node('endEvent', 'ee') + line('es', 'ee'),
    'triggeredByEvent="true"',
  )
  expect(await errorsOf(model(`${ends}${line('start', 'end')}${bare}`))).toEqual(['EVENT_NOT_EXECUTED es'])
})

test('CO10 a cycle that never waits is refused, one with a task is not (quality E06)', async () => {
  const loop = (type: string) =>
    model(
      ends +
        node('exclusiveGateway', 'merge') +
        node(type, 'x', type === 'scriptTask' ? '<zeebe:script expression="=n + 1" resultVariable="n"/>' : '') +
        node('exclusiveGateway', 'g', '', '', 'default="g_end"') +
        line('start', 'merge', 'x', 'g', 'end') +
        flow('g', 'merge', 'n < 9'),
    )
  const { problems } = await compile(loop('scriptTask'), 'a.bpmn')
  expect(problems).toMatchObject([{ code: 'CYCLE_WITHOUT_WAIT', facts: { elements: ['merge', 'x', 'g'] } }])
  expect(await errorsOf(loop('userTask'))).toEqual([])
})

test('CO11 sizes, DOCTYPE and bad XML are refused before or by the parser (quality I01, I02)', async () => {
  expect(await errorsOf('<!DOCTYPE x [<!ENTITY a "b">]><x/>')).toEqual(['DOCTYPE_NOT_ALLOWED null'])
  expect(await errorsOf('<bpmn:a><b></bpmn:a>')).toEqual(['XML_UNREADABLE null'])
  expect(await errorsOf('not xml')).toEqual(['XML_UNREADABLE null'])
  expect(await errorsOf(model('<bpmn:task id="t"/>'.repeat(5_100)))).toEqual(['RESOURCE_TOO_LARGE null'])
  expect(await errorsOf(model('').replace('isExecutable="true"', ''))).toEqual(['PROCESS_NOT_EXECUTABLE process'])
})

test('CO12 forms and decisions are collected and missing ones named with their element', async () => {
  const xml = model(
    node(
      'startEvent',
      'start',
      '<bihuan:starters candidateGroups="village_clerk"/><zeebe:formDefinition formId="motion"/>',
    ) +
      node('userTask', 'x', '<zeebe:formDefinition formId="review"/><bihuan:stage name="Review"/>') +
      node('businessRuleTask', 'd', '<zeebe:calledDecision decisionId="body" resultVariable="body"/>') +
      node('endEvent', 'end') +
      line('start', 'x', 'd', 'end'),
  )
  const { processes, references, problems } = await compile(xml, 'a.bpmn')
  expect(problems).toEqual([])
  expect(references).toMatchObject({ forms: ['review', 'motion'], decisions: ['body'] })
  expect(processes[0]).toMatchObject({
    startForm: { formId: 'motion' },
    starters: [{ role: 'village_clerk', level: null }],
    stages: [{ elementId: 'x', name: 'Review' }],
  })
  expect(missingReferences(references, { forms: ['motion'], decisions: [] })).toMatchObject([
    { code: 'FORM_NOT_FOUND', elementId: 'x', facts: { formId: 'review' } },
    { code: 'DECISION_NOT_FOUND', elementId: 'd', facts: { decisionId: 'body' } },
  ])
})

test('CO7 own extensions at the wrong place are refused, and conditions in another language', async () => {
  const start = node('startEvent', 'es', '<bihuan:starters candidateGroups="a"/>', timer('timeDuration', 'P1D'))
  const esp = node(
    'subProcess',
    'esp',
    '',
    start + node('endEvent', 'ee') + line('es', 'ee'),
    'triggeredByEvent="true"',
  )
  expect(await errorsOf(model(ends + line('start', 'end') + esp))).toEqual(['ELEMENT_NOT_EXECUTED es'])
  const act = node('intermediateCatchEvent', 'x', '<bihuan:caseAction label="a"/>', timer('timeDuration', 'P1D'))
  expect(await errorsOf(around(act))).toEqual(['ELEMENT_NOT_EXECUTED x'])
  const gateway = node('exclusiveGateway', 'x', '', '', 'default="x_end"') + flow('x', 'end', 'a', 'f')
  const script = around(gateway).replace('<bpmn:conditionExpression', '<bpmn:conditionExpression language="javascript"')
  expect(await errorsOf(script)).toEqual(['ELEMENT_NOT_EXECUTED f'])
})

test('CO1 ids and names that every object has are ids like others', async () => {
  const ids = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
  const xml = model(
    ends + ids.map((id) => node('userTask', id, io({}, { valueOf: '=1' }))).join('') + line('start', ...ids, 'end'),
  )
  const { processes, problems } = await compile(xml, 'a.bpmn')
  expect(problems).toEqual([])
  expect(Object.keys(processes[0]?.nodes ?? {}).sort()).toEqual([...ids, 'end', 'start'].sort())
  expect(Object.entries(processes[0]?.nodes ?? {}).find(([id]) => id === '__proto__')?.[1].outgoing).toEqual([
    '__proto___constructor',
  ])
})

test.each(['case', 'parameters', 'loopCounter', 'a.b', '1st', 'a b', '', '=x'])(
  'VA2 a result cannot become the variable "%s"',
  async (name) => {
    const attribute = `resultVariable="${name}"`
    const script = node('scriptTask', 'x', `<zeebe:script expression="=1" ${attribute}/>`)
    const decision = node('businessRuleTask', 'x', `<zeebe:calledDecision decisionId="d" ${attribute}/>`)
    const items = node('userTask', 'x', '', each({ items: '[1]', element: name || ' ' }))
    for (const xml of [around(script), around(decision), around(items)])
      expect(await errorsOf(xml)).toEqual([expect.stringMatching(/^EXPRESSION_(INVALID|MISSING) x$/)])
  },
)

const many = (count: number, part: (i: number) => string) => Array.from({ length: count }, (_, i) => part(i)).join('')
const assigned = (id: string, expression: string) =>
  node('userTask', id, `<zeebe:assignmentDefinition assignee="=${expression}"/>`)

test.each<[string, string]>([
  ['elements', model(many(30_000, (i) => `<bpmn:task id="t${i}"/>`))],
  ['depth', model('<bpmn:subProcess>'.repeat(100_000))],
  ['namespaces', `<a ${many(20_000, (i) => `xmlns:n${i}="u" `)}/>`],
  ['bytes', 'x'.repeat(100_000_000)],
  ['attributes', `<a ${many(100_000, (i) => `a${i}="1" `)}/>`],
  ['entities', `<a>${'&amp;'.repeat(300_000)}</a>`],
  [
    'expressions',
    model(node('startEvent', 'start') + many(200, (i) => assigned(`t${i}`, `[${many(60, () => `a${i},`)}1]`))),
  ],
  ['unreadable', `<a b="${'>'.repeat(1_900_000)}"/>`],
  ['unreadable', `<a b='${'"'.repeat(1_900_000)}`],
  ['unreadable', '<'.repeat(1_900_000)],
  ['unreadable', '<!--'.repeat(400_000)],
  ['unreadable', '<a/>'.repeat(4_999)],
])(
  'CO11 hostile sizes are refused in a moment: %s (quality I02)',
  async (what, text) => {
    const { problems, processes } = await compile(text, 'a.bpmn')
    const wanted = what === 'unreadable' ? { code: 'XML_UNREADABLE' } : { code: 'RESOURCE_TOO_LARGE', facts: { what } }
    expect(problems.filter((one) => one.severity === 'error')).toMatchObject([wanted])
    expect(processes).toEqual([])
  },
  10_000,
)

test('CO8 a refused expression is told in part, however long', async () => {
  const task = node('userTask', 'x', `<zeebe:assignmentDefinition assignee="=${'a '.repeat(14_000)}"/>`)
  const { problems } = await compile(around(task), 'a.bpmn')
  expect(problems).toMatchObject([{ code: 'EXPRESSION_INVALID' }])
  expect(JSON.stringify(problems).length).toBeLessThan(1_000)
})
