import { expect, test } from 'vitest'
import { around, errorsOf } from '../testing/judged.ts'
import { line, model, node } from '../testing/model.ts'
import { compile } from './compile.ts'

const ends = node('startEvent', 'start') + node('endEvent', 'end')

test('CO11 sizes, DOCTYPE and bad XML are refused before or by the parser (quality I01, I02)', async () => {
  expect(await errorsOf('<!DOCTYPE x [<!ENTITY a "b">]><x/>')).toEqual(['DOCTYPE_NOT_ALLOWED null'])
  expect(await errorsOf('<bpmn:a><b></bpmn:a>')).toEqual(['XML_UNREADABLE null'])
  expect(await errorsOf('not xml')).toEqual(['XML_UNREADABLE null'])
  expect(await errorsOf(model('<bpmn:task id="t"/>'.repeat(5_100)))).toEqual(['RESOURCE_TOO_LARGE null'])
  expect(await errorsOf(model('').replace('isExecutable="true"', ''))).toEqual(['PROCESS_NOT_EXECUTABLE process'])
})

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

test.each<[string, string]>([
  ['an external entity', '<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><x/>'],
  ['an external DTD', '<?xml version="1.0"?>\n<!DOCTYPE x PUBLIC "-//X" "file:///etc/passwd"><x/>'],
  ['billion laughs', '<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>'],
  ['a DOCTYPE further down', around(node('userTask', 'x')).replace('</bpmn:process>', '<!DOCTYPE x></bpmn:process>')],
])('CO11 %s is refused before it is parsed (quality I01)', async (_, text) => {
  const { problems, processes } = await compile(text, 'a.bpmn')
  expect(problems).toMatchObject([
    { code: 'DOCTYPE_NOT_ALLOWED', severity: 'error', facts: { line: expect.any(Number) } },
  ])
  expect(processes).toEqual([])
})

test('CO11 the bounds are 2 MB, 5,000 elements, 64 levels, 32 namespaces; up to them a model is read', async () => {
  const refusedAs = async (text: string) => (await compile(text, 'a.bpmn')).problems.map(({ facts }) => facts.what)
  const namespaces = (count: number) =>
    around(node('userTask', 'x')).replace(
      '<bpmn:definitions ',
      `<bpmn:definitions ${many(count, (i) => `xmlns:n${i}="u${i}" `)}`,
    )
  // Four are those of the frame.
  expect(await refusedAs(namespaces(28))).toEqual([])
  expect(await refusedAs(namespaces(29))).toEqual(['namespaces'])
  const deep = (levels: number) => '<a>'.repeat(levels) + '</a>'.repeat(levels)
  expect(await refusedAs(deep(64))).not.toContain('depth')
  expect(await refusedAs(deep(65))).toEqual(['depth'])
  const padded = (bytes: number) => `<a>${' '.repeat(bytes - 7)}</a>`
  expect(await refusedAs(padded(2_000_000))).not.toContain('bytes')
  expect(await refusedAs(padded(2_000_001))).toEqual(['bytes'])
  // definitions, process, two events, a flow: five; two a task and its flow.
  const long = (tasks: number) =>
    model(
      ends +
        many(tasks, (i) => `<bpmn:task id="t${i}"/>`) +
        line('start', ...Array.from({ length: tasks }, (_, i) => `t${i}`), 'end'),
    )
  expect(await refusedAs(long(2_497))).toEqual([])
  expect(await refusedAs(long(2_498))).toEqual(['elements'])
})
