import { describe, expect, test } from 'vitest'
import type { Json, Variables } from '../../src/index.ts'
import { betweens, bundleOf, line, model, node, play } from '../../src/testing/index.ts'
import { send, started } from './everything.ts'
import { expectKept } from './tools.ts'

describe('variables', () => {
  const deep = (levels: number): Json => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as Json
  const large: readonly (readonly [string, Variables])[] = [
    ['a megabyte of text', { text: 'x'.repeat(1_000_000) }],
    ['a megabyte of numbers', { list: Array.from({ length: 150_000 }, (_, index) => index) }],
    ['10,000 names', Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`v${index}`, index]))],
    ['a depth of 1,000', { deep: deep(1_000) }],
    ['names of any kind', { '': 1, ' ': 2, 'a.b': 3, '=x': 4, case: 5, parameters: 6, loopCounter: 7 }],
    ['-0 and the ends of numbers', { zero: -0, least: 5e-324, most: 1.7976931348623157e308, safe: 2 ** 53 }],
  ]
  test.each(large)('ST4 VA4 %s is kept by every command that brings variables', async (_, variables) => {
    const game = await started()
    const root = game.state.instance?.key ?? 0
    const [task, job] = [game.state.tasks, game.state.jobs].map((one) => [...one.keys()][0])
    expect(send(game, 'variables.set', root, { scopeKey: root, variables, local: true })).toBe('taken')
    expect(send(game, 'userTask.complete', task, { variables, formKey: null })).toBe('taken')
    expect(send(game, 'job.complete', job, { variables })).toBe('taken')
    expect(JSON.stringify({ ...game.variables(), done: 0 })).toBe(JSON.stringify({ done: 0, ...variables }))
    expectKept(game)
  })
  test('VA2 case, parameters and loopCounter in variables hide nothing', async () => {
    const xml = model(
      node('startEvent', 'start') +
        node('scriptTask', 'a', '<zeebe:script expression="=[case.number, parameters.p]" resultVariable="r"/>') +
        node('endEvent', 'end') +
        line('start', 'a', 'end'),
    )
    const game = play(await bundleOf(xml))
    game.start({ case: { number: 'forged' }, parameters: { p: 'forged' } }, { p: 'right' })
    expect(game.variables().r).toEqual(['SY-2026-0001', 'right'])
  })
  test('FE13 -0 is read as 0, before and after it is stored', async () => {
    const xml = model(
      node('startEvent', 'start') +
        node('userTask', 'w') +
        node(
          'scriptTask',
          'a',
          '<zeebe:script expression="=[string(z), 1 / (z + 1), z = 0, string(-z)]" resultVariable="r"/>',
        ) +
        node('endEvent', 'end') +
        line('start', 'w', 'a', 'end'),
    )
    const bundle = await bundleOf(xml)
    const results = [betweens.live, betweens['save-load']].map((between) => {
      const game = play(bundle, between)
      game.start({ z: -0 })
      game.complete('w')
      return JSON.stringify(game.variables().r)
    })
    expect(results[0]).toBe(results[1])
  })
})
