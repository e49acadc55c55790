import { compile } from '../src/index.ts'
import { executedCells } from '../src/testing/executed.ts'
import { flow, model, node } from '../src/testing/index.ts'
import { caseNames, readCase } from './cases.ts'
import { tell } from './story.ts'

/** One thing Camunda 8 executes: an element at a position, or in a variant. */
export interface Cell {
  readonly element: string
  readonly position: string
  /** As `executedCells` names it. */
  readonly id: string
}

/** What Camunda 8 refuses, and so does the engine: by this code, at deploy. */
export interface Refusal {
  readonly element: string
  readonly position: string
  readonly code: string
  readonly drawing: string
}

export interface Row {
  readonly element: string
  readonly position: string
  readonly rules: readonly string[]
  readonly fixtures: readonly string[]
  readonly status: string
}

const EVENT_SUB_PROCESS = ['event sub-process interrupting', 'event sub-process non-interrupting'] as const
const BOUNDARY = ['boundary interrupting', 'boundary non-interrupting'] as const
const CAUGHT = [...EVENT_SUB_PROCESS, 'catch', ...BOUNDARY]

/** Events by the positions at which Camunda 8 executes them. */
const EVENTS: { readonly [event: string]: readonly string[] } = {
  none: ['start', 'throw', 'end'],
  message: ['start', ...CAUGHT, 'throw', 'end'],
  timer: ['start', ...CAUGHT],
  error: ['event sub-process interrupting', 'boundary interrupting', 'end'],
  signal: ['start', ...CAUGHT, 'throw', 'end'],
  conditional: ['start', ...CAUGHT],
  escalation: [...EVENT_SUB_PROCESS, ...BOUNDARY, 'throw', 'end'],
  compensation: ['boundary', 'throw', 'end'],
  terminate: ['end'],
  link: ['throw', 'catch'],
}

const TIMERS: { readonly [kind: string]: readonly string[] } = {
  date: ['start', ...CAUGHT],
  duration: CAUGHT,
  cycle: ['start', 'event sub-process non-interrupting', 'boundary non-interrupting'],
  cron: ['start', 'event sub-process non-interrupting', 'boundary non-interrupting'],
}

const TASKS = [
  ...[
    'user task',
    'user task, job worker',
    'manual task',
    'undefined task',
    'service task',
    'send task',
    'receive task',
  ],
  ...['script task', 'script task, job worker', 'business rule task', 'business rule task, job worker'],
]
const CONTAINERS = ['sub-process', 'call activity', 'ad-hoc sub-process', 'ad-hoc sub-process, job worker']

/** Variants that are cells of their own: `call activity, binding latest`. */
const VARIANTS: { readonly [element: string]: readonly string[] } = {
  'exclusive gateway': ['split', 'merge'],
  'parallel gateway': ['fork', 'join'],
  'inclusive gateway': ['split', 'join'],
  'call activity': ['binding latest', 'binding deployment', 'binding versionTag', 'id by expression'],
  'ad-hoc sub-process': ['completion condition', 'activated from outside'],
  'multi-instance parallel': [...TASKS, ...CONTAINERS, 'completion condition'],
  'multi-instance sequential': [...TASKS, ...CONTAINERS, 'completion condition'],
  'input mappings': ['activity', 'throw', 'end'],
  'output mappings': ['activity', 'start', ...CAUGHT, 'throw', 'end'],
}

const LISTENERS = {
  'execution listener': ['start', 'end'],
  'task listener': ['creating', 'assigning', 'updating', 'completing', 'canceling'],
}

/** The column of Camunda 8 in the comparison of engines, cell by cell. */
export const cells: readonly Cell[] = [
  ...Object.entries(EVENTS).flatMap(([event, positions]) =>
    positions.map((position) => ({ element: `${event} event`, position, id: `${event} ${position}` })),
  ),
  ...Object.entries(TIMERS).flatMap(([kind, positions]) =>
    positions.map((position) => ({ element: `timer event, ${kind}`, position, id: `timer ${kind}, ${position}` })),
  ),
  ...['message correlation by key', ...TASKS, ...CONTAINERS, 'event-based gateway'].map((element) => ({
    element,
    position: '',
    id: element,
  })),
  ...Object.entries(VARIANTS).flatMap(([element, positions]) =>
    positions.map((position) => ({ element, position, id: `${element}, ${position}` })),
  ),
  ...Object.entries(LISTENERS).flatMap(([element, positions]) =>
    positions.map((position) => ({ element, position, id: `${element} ${position}` })),
  ),
]

const around = (inner: string) =>
  model(node('startEvent', 'start') + inner + node('endEvent', 'end') + flow('start', 'one') + flow('one', 'end'))
const several = '<bpmn:messageEventDefinition/><bpmn:signalEventDefinition/>'

/** What neither executes. */
export const refusals: readonly Refusal[] = [
  {
    element: 'complex gateway',
    position: '',
    code: 'ELEMENT_NOT_EXECUTED',
    drawing: around(node('complexGateway', 'one')),
  },
  {
    element: 'transaction',
    position: '',
    code: 'ELEMENT_NOT_EXECUTED',
    drawing: around(node('transaction', 'one', '', node('startEvent', 'inner'))),
  },
  {
    element: 'standard loop',
    position: '',
    code: 'ELEMENT_NOT_EXECUTED',
    drawing: around(node('userTask', 'one', '', '<bpmn:standardLoopCharacteristics/>')),
  },
  {
    element: 'receive task',
    position: 'instantiating',
    code: 'ELEMENT_NOT_EXECUTED',
    drawing: around(node('receiveTask', 'one', '', '', 'instantiate="true"')),
  },
  {
    element: 'cancel event',
    position: 'end',
    code: 'EVENT_NOT_EXECUTED',
    drawing: model(
      node('startEvent', 'start') + node('endEvent', 'one', '', '<bpmn:cancelEventDefinition/>') + flow('start', 'one'),
    ),
  },
  {
    element: 'multiple event',
    position: 'catch',
    code: 'EVENT_NOT_EXECUTED',
    drawing: around(node('intermediateCatchEvent', 'one', '', several)),
  },
  {
    element: 'parallel multiple event',
    position: 'catch',
    code: 'EVENT_NOT_EXECUTED',
    drawing: around(node('intermediateCatchEvent', 'one', '', several, 'parallelMultiple="true"')),
  },
]

interface Shown {
  readonly name: string
  readonly rules: readonly string[]
  readonly cells: ReadonlySet<string>
}

/** What one fixture executes, told from its drawing and the facts its trace leads to. */
async function shownBy(name: string): Promise<Shown> {
  const one = readCase(name)
  const { facts, bundle } = await tell(one)
  const executed = new Set(executedCells(bundle, facts).keys())
  if (/^> activate /m.test(one.story)) executed.add('ad-hoc sub-process, activated from outside')
  const header = /^# Rules: (.*)$/m.exec(one.story)?.[1] ?? ''
  return { name, rules: header.match(/[A-Z]{2}\d+/g) ?? [], cells: executed }
}

const MOST_FIXTURES = 3

/** One row a cell: the fixtures that execute it, those named like it first, and the rules they show. */
export async function conformance(): Promise<Row[]> {
  const shown: Shown[] = []
  for (const name of caseNames) shown.push(await shownBy(name))
  const executed = cells.map(({ element, position, id }) => {
    const words = `${element} ${position}`.split(/[^a-z]+/i)
    const fit = ({ name }: Shown) => words.filter((word) => name.includes(word)).length
    const by = shown
      .filter((one) => one.cells.has(id))
      .sort((a, b) => fit(b) - fit(a) || a.cells.size - b.cells.size || (a.name < b.name ? -1 : 1))
      .slice(0, MOST_FIXTURES)
    const rules = [...new Set(by.flatMap((one) => one.rules))]
    const status = by.length > 0 ? 'executed and tested' : 'not executed'
    return { element, position, rules, fixtures: by.map((one) => one.name), status }
  })
  const refused = refusals.map(({ element, position, code }) => ({
    element,
    position,
    rules: ['CO2', 'CO3'],
    fixtures: [],
    status: `refused: ${code}`,
  }))
  return [...executed, ...refused]
}

/** Whether a refusal is one: the file gives no process and names the code. */
export async function isRefused({ drawing, code }: Refusal): Promise<boolean> {
  const { processes, problems } = await compile(drawing, 'refused.bpmn')
  return processes.length === 0 && problems.some((one) => one.code === code)
}

/** The table as it stands in `docs/conformance.md`. */
export function markdown(rows: readonly Row[]): string {
  const done = rows.filter((row) => row.status === 'executed and tested').length
  const lines = rows.map(
    ({ element, position, rules, fixtures, status }) =>
      `| ${element} | ${position} | ${rules.join(' ')} | ${fixtures.map((name) => `\`${name}\``).join(' ')} | ${status} |`,
  )
  return `# What is executed

What Camunda 8 executes, cell by cell, and what shows that the engine does: rules of \`engine/SPEC.md\`, fixtures of
\`engine/test/fixtures\` (a drawing and a trace each, up to ${MOST_FIXTURES}, those named like it first). Written by
\`npm run conformance\`; a test holds it to the fixtures.

${done} cells are executed and tested, ${refusals.length} are refused here as there.

| Element | Position | Rules | Fixtures | Status |
| --- | --- | --- | --- | --- |
${lines.join('\n')}
`
}
