import { expect, test } from 'vitest'
import { bundleOf, each, flow, line, model, node, play, timer, trace } from '../testing/index.ts'

const errors = '<bpmn:error id="x" name="X" errorCode="X"/><bpmn:error id="y" name="Y" errorCode="Y"/>'
const error = (ref?: string) => `<bpmn:errorEventDefinition ${ref ? `errorRef="${ref}"` : ''}/>`
const boundary = (id: string, host: string, ref?: string) =>
  node('boundaryEvent', id, '', error(ref), `attachedToRef="${host}"`)
const job = (id: string, content = '') => node('serviceTask', id, `<zeebe:taskDefinition type="${id}"/>`, content)
const onEvent = (id: string, definition: string, content: string, interrupting = true) =>
  node(
    'subProcess',
    id,
    '',
    node('startEvent', `${id}_start`, '', definition, `isInterrupting="${interrupting}"`) + content,
    'triggeredByEvent="true"',
  )
const inner = (content: string) =>
  node('subProcess', 's', '', node('startEvent', 'i0') + node('endEvent', 'i1') + content)

async function thrown(xml: string, code: string, at = 'work') {
  const game = play(await bundleOf(xml))
  game.start()
  return { game, ...raise(game, code, at) }
}

function raise(game: ReturnType<typeof play>, errorCode: string, at: string) {
  const found = [...game.state.jobs.values()].find((one) => one.elementId === at && one.status === 'created')
  if (!found) throw new Error(`no job at ${at}`)
  const { facts } = game.send('job.throwError', found.key, { errorCode, message: 'm', variables: { why: errorCode } })
  return { seen: trace(facts) }
}

const outer = (content: string) =>
  model(
    node('startEvent', 'start') +
      node('endEvent', 'end') +
      node('userTask', 'caught') +
      inner(content) +
      line('start', 's', 'end'),
    errors,
  )

/** What catches the error X in a scope with an event sub-process and a boundary event, each for a code or for all. */
const besides = (handler?: string, atBoundary?: string) =>
  outer(
    job('work') +
      line('i0', 'work', 'i1') +
      onEvent('h', error(handler), node('userTask', 'here') + line('h_start', 'here')),
  ).replace('</bpmn:process>', `${boundary('b', 's', atBoundary)}${flow('b', 'caught')}</bpmn:process>`)

test.each([
  ['x', 'x', 'here'],
  ['x', undefined, 'here'],
  [undefined, undefined, 'here'],
  [undefined, 'y', 'here'],
  [undefined, 'x', 'caught'],
  ['y', undefined, 'caught'],
])(
  'ER1 at a scope the event sub-process for %s and the boundary event for %s: %s',
  async (handler, outside, expected) => {
    expect((await thrown(besides(handler, outside), 'X')).game.tasks()).toEqual([expected])
  },
)

test('ER1 an error climbs from a nested scope: its event sub-process before the boundary of the scope', async () => {
  const { game } = await thrown(besides('x', 'x'), 'X')
  expect(game.tasks()).toEqual(['here'])
  expect(game.state.jobs.size).toBe(0)
  game.complete('here')
  expect(game.state.instance?.status).toBe('completed')
})

test('ER1 a code that the inner scope does not name goes on to the boundary outside', async () => {
  const xml = outer(
    job('work') +
      line('i0', 'work', 'i1') +
      onEvent('h', error('y'), node('userTask', 'here') + line('h_start', 'here')),
  ).replace('</bpmn:process>', `${boundary('b', 's', 'x')}${flow('b', 'caught')}</bpmn:process>`)
  const { game } = await thrown(xml, 'X')
  expect(game.tasks()).toEqual(['caught'])
  expect(game.variables()).toEqual({ why: 'X' })
})

test('ER1 at one place the code goes before the catch-all, whatever their order', async () => {
  const xml = (first: string, second: string) =>
    model(
      node('startEvent', 'start') +
        job('work') +
        node('userTask', 'any') +
        node('userTask', 'exact') +
        line('start', 'work') +
        first +
        second +
        flow('all', 'any') +
        flow('code', 'exact'),
      errors,
    )
  const all = boundary('all', 'work')
  const code = boundary('code', 'work', 'x')
  for (const drawing of [xml(all, code), xml(code, all)]) {
    expect((await thrown(drawing, 'X')).game.tasks()).toEqual(['exact'])
    expect((await thrown(drawing, 'Y')).game.tasks()).toEqual(['any'])
  }
})

test('ER1 an error in one instance of a multi-instance ends the whole body at its boundary', async () => {
  const xml = model(
    node('startEvent', 'start') +
      job('work', each({ items: '[1, 2, 3]', into: 'done', result: 'x' })) +
      node('userTask', 'caught') +
      line('start', 'work') +
      boundary('b', 'work', 'x') +
      flow('b', 'caught'),
    errors,
  )
  const { game, seen } = await thrown(xml, 'X')
  expect(game.tasks()).toEqual(['caught'])
  expect(game.state.jobs.size).toBe(0)
  expect(seen.filter((one) => one === 'element.terminated work')).toHaveLength(4)
  expect(game.variables()).toEqual({ why: 'X' })
})

test('ER2 what is thrown in an interrupting event sub-process goes past the others of its scope, to the boundary', async () => {
  const again = job('again')
  const xml = outer(
    job('work') +
      line('i0', 'work', 'i1') +
      onEvent('h', error('x'), again + line('h_start', 'again')) +
      onEvent('g', error(), node('userTask', 'sibling') + line('g_start', 'sibling')),
  ).replace('</bpmn:process>', `${boundary('b', 's')}${flow('b', 'caught')}</bpmn:process>`)
  const { game } = await thrown(xml, 'X')
  raise(game, 'Y', 'again')
  expect(game.tasks()).toEqual(['caught'])
})

test('ER2 what is thrown in an event sub-process that runs beside is caught by another of its scope', async () => {
  const xml = model(
    node('startEvent', 'start') +
      node('userTask', 'a') +
      line('start', 'a') +
      onEvent('t', timer('timeDuration', 'PT1H'), job('beside') + line('t_start', 'beside'), false) +
      onEvent('g', error(), node('userTask', 'sibling') + line('g_start', 'sibling')),
    errors,
  )
  const game = play(await bundleOf(xml))
  game.start()
  game.fire('t_start')
  raise(game, 'X', 'beside')
  expect(game.tasks()).toEqual(['sibling'])
  expect(game.state.elements.size).toBe(3)
})

test('ER3 what nobody catches stays with its job; after resolving, the job may be done', async () => {
  const { game } = await thrown(outer(job('work') + line('i0', 'work', 'i1')), 'Z')
  const [incident] = game.state.incidents.values()
  expect(incident).toMatchObject({ code: 'ERROR_NOT_CAUGHT', retry: 'job' })
  const [one] = game.state.jobs.values()
  expect(game.send('job.complete', one!.key, { variables: {} }).rejection?.code).toBe('STATE_CONFLICT')
  game.send('incident.resolve', incident!.key, {})
  game.send('job.complete', one!.key, { variables: {} })
  expect(game.state.instance?.status).toBe('completed')
})
