import { describe, expect, test } from 'vitest'
import type { Facts, Variables } from '../../src/index.ts'
import { betweens, bundleOf, line, model, node, type Play, play } from '../../src/testing/index.ts'
import { type Place, places } from './places.ts'
import { expectKept, expectWords } from './tools.ts'

/** Fails as long as `v` is no whole number below the budget. */
const FAILING = 'if broken then count(for i in 1..1000000000 return i) else v'

async function gameOf({ element, roots = '' }: Place, expression: string): Promise<Play> {
  const written = (text: string) =>
    // Conditions and collections have their `=` from the helpers.
    text.replaceAll('=V', `=${expression}`).replace(/(["'>])V(["'<])/g, `$1=${expression}$2`)
  const end = node('endEvent', 'end')
  const isEnd = element.startsWith('<bpmn:endEvent')
  const xml = model(
    node('startEvent', 'start') +
      node('scriptTask', 'before', '<zeebe:script expression="=1" resultVariable="n"/>') +
      written(element) +
      (isEnd ? '' : end) +
      line('start', 'before', 'a', ...(isEnd ? [] : ['end'])),
    written(roots),
  )
  return play(await bundleOf(xml), betweens.refold)
}

/** What may not happen twice: the steps of each element, told by its place. */
const ASKED = /^userTask\.(creating|completing)$/
const REPEATED = /^(element|sequenceFlow|userTask|multiInstance|adHocSubProcess)\./

function twice(game: Play): string[] {
  const seen = new Set<string>()
  return game.facts.flatMap(({ kind, key, value }) => {
    const told = `${kind} ${'flowId' in value ? value.flowId : 'elementId' in value ? value.elementId : ''} ${key}`
    const again = REPEATED.test(kind) && !ASKED.test(kind) && seen.has(told)
    seen.add(told)
    return again ? [told] : []
  })
}

async function expectRepaired(place: Place, expression: string, bad: Variables): Promise<void> {
  const game = await gameOf(place, expression)
  game.start(bad)
  if (place.leaving) game.complete('a')
  const created = game.facts.filter((fact) => fact.kind === 'incident.created')
  expect(created).toHaveLength(1)
  const { code, facts, elementId } = created[0]!.value
  expect([code, elementId]).toEqual([
    'broken' in bad
      ? 'EXPRESSION_FAILED'
      : (place.code ?? (place.at === 'called process nobody has' ? 'CALLED_PROCESS_NOT_FOUND' : 'EXPRESSION_FAILED')),
    'a',
  ])
  expectWords(code, { ...(facts as Facts), elementId, elementName: elementId })
  const before = game.facts.length
  game.send('incident.resolve', created[0]!.key, {})
  expect(game.state.incidents.size).toBe(1)
  // Where a task listener failed, what was asked of the task begins again (SPEC TL9).
  const again = game.facts.slice(before).filter(({ kind }) => !ASKED.test(kind))
  expect(again.map(({ kind }) => kind)).toEqual(['incident.resolved', 'incident.created'])
  const key = game.state.instance?.key ?? 0
  const repair = { v: place.right, broken: false }
  // A condition looks at what has changed by itself.
  game.send('variables.set', key, { scopeKey: key, variables: repair, local: true })
  for (const open of [...game.state.incidents.keys()]) game.send('incident.resolve', open, {})
  const left = [...game.state.incidents.values()].map((one) => one.code)
  expect(left).toEqual(place.at === 'thrown error code' ? ['ERROR_NOT_CAUGHT'] : [])
  expect(twice(game)).toEqual([])
  expect(
    game.facts.filter((fact) => fact.kind === 'element.completed' && fact.value.elementId === 'before'),
  ).toHaveLength(1)
  expectKept(game)
}

describe('an expression that fails', () => {
  test.each(places)(
    'E11 IN1 IN3 at the $at is an incident with words; resolving does that step and nothing twice',
    async (place) => {
      await expectRepaired(place, FAILING, { broken: true, v: null })
    },
  )
})

describe('a value of a wrong type', () => {
  const typed = places.filter((place) => place.wrong !== undefined)
  test.each(typed)(
    'E11 IN1 IN3 at the $at is an incident with words; resolving does that step and nothing twice',
    async (place) => {
      await expectRepaired(place, 'v', { v: place.wrong ?? null })
    },
  )
})

describe('null', () => {
  const strict = places.filter((place) => !place.takesNull && place.at !== 'called process nobody has')
  test.each(strict)(
    'E11 IN1 IN3 at the $at is an incident with words; resolving does that step and nothing twice',
    async (place) => {
      await expectRepaired(place, 'v', { v: null })
    },
  )
  test.each(places.filter((place) => place.takesNull))(
    'E11 IO4 at the $at is nothing, not an incident',
    async (place) => {
      const game = await gameOf(place, 'v')
      game.start({ v: null })
      if (place.leaving) game.complete('a')
      expect(game.facts.filter((fact) => fact.kind === 'incident.created')).toEqual([])
    },
  )
})
