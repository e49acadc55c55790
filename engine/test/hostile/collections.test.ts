import { expect, test } from 'vitest'
import type { Json } from '../../src/index.ts'
import { betweens, bundleOf, each, line, model, node, play } from '../../src/testing/index.ts'
import { expectWords } from './tools.ts'

const around = (element: string) =>
  model(node('startEvent', 'start') + element + node('endEvent', 'end') + line('start', 'a', 'end'))
const repeated = (sequential: boolean) =>
  around(node('userTask', 'a', '', each({ items: 'items', element: 'item', sequential })))
const million = Array.from({ length: 1_000_000 }, (_, index) => index)
const nested = (levels: number): Json => (levels === 0 ? 1 : Array.from({ length: 8 }, () => nested(levels - 1)))

const wrong: [string, Json, string][] = [
  ['a million items', million, 'COLLECTION_TOO_LARGE|EXPRESSION_FAILED'],
  ['10,001 items', million.slice(0, 10_001), 'COLLECTION_TOO_LARGE'],
  ['lists in lists in lists', nested(6), 'EXPRESSION_FAILED'],
  ['null', null, 'COLLECTION_NOT_A_LIST'],
  ['-1', -1, 'COLLECTION_NOT_A_LIST'],
  ['1e9', 1e9, 'COLLECTION_NOT_A_LIST'],
  ['"abc"', 'abc', 'COLLECTION_NOT_A_LIST'],
  ['true', true, 'COLLECTION_NOT_A_LIST'],
  ['a context', { length: 3, 0: 'a' }, 'COLLECTION_NOT_A_LIST'],
]

for (const sequential of [false, true])
  test.each(wrong)(
    `E07 MI5 %s as items is an incident and nothing is created (sequential ${sequential})`,
    async (_, items, code) => {
      const game = play(await bundleOf(repeated(sequential)))
      const { facts } = game.start({ items })
      const [incident] = facts.filter((fact) => fact.kind === 'incident.created')
      expect(incident?.value.code).toMatch(new RegExp(`^(${code})$`))
      expectWords(incident!.value.code, { ...(incident!.value.facts as object), elementName: 'a', elementId: 'a' })
      expect(facts.some((fact) => fact.kind === 'multiInstance.started')).toBe(false)
      expect(game.tasks()).toEqual([])
      const key = game.state.instance?.key ?? 0
      game.send('variables.set', key, { scopeKey: key, variables: { items: ['one'] }, local: true })
      game.send('incident.resolve', [...game.state.incidents.keys()][0], {})
      expect(game.tasks()).toEqual(['a'])
      game.complete('a')
      expect(game.state.instance?.status).toBe('completed')
    },
  )

test('E07 MI1 what only looks like items is handed on as it is', async () => {
  const items = [null, -1, 'abc', { __proto__x: 1 }, [[[]]], '']
  const game = play(await bundleOf(repeated(false)), betweens.refold)
  game.start({ items })
  const given = [...game.state.elements.values()].filter((one) => one.loopCounter !== null)
  expect(given.map((one) => one.variables.item)).toEqual(items)
})

test('E07 MI1 MI3 results of any kind stand in the order of the items', async () => {
  const multi = each({ items: 'items', element: 'item', into: 'all', result: 'answer' })
  const game = play(await bundleOf(around(node('userTask', 'a', '', multi))), betweens.refold)
  const answers: Json[] = [null, -1, 'abc', {}, [[]], nested(3)]
  game.start({ items: answers.map((_, index) => index) })
  for (const answer of answers) game.complete('a', { answer })
  expect(game.variables().all).toEqual(answers)
})

test('E07 MI1 a result that is too large is an incident of its instance; resolving collects it once', async () => {
  const multi = each({ items: '[1, 2]', into: 'all', result: 'if small then 1 else answer' })
  const game = play(await bundleOf(around(node('userTask', 'a', '', multi))), betweens.refold)
  game.start({ small: false })
  game.complete('a', { answer: million.slice(0, 200_000) })
  const [incident] = game.state.incidents.values()
  expect(incident).toMatchObject({ code: 'EXPRESSION_FAILED', retry: 'complete' })
  const key = game.state.instance?.key ?? 0
  game.send('variables.set', key, { scopeKey: key, variables: { small: true }, local: true })
  game.send('incident.resolve', incident!.key, {})
  game.complete('a')
  expect(game.variables().all).toEqual([1, 1])
})

test('E07 MI6 10,000 items begin 500 a command and no two twice', async () => {
  const game = play(await bundleOf(around(node('userTask', 'a', '', each({ items: 'items' })))))
  game.start({ items: million.slice(0, 10_000) })
  const body = [...game.state.elements.values()].find((one) => one.multi)!
  let commands = 0
  while (!game.send('multiInstance.continue', body.key, {}).rejection) commands += 1
  expect([commands, game.state.tasks.size]).toEqual([19, 10_000])
  const counters = [...game.state.elements.values()].flatMap((one) => one.loopCounter ?? [])
  expect(new Set(counters).size).toBe(10_000)
})

test('E07 ST5 MI2 10,000 items of a sequential one that never waits stop at the limit and go on', async () => {
  const game = play(await bundleOf(around(node('task', 'a', '', each({ items: 'items', sequential: true })))))
  game.start({ items: million.slice(0, 10_000) })
  expect([...game.state.incidents.values()].map((one) => one.code)).toEqual(['STEP_TOO_LONG'])
  game.send('incident.resolve', [...game.state.incidents.keys()][0], {})
  expect(game.state.instance?.status).toBe('completed')
})

const pool = around(
  node('adHocSubProcess', 'a', '<zeebe:adHoc activeElementsCollection="=items"/>', node('userTask', 't')),
)
const lists: [string, Json, string][] = [
  ['a million ids', million.map(() => 't'), 'COLLECTION_TOO_LARGE|EXPRESSION_FAILED'],
  ['50,000 ids', million.slice(0, 50_000).map(() => 't'), 'COLLECTION_TOO_LARGE'],
  ['null', null, 'EXPRESSION_FAILED'],
  ['-1', -1, 'EXPRESSION_FAILED'],
  ['"t"', 't', 'EXPRESSION_FAILED'],
  ['a context', { 0: 't' }, 'EXPRESSION_FAILED'],
  ['a list of lists', [['t']], 'EXPRESSION_FAILED'],
  ['an id with null', ['t', null], 'EXPRESSION_FAILED'],
  ['an unknown id', ['t', '__proto__'], 'AD_HOC_ELEMENT_UNKNOWN'],
]

test.each(lists)('E07 AH1 AH12 %s as active elements is an incident and nothing begins', async (_, items, code) => {
  const game = play(await bundleOf(pool))
  const { facts } = game.start({ items })
  const [incident] = facts.filter((fact) => fact.kind === 'incident.created')
  expect(incident?.value.code).toMatch(new RegExp(`^(${code})$`))
  expectWords(incident!.value.code, { ...(incident!.value.facts as object), elementName: 'a', elementId: 'a' })
  expect(facts.filter((fact) => fact.kind === 'element.activated')).toHaveLength(2)
  const key = game.state.instance?.key ?? 0
  game.send('variables.set', key, { scopeKey: key, variables: { items: ['t'] }, local: true })
  game.send('incident.resolve', [...game.state.incidents.keys()][0], {})
  expect(game.tasks()).toEqual(['t'])
})

test('E07 AH11 AH12 too many or unknown elements asked for from outside are refused and nothing changes', async () => {
  const game = play(await bundleOf(pool.replace(' activeElementsCollection="=items"', '')), betweens.refold)
  game.start()
  const key = [...game.state.elements.values()].find((one) => one.elementId === 'a')?.key
  const ask = (ids: readonly string[]) =>
    game.send('adHocSubProcess.activate', key, {
      elements: ids.map((elementId) => ({ elementId, variables: {} })),
      cancelRemainingInstances: false,
    })
  expect(ask(million.slice(0, 50_000).map(() => 't')).rejection?.code).toBe('BODY_INVALID')
  expect(ask(['t', 'constructor', '']).rejection?.code).toBe('AD_HOC_ELEMENT_UNKNOWN')
  expect(game.tasks()).toEqual([])
  expect(ask(['t', 't']).rejection).toBeNull()
  expect(game.tasks()).toEqual(['t', 't'])
})
