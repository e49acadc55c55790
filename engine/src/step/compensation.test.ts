import { expect, test } from 'vitest'
import { compile } from '../compile/compile.ts'
import { bundleOf, each, flow, line, model, node, type Play, play, timer, trace, versionsOf } from '../testing/index.ts'

const association = (from: string, to: string) =>
  `<bpmn:association id="${from}_${to}" associationDirection="One" sourceRef="${from}" targetRef="${to}"/>`
const undoing = (id: string, content = '') =>
  node('boundaryEvent', `${id}_past`, '', '<bpmn:compensateEventDefinition/>', `attachedToRef="${id}"`) +
  content +
  association(`${id}_past`, `un${id}`)
const throwing = (id: string) => node('intermediateThrowEvent', id, '', '<bpmn:compensateEventDefinition/>')
const handler = (id: string, more = '') => node('userTask', `un${id}`, '', '', 'isForCompensation="true"') + more

const begun = (game: Play, elementId: string) =>
  game.facts.filter((fact) => fact.kind === 'element.activated' && fact.value.elementId === elementId).length

test('CM3 CM5 undoing that an error has ended is not begun again from outside', async () => {
  const caught = node(
    'subProcess',
    'caught',
    '',
    node('startEvent', 'caught_start', '', timer('timeDuration', 'PT1H'), 'isInterrupting="true"') +
      node('endEvent', 'caught_end') +
      line('caught_start', 'caught_end'),
    'triggeredByEvent="true"',
  )
  const inside =
    node('startEvent', 'i_start') +
    node('userTask', 'book') +
    undoing('book', handler('book')) +
    throwing('undo') +
    line('i_start', 'book', 'undo') +
    caught
  const game = play(
    await bundleOf(
      model(
        node('startEvent', 'start') +
          node('subProcess', 'trip', '', inside) +
          throwing('all') +
          node('endEvent', 'end') +
          line('start', 'trip', 'all', 'end'),
      ),
    ),
  )
  game.start()
  game.complete('book')
  expect(game.tasks()).toEqual(['unbook'])
  game.fire('caught_start')
  expect(begun(game, 'unbook')).toBe(1)
  expect(game.state.instance?.status).toBe('completed')
  expect(game.state.compensations.size).toBe(0)
})

test('CM5 an event waits no more for a handler that its own boundary event has ended', async () => {
  const late = node('boundaryEvent', 'late', '', timer('timeDuration', 'P1D'), 'attachedToRef="unbook"')
  const game = play(
    await bundleOf(
      model(
        node('startEvent', 'start') +
          node('userTask', 'book') +
          undoing('book', handler('book', late)) +
          throwing('undo') +
          node('userTask', 'after') +
          node('userTask', 'instead') +
          line('start', 'book', 'undo', 'after') +
          flow('late', 'instead'),
      ),
    ),
  )
  game.start()
  game.complete('book')
  game.fire('late')
  expect(game.tasks().sort()).toEqual(['after', 'instead'])
  expect(game.state.compensations.size).toBe(0)
})

test('CM5 an event waits no more for a completed scope whose last handler its own boundary event has ended', async () => {
  const late = node('boundaryEvent', 'late', '', timer('timeDuration', 'P1D'), 'attachedToRef="unbook"')
  const inside = (id: string, more: string) =>
    node('startEvent', `${id}_start`) + node('userTask', id) + undoing(id, handler(id, more)) + line(`${id}_start`, id)
  const game = play(
    await bundleOf(
      model(
        node('startEvent', 'start') +
          node(
            'subProcess',
            'trip',
            '',
            node('startEvent', 's') + node('subProcess', 'flight', '', inside('book', late)) + line('s', 'flight'),
          ) +
          throwing('undo') +
          node('userTask', 'after') +
          line('start', 'trip', 'undo', 'after'),
      ),
    ),
  )
  game.start()
  game.complete('book')
  expect(game.tasks()).toEqual(['unbook'])
  game.fire('late')
  expect(game.tasks()).toEqual(['after'])
  expect(game.state.compensations.size).toBe(0)
})

test('CM3 what a handler has done is not undone by the next event', async () => {
  const inside =
    node('startEvent', 'u_start') + node('userTask', 'pay') + undoing('pay', handler('pay')) + line('u_start', 'pay')
  const game = play(
    await bundleOf(
      model(
        node('startEvent', 'start') +
          node('userTask', 'book') +
          undoing('book', node('subProcess', 'unbook', '', inside, 'isForCompensation="true"')) +
          throwing('undo') +
          throwing('again') +
          node('endEvent', 'end') +
          line('start', 'book', 'undo', 'again', 'end'),
      ),
    ),
  )
  game.start()
  game.complete('book')
  game.complete('pay')
  expect(begun(game, 'unpay')).toBe(0)
  expect(game.state.instance?.status, trace(game.facts).join('\n')).toBe('completed')
})

test.each([
  ['work', []],
  ['inner', []],
  ['plain', ['ELEMENT_NOT_EXECUTED t']],
  ['deep', ['ELEMENT_NOT_EXECUTED t']],
])('CM2 an event that names %s: %s', async (activityRef, expected) => {
  const undone = (id: string) => node('userTask', id) + undoing(id, handler(id))
  const inner = node('startEvent', 's') + undone('deep') + node('endEvent', 'e') + line('s', 'deep', 'e')
  const { problems } = await compile(
    model(
      node('startEvent', 'start') +
        undone('work') +
        node('userTask', 'plain') +
        node('subProcess', 'inner', '', inner) +
        throwing('t').replace('Definition/>', `Definition activityRef="${activityRef}"/>`) +
        node('endEvent', 'end') +
        line('start', 'work', 'plain', 'inner', 't', 'end'),
    ),
    'a.bpmn',
  )
  const errors = problems.filter((one) => one.severity === 'error')
  expect(errors.map(({ code, elementId }) => `${code} ${elementId}`)).toEqual(expected)
})

test('CM2 an event in an event sub-process may name what lies in the scope around', async () => {
  const caught =
    node('startEvent', 'es', '', '<bpmn:errorEventDefinition/>') +
    node('endEvent', 'ee', '', '<bpmn:compensateEventDefinition activityRef="part"/>') +
    line('es', 'ee')
  const part = node('startEvent', 's') + node('userTask', 'u') + node('endEvent', 'e') + line('s', 'u', 'e')
  const { problems } = await compile(
    model(
      node('startEvent', 'start') +
        node('subProcess', 'part', '', part) +
        node('serviceTask', 'work', '<zeebe:taskDefinition type="work"/>') +
        node('endEvent', 'end') +
        line('start', 'part', 'work', 'end') +
        node('subProcess', 'event', '', caught, 'triggeredByEvent="true"'),
    ),
    'a.bpmn',
  )
  expect(problems.filter((one) => one.severity === 'error')).toEqual([])
})

test('CM2 MG10 a completed scope in which a migration left nothing to undo is passed at once', async () => {
  const inside =
    node('startEvent', 'i_start') +
    node('userTask', 'book') +
    undoing('book', handler('book')) +
    line('i_start', 'book')
  const xml = model(
    node('startEvent', 'start') +
      node(
        'subProcess',
        'outer',
        '',
        node('startEvent', 'o_start') + node('subProcess', 'trip', '', inside) + line('o_start', 'trip'),
      ) +
      node('userTask', 'pay') +
      throwing('all') +
      node('endEvent', 'end') +
      line('start', 'outer', 'pay', 'all', 'end'),
  )
  const [one, two] = await versionsOf([xml, xml])
  const game = play(one!)
  game.start()
  game.complete('book')
  const { rejection } = game.send('processInstance.migrate', undefined, {
    reason: 'bookings cannot be cancelled any more',
    targetDefinitionKey: two!.key,
    mappings: ['outer', 'trip', 'pay'].map((id) => ({ sourceElementId: id, targetElementId: id })),
  })
  expect(rejection).toBe(null)
  game.complete('pay')
  expect(game.state.instance?.status).toBe('completed')
  expect(game.state.compensations.size).toBe(0)
})

/** A case that has done two things that can be undone for each of so many items, and is then asked to undo them all. */
async function asked(items: number, undo: string, more = ''): Promise<Play> {
  const undone = (id: string) => undoing(id, node('scriptTask', `un${id}`, undo, '', 'isForCompensation="true"'))
  const inside =
    node('startEvent', 's') +
    ['hotel', 'car'].map((id) => node('manualTask', id) + undone(id)).join('') +
    node('endEvent', 'e') +
    line('s', 'hotel', 'car', 'e')
  const trips = node('subProcess', 'trips', '', inside + each({ items: 'items' }))
  const game = play(
    await bundleOf(
      model(
        node('startEvent', 'start') +
          trips +
          node('userTask', 'sure') +
          throwing('undo') +
          node('endEvent', 'end') +
          line('start', 'trips', 'sure', 'undo', 'end') +
          more,
      ),
    ),
  )
  game.start({ items: Array.from({ length: items }, (_, i) => i) })
  const body = [...game.state.elements.values()].find((one) => one.multi)
  while (body && !game.send('multiInstance.continue', body.key, {}).rejection);
  game.complete('sure')
  return game
}
const codes = (game: Play) => [...game.state.incidents.values()].map((one) => `${one.elementId} ${one.code}`)
const quick = '<zeebe:script expression="=1" resultVariable="r"/>'

test('CM6 ST5 E06 more handlers than a step may begin: the event goes on with the rest when its incident is resolved', async () => {
  const game = await asked(5_500, quick)
  const last = game.facts.slice(game.facts.findLastIndex((fact) => fact.kind === 'userTask.completed'))
  expect(last.filter((fact) => fact.kind === 'element.activated').length).toBeLessThanOrEqual(10_001)
  expect(codes(game)).toEqual(['undo STEP_TOO_LONG'])
  expect(game.state.instance?.status).toBe('active')
  game.send('incident.resolve', [...game.state.incidents.keys()][0], {})
  expect(game.state.instance?.status).toBe('completed')
  expect([begun(game, 'unhotel'), begun(game, 'uncar')]).toEqual([5_500, 5_500])
  expect(game.state.compensations.size).toBe(0)
  // In the reverse order of completion, the second part after the first.
  const instances = game.facts.flatMap((fact) =>
    fact.kind === 'element.activated' && fact.value.elementId === 'uncar' ? (fact.value.causes[1] ?? 0) : [],
  )
  expect(instances).toEqual([...instances].sort((a, b) => b - a))
})

test('CM6 CM5 what an ended event had yet to undo is forgotten with what it was undoing', async () => {
  const inside =
    node('startEvent', 'late', '', timer('timeDuration', 'PT1H'), 'isInterrupting="true"') +
    node('userTask', 'rest') +
    line('late', 'rest')
  const game = await asked(5_500, quick, node('subProcess', 'other', '', inside, 'triggeredByEvent="true"'))
  expect(codes(game)).toEqual(['undo STEP_TOO_LONG'])
  game.fire('late')
  expect(game.tasks()).toEqual(['rest'])
  expect(game.state.compensations.size).toBe(0)
})

test('CM2 ST5 I05 handlers that each burn almost their budget do not hold the process up', async () => {
  const game = await asked(500, '<zeebe:script expression="=count(for i in 1..5000 return i + 7)" resultVariable="r"/>')
  expect(new Set(codes(game))).toEqual(new Set(['unhotel STEP_TOO_LONG', 'uncar STEP_TOO_LONG']))
  expect(game.state.compensations.size).toBeLessThan(2_000)
  const before = game.state.incidents.size
  game.send('incident.resolve', [...game.state.incidents.keys()][0], {})
  expect(game.state.incidents.size).toBe(before - 1)
})
