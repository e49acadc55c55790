import { expect, test } from 'vitest'
import { around, errorsOf } from '../testing/judged.ts'
import { each, flow, io, line, model, node, timer } from '../testing/model.ts'
import { compile } from './compile.ts'
import { missingReferences } from './references.ts'

const ends = node('startEvent', 'start') + node('endEvent', 'end')

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
  ['complexGateway', 'bpmn:ComplexGateway'],
  ['transaction', 'bpmn:Transaction'],
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

test('CO2 what of an executed element is not executed is refused by name', async () => {
  const typeOf = async (xml: string) => {
    const { problems } = await compile(xml, 'a.bpmn')
    return problems.filter(({ severity }) => severity === 'error').map(({ code, facts }) => `${code} ${facts.type}`)
  }
  const news =
    '<bpmn:message id="m" name="news"><bpmn:extensionElements><zeebe:subscription correlationKey="=k"/></bpmn:extensionElements></bpmn:message>'
  expect(await typeOf(around(node('receiveTask', 'x', '', '', 'messageRef="m" instantiate="true"'), news))).toEqual([
    'ELEMENT_NOT_EXECUTED bpmn:ReceiveTask instantiate',
  ])
  const events = ['a', 'b']
    .map((id) => node('intermediateCatchEvent', id, '', timer('timeDuration', 'P1D')) + line('x', id, 'end'))
    .join('')
  const gateway = (attribute: string) =>
    model(ends + node('eventBasedGateway', 'x', '', '', attribute) + events + line('start', 'x'))
  expect(await typeOf(gateway(''))).toEqual([])
  expect(await typeOf(gateway('instantiate="true"'))).toEqual([
    'ELEMENT_NOT_EXECUTED bpmn:EventBasedGateway instantiate',
  ])
  expect(await typeOf(gateway('eventGatewayType="Parallel"'))).toEqual([
    'ELEMENT_NOT_EXECUTED bpmn:EventBasedGateway eventGatewayType',
  ])
  expect(await typeOf(around(node('userTask', 'x', '', '<bpmn:standardLoopCharacteristics/>')))).toEqual([
    'ELEMENT_NOT_EXECUTED bpmn:StandardLoopCharacteristics',
  ])
})

test('CO4 lanes, data, annotations and message flows are documentation', async () => {
  const xml = model(
    `<bpmn:laneSet id="ls"><bpmn:lane id="l" name="Clerk"><bpmn:flowNodeRef>x</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>${ends}${node('userTask', 'x')}` +
      `<bpmn:dataStoreReference id="ds"/><bpmn:dataObject id="do"/><bpmn:dataObjectReference id="dor" dataObjectRef="do"/><bpmn:textAnnotation id="ta"><bpmn:text>n</bpmn:text></bpmn:textAnnotation><bpmn:association id="as" sourceRef="x" targetRef="ta"/>${line('start', 'x', 'end')}`,
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
  ).toEqual(['DANGLING_REFERENCE f'])
  expect(await errorsOf(around(node('userTask', 'x', '<zeebe:nonsense/>')))).toEqual(['MODEL_WARNING null'])
  // What has no element has a line.
  const { problems } = await compile(around(`\n\n${node('userTask', 'x')}<bpmn:unknownThing id="u"/>`), 'a.bpmn')
  expect(problems).toMatchObject([{ elementId: null, facts: { line: 6 } }])
  for (const [attributes, property] of [
    ['targetRef="x"', 'sourceRef'],
    ['sourceRef="x"', 'targetRef'],
  ]) {
    const flows = await compile(around(`${node('userTask', 'x')}<bpmn:sequenceFlow id="f" ${attributes}/>`), 'a.bpmn')
    expect(flows.problems).toMatchObject([{ code: 'DANGLING_REFERENCE', elementId: 'f', facts: { property } }])
  }
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
  const listener =
    '<zeebe:executionListeners><zeebe:executionListener eventType="end" type="a"/></zeebe:executionListeners>'
  expect(await errorsOf(around(node('parallelGateway', 'x', listener)))).toEqual(['ELEMENT_NOT_EXECUTED x'])
  expect(await errorsOf(around(node('manualTask', 'x', '<zeebe:script expression="=1" resultVariable="a"/>')))).toEqual(
    ['ELEMENT_NOT_EXECUTED x'],
  )
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

test('CO9 start events: one a scope, none in a sub-process, triggered in an event sub-process', async () => {
  expect(await errorsOf(model(node('userTask', 'x') + node('endEvent', 'end') + line('x', 'end')))).toContain(
    'START_EVENT_MISSING process',
  )
  expect(
    await errorsOf(model(`${ends}${node('startEvent', 'again')}${line('start', 'end')}${flow('again', 'end')}`)),
  ).toEqual(['EVENT_NOT_EXECUTED again'])
  const sub = (starts: string, attributes = '') =>
    errorsOf(
      model(
        `${ends}${node('subProcess', 'x', '', `${starts}${node('endEvent', 'ee')}${line('es', 'ee')}`, attributes)}` +
          (attributes ? line('start', 'end') : line('start', 'x', 'end')),
      ),
    )
  expect(await sub(node('startEvent', 'es'))).toEqual([])
  expect(await sub(node('startEvent', 'es', '', timer('timeDate', '2026-06-01')))).toEqual(['EVENT_NOT_EXECUTED es'])
  expect(await sub(node('startEvent', 'es') + node('startEvent', 'again') + line('again', 'ee'))).toEqual([
    'EVENT_NOT_EXECUTED again',
  ])
  const byEvent = 'triggeredByEvent="true"'
  expect(await sub(node('startEvent', 'es', '', timer('timeDuration', 'P1D')), byEvent)).toEqual([])
  expect(await sub(node('startEvent', 'es'), byEvent)).toEqual(['EVENT_NOT_EXECUTED es'])
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

test('CO22 a strict process is read as such', async () => {
  const strict = async (extension: string) => {
    const { processes, problems } = await compile(model(`${extension}${ends}${line('start', 'end')}`), 'a.bpmn')
    return processes[0]?.strict ?? problems.map(({ code }) => code)
  }
  const about = (attribute: string) => `<bpmn:extensionElements><bihuan:case ${attribute}/></bpmn:extensionElements>`
  expect(await strict('')).toBe(false)
  expect(await strict(about(''))).toBe(false)
  expect(await strict(about('strict="true"'))).toBe(true)
  expect(await strict(about('strict="false"'))).toBe(false)
  expect(await strict(about('stricter="true"'))).toEqual(['MODEL_WARNING'])
})

test('CO23 a model that is deployed is given with what is found in it, one that is not a model is not', async () => {
  const unreached = node('userTask', 'x') + node('complexGateway', 'y') + line('start', 'x', 'end')
  const xml = model(`${ends}${unreached}<bpmn:sequenceFlow id="lost" sourceRef="x" targetRef="nowhere"/>`)
  const fresh = await compile(xml, 'a.bpmn')
  expect(fresh.processes).toEqual([])
  const { processes, problems } = await compile(xml, 'a.bpmn', { deployed: true })
  expect(Object.keys(processes[0]?.nodes ?? {}).sort()).toEqual(['end', 'start', 'x'])
  expect(problems).toEqual(fresh.problems)
  expect(problems.length).toBeGreaterThan(1)
  const large = model(`${ends}${line('start', 'end')}<!--${' '.repeat(3_000_000)}-->`)
  expect((await compile(large, 'a.bpmn')).problems).toMatchObject([{ code: 'RESOURCE_TOO_LARGE' }])
  expect((await compile(large, 'a.bpmn', { deployed: true })).processes).toHaveLength(1)
  expect((await compile('<', 'a.bpmn', { deployed: true })).processes).toEqual([])
})
