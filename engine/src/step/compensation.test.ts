import { expect, test } from 'vitest'
import { compile } from '../compile/compile.ts'
import { bundleOf, flow, line, model, node, type Play, play, timer, trace, versionsOf } from '../testing/index.ts'

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
