import { describe, expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import { flow, line, model, node } from '../../src/testing/index.ts'
import { findings } from './tools.ts'

const start = node('startEvent', 'start')
const end = node('endEvent', 'end')
const plain = (more = '', roots = '') =>
  model(`${start}${node('userTask', 'a')}${end}${line('start', 'a', 'end')}${more}`, roots)
const drawing = (shapes: string) =>
  `<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" id="di"><bpmndi:BPMNPlane id="plane" bpmnElement="process">${shapes}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`
const shape = (id: string, of: string) =>
  `<bpmndi:BPMNShape id="${id}" bpmnElement="${of}"><dc:Bounds x="0" y="0" width="1" height="1"/></bpmndi:BPMNShape>`
const boundary = (content: string, attributes: string) => node('boundaryEvent', 'b', '', content, attributes)
const compensation = '<bpmn:compensateEventDefinition/>'
const attached = 'attachedToRef="a"'

/** What points to nothing: the file, and the errors it is refused with. */
const dangling: readonly (readonly [string, string, readonly string[]])[] = [
  ['sourceRef', plain(flow('nobody', 'end', undefined, 'f')), ['DANGLING_REFERENCE f']],
  ['targetRef', plain(flow('a', 'nobody', undefined, 'f')), ['DANGLING_REFERENCE f']],
  ['attachedToRef', plain(boundary(compensation, 'attachedToRef="nobody"')), ['DANGLING_REFERENCE b']],
  [
    'messageRef',
    plain(boundary('<bpmn:messageEventDefinition messageRef="nobody"/>', attached)),
    ['DANGLING_REFERENCE b', 'MESSAGE_MISSING b'],
  ],
  [
    'signalRef',
    plain(boundary('<bpmn:signalEventDefinition signalRef="nobody"/>', attached)),
    ['DANGLING_REFERENCE b'],
  ],
  ['errorRef', plain(boundary('<bpmn:errorEventDefinition errorRef="nobody"/>', attached)), ['DANGLING_REFERENCE b']],
  [
    'escalationRef',
    plain(boundary('<bpmn:escalationEventDefinition escalationRef="nobody"/>', attached)),
    ['DANGLING_REFERENCE b'],
  ],
  [
    'messageRef of a receive task',
    plain(node('receiveTask', 'r', '', '', 'messageRef="nobody"') + line('a', 'r')),
    ['DANGLING_REFERENCE r', 'MESSAGE_MISSING r'],
  ],
  [
    'activityRef',
    plain(node('endEvent', 'e', '', '<bpmn:compensateEventDefinition activityRef="nobody"/>') + line('a', 'e')),
    ['DANGLING_REFERENCE e'],
  ],
  [
    'default',
    plain(node('exclusiveGateway', 'g', '', '', 'default="nobody"') + line('a', 'g', 'end')),
    ['DANGLING_REFERENCE g'],
  ],
  [
    'sourceRef of an association',
    plain('<bpmn:association id="as" sourceRef="nobody" targetRef="a"/>'),
    ['DANGLING_REFERENCE as'],
  ],
  [
    'targetRef of an association',
    plain('<bpmn:association id="as" sourceRef="a" targetRef="nobody"/>'),
    ['DANGLING_REFERENCE as'],
  ],
  [
    'flowNodeRef of a lane',
    plain(
      '<bpmn:laneSet id="ls"><bpmn:lane id="l"><bpmn:flowNodeRef>nobody</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>',
    ),
    ['DANGLING_REFERENCE l'],
  ],
  [
    'incoming of a task',
    plain(node('task', 't', '', '<bpmn:incoming>nobody</bpmn:incoming>')),
    ['DANGLING_REFERENCE t'],
  ],
  [
    'processRef of a pool',
    plain('', '<bpmn:collaboration id="c"><bpmn:participant id="p" processRef="nobody"/></bpmn:collaboration>'),
    ['DANGLING_REFERENCE p'],
  ],
  [
    'a message flow',
    plain(
      '',
      '<bpmn:collaboration id="c"><bpmn:messageFlow id="mf" sourceRef="a" targetRef="nobody"/></bpmn:collaboration>',
    ),
    ['DANGLING_REFERENCE mf'],
  ],
  ['dataObjectRef', plain('<bpmn:dataObjectReference id="d" dataObjectRef="nobody"/>'), ['DANGLING_REFERENCE d']],
  ['categoryValueRef', plain('<bpmn:group id="gr" categoryValueRef="nobody"/>'), ['DANGLING_REFERENCE gr']],
  ['a reference to what every object has', plain(flow('a', 'constructor', undefined, 'f')), ['DANGLING_REFERENCE f']],
  ['a reference to __proto__', plain(flow('__proto__', 'end', undefined, 'f')), ['DANGLING_REFERENCE f']],
]

describe('a reference to nothing', () => {
  test.each(dangling)('I03 %s is an error at the element', async (_, xml, expected) => {
    const found = await findings(xml)
    expect(found).toEqual(expect.arrayContaining([...expected]))
  })
  test('I03 of the drawing alone is a warning', async () => {
    const xml = plain('', drawing(shape('s1', 'a') + shape('s2', 'nobody')))
    expect(await findings(xml)).toEqual([])
    expect((await findings(xml, 'warning')).some((one) => one.startsWith('MODEL_WARNING'))).toBe(true)
  })
})

/** Elements and attributes that a parser would drop. */
const dropped: readonly (readonly [string, string])[] = [
  ['an unknown element of BPMN', plain('<bpmn:magicTask id="m"/>')],
  ['an element of no namespace', plain('<task id="m"/>')],
  ['an element where none of its kind may be', plain('<bpmn:process id="inner"/>')],
  ['an unknown event definition', plain(boundary('<bpmn:moodEventDefinition/>', attached))],
  ['an unknown element of Camunda', plain(node('task', 't', '<zeebe:magic/>'))],
  [
    'an unknown element of Camunda in another',
    plain(node('task', 't', '<zeebe:ioMapping><zeebe:magic/></zeebe:ioMapping>')),
  ],
  ['an element of our own that we do not have', plain(node('task', 't', '<bihuan:magic/>'))],
  ['an unknown attribute of BPMN', plain(node('task', 't', '', '', 'bpmn:magic="1"'))],
  ['an unknown attribute without a prefix', plain(node('task', 't', '', '', 'magic="1"'))],
  ['an unknown attribute of Camunda', plain(node('task', 't', '<zeebe:ioMapping zeebe:magic="1"/>'))],
  ['an unknown root', plain('', '<bpmn:magic/>')],
  ['an extension outside of extensionElements', plain(node('task', 't', '', '<zeebe:userTask/>'))],
]

describe('what a parser would drop', () => {
  test.each(dropped)('I03 %s is an error with its element or line', async (_, xml) => {
    const { problems, processes } = await compile(xml, 'a.bpmn')
    expect(processes).toEqual([])
    const warnings = problems.filter(({ code, severity }) => code === 'MODEL_WARNING' && severity === 'error')
    expect(warnings.length).toBeGreaterThan(0)
    for (const { elementId, facts } of warnings) expect(elementId ?? facts.line).not.toBeNull()
  })
})

const duplicates: readonly (readonly [string, string, string])[] = [
  ['two tasks', plain(node('task', 'a')), 'DUPLICATE_ID a'],
  ['a task and a flow', plain(flow('start', 'end', undefined, 'a')), 'DUPLICATE_ID a'],
  ['a task and its process', plain(node('task', 'process')), 'DUPLICATE_ID process'],
  ['a task and a message', plain('', '<bpmn:message id="a" name="m"/>'), 'DUPLICATE_ID a'],
  [
    'tasks of two processes',
    plain('', '<bpmn:process id="p2" isExecutable="true"><bpmn:startEvent id="a"/></bpmn:process>'),
    'DUPLICATE_ID a',
  ],
  [
    'two processes',
    plain('', '<bpmn:process id="process" isExecutable="true"><bpmn:startEvent id="s2"/></bpmn:process>'),
    'DUPLICATE_ID process',
  ],
  [
    'a task inside and one outside a sub-process',
    plain(node('subProcess', 'sub', '', node('startEvent', 'a'))),
    'DUPLICATE_ID a',
  ],
  ['an association and a task', plain('<bpmn:association id="a" sourceRef="a" targetRef="end"/>'), 'DUPLICATE_ID a'],
]

describe('an id that occurs twice', () => {
  test.each(duplicates)('I03 at %s is an error', async (_, xml, expected) => {
    expect(await findings(xml)).toContain(expected)
  })
  test('I03 in the drawing alone is a warning', async () => {
    const xml = plain('', drawing(shape('s1', 'a') + shape('s1', 'end')))
    expect(await findings(xml)).toEqual([])
    expect(await findings(xml, 'warning')).toHaveLength(1)
  })
  test('I03 of a shape and of an element refuses or warns, and drops no element', async () => {
    const errors = await findings(plain('', drawing(shape('a', 'a'))))
    const warnings = await findings(plain('', drawing(shape('a', 'a'))), 'warning')
    expect(errors.length + warnings.length).toBe(1)
  })
  test('I03 of an element that comes after the shape that has its id refuses', async () => {
    const xml = plain().replace('<bpmn:process', `${drawing(shape('a', 'a'))}<bpmn:process`)
    expect((await findings(xml)).length).toBeGreaterThan(0)
  })
})

test('I03 elements without an id are refused, whatever they are', async () => {
  for (const element of ['<bpmn:task/>', '<bpmn:task id=""/>', '<bpmn:subProcess/>', '<bpmn:startEvent/>'])
    expect((await findings(plain(element))).length).toBeGreaterThan(0)
  expect((await findings(plain('<bpmn:sequenceFlow sourceRef="a" targetRef="end"/>'))).length).toBeGreaterThan(0)
})
