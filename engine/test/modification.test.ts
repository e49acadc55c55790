import { expect, test } from 'vitest'
import type { Key } from '../src/index.ts'
import { bundleOf, each, line, model, node, type Play, play, trace } from '../src/testing/index.ts'
import { modificationOf } from './modification-words.ts'

const simple = (id: string) => node('startEvent', `${id}_start`) + node('endEvent', `${id}_end`)
const modify = (game: Play, text: string, key?: Key) =>
  game.send('processInstance.modify', key, { reason: 'asked', ...modificationOf(text) })
const live = (game: Play) => [...game.state.elements.values()].map((one) => one.elementId)

test('OP5 the fact tells instructions and reason, and what began names it as its cause', async () => {
  const xml = node('startEvent', 'start') + node('userTask', 'a') + node('userTask', 'b') + line('start', 'a', 'b')
  const game = play(await bundleOf(model(xml)))
  game.start()
  const [source] = [...game.state.elements.keys()].slice(-1)
  const [modified, activated] = modify(game, 'a>b').facts
  expect(modified).toMatchObject({
    kind: 'processInstance.modified',
    value: {
      reason: 'asked',
      activate: [],
      move: [{ source: { elementId: 'a' }, targetElementId: 'b', variables: [] }],
      terminate: [],
    },
  })
  expect(activated).toMatchObject({ kind: 'element.activated', value: { causes: [modified?.key, source] } })
})

test('OP5 without instructions nothing comes of it, and a case that has ended has none', async () => {
  const game = play(await bundleOf(model(node('startEvent', 'start') + node('userTask', 'a') + line('start', 'a'))))
  game.start()
  const before = game.state.lastKey
  expect(modify(game, '')).toEqual({ facts: [], rejection: null })
  expect(game.state.lastKey).toBe(before)
  game.complete('a')
  expect(modify(game, '').rejection?.code).toBe('PROCESS_INSTANCE_ENDED')
})

test('OP5 ST6 when the last instruction fails nothing of the others is left', async () => {
  const xml = node('startEvent', 'start') + node('userTask', 'a') + node('userTask', 'b') + line('start', 'a', 'b')
  const game = play(await bundleOf(model(xml)))
  game.start()
  const before = JSON.stringify([...game.state.elements.values()])
  const { facts, rejection } = modify(game, '+b:{"x":1} a>b -nothing')
  expect(rejection).toMatchObject({ code: 'MODIFICATION_REFUSED', facts: { element: 'nothing' } })
  expect(facts).toEqual([])
  expect(JSON.stringify([...game.state.elements.values()])).toBe(before)
  expect(game.state.lastKey).toBe(game.facts.reduce((most, { key }) => Math.max(most, key), 0))
})

test('OP11 a called process is modified by its own key', async () => {
  const caller =
    node('startEvent', 'start') +
    node('callActivity', 'call', '<zeebe:calledElement processId="called"/>') +
    line('start', 'call')
  const called = simple('c') + node('userTask', 'a') + node('userTask', 'b') + line('c_start', 'a', 'b', 'c_end')
  const xml = model(caller).replace(
    '</bpmn:definitions>',
    `<bpmn:process id="called" isExecutable="true">${called}</bpmn:process></bpmn:definitions>`,
  )
  const game = play(await bundleOf(xml))
  game.start()
  const inner = [...game.state.elements.values()].find((one) => one.elementId === 'called')?.key
  expect(modify(game, 'a>b').rejection).toMatchObject({ facts: { element: 'a', modification: 'noInstance' } })
  expect(modify(game, 'a>b', inner).rejection).toBe(null)
  expect(live(game)).toEqual(['process', 'call', 'called', 'b'])
  expect(modify(game, '+a', inner === undefined ? undefined : inner + 1).rejection?.code).toBe('NOT_FOUND')
  game.complete('b')
  expect(game.state.instance?.status).toBe('completed')
})

test('OP8 MI5 an item that is terminated counts: the body completes with the others', async () => {
  const task = node('userTask', 'a', '', each({ items: 'items' }))
  const game = play(
    await bundleOf(
      model(
        node('startEvent', 'start') +
          task +
          node('userTask', 'after') +
          node('endEvent', 'end') +
          line('start', 'a', 'after', 'end'),
      ),
    ),
  )
  game.start({ items: [1, 2, 3] })
  const items = [...game.state.elements.values()].filter((one) => one.loopCounter !== null)
  game.complete('a')
  modify(game, `-#${(items[1]?.key ?? 0) - 1024 * 2 ** 20}`)
  expect(live(game)).toEqual(['process', 'a', 'a'])
  game.complete('a')
  expect(game.tasks()).toEqual(['after'])
})

test('OP8 an ad-hoc sub-process whose worker leads is asked again when what ran is terminated', async () => {
  const box = node('adHocSubProcess', 'box', '<zeebe:taskDefinition type="plan"/>', node('userTask', 'a'))
  const game = play(await bundleOf(model(node('startEvent', 'start') + box + line('start', 'box'))))
  game.start()
  const [job] = [...game.state.jobs.keys()]
  game.send('job.complete', job, {
    variables: {},
    result: {
      type: 'adHocSubProcess',
      activateElements: [{ elementId: 'a', variables: {} }],
      isCompletionConditionFulfilled: false,
      isCancelRemainingInstances: false,
    },
  })
  expect(game.tasks()).toEqual(['a'])
  expect(trace(modify(game, '-a').facts)).toEqual([
    'processInstance.modified',
    'userTask.canceled a',
    'element.terminated a',
    'element.terminated box',
    'job.created box',
  ])
})

test('OP8 CM5 a handler that is terminated has undone: the event that asked for it goes on', async () => {
  const xml = model(
    node('startEvent', 'start') +
      node('manualTask', 'a') +
      node('boundaryEvent', 'undo', '', '<bpmn:compensateEventDefinition/>', 'attachedToRef="a"') +
      node('userTask', 'undone', '', '', 'isForCompensation="true"') +
      '<bpmn:association id="undoes" sourceRef="undo" targetRef="undone" associationDirection="One"/>' +
      node('intermediateThrowEvent', 'back', '', '<bpmn:compensateEventDefinition/>') +
      node('userTask', 'b') +
      line('start', 'a', 'back', 'b'),
  )
  const game = play(await bundleOf(xml))
  game.start()
  expect(game.tasks()).toEqual(['undone'])
  modify(game, '-undone')
  expect(game.tasks()).toEqual(['b'])
})

test('OP5 more instructions than a step may activate are refused', async () => {
  const xml = model(node('startEvent', 'start') + node('userTask', 'a') + line('start', 'a'))
  const game = play(await bundleOf(xml))
  game.start()
  const activate = Array.from({ length: 10_001 }, () => ({ elementId: 'a', variables: [] }))
  const { rejection } = game.send('processInstance.modify', undefined, {
    reason: 'asked',
    activate,
    move: [],
    terminate: [],
  })
  expect(rejection).toMatchObject({ code: 'BODY_INVALID', facts: { why: 'itemsAtMost', limit: 10_000 } })
})
