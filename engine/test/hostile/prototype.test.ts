import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { compileExpression, contextOf, evaluate, type Json, type Variables } from '../../src/index.ts'
import { betweens, bundleOf, io, line, model, node, play, START } from '../../src/testing/index.ts'
import { expectKept } from './tools.ts'

const guarded = [Object.prototype, Array.prototype, Function.prototype, Map.prototype, String.prototype]
let before: readonly string[]

beforeEach(() => {
  before = guarded.map((one) => JSON.stringify(Reflect.ownKeys(one).map(String)))
})
afterEach(() => {
  expect(guarded.map((one) => JSON.stringify(Reflect.ownKeys(one).map(String)))).toEqual(before)
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
})

function value(source: string, variables: Variables = {}): Json | string {
  const compiled = compileExpression(source)
  if ('error' in compiled) return `refused: ${compiled.error}`
  const result = evaluate(compiled.expression, contextOf(variables), START)
  return result.ok ? result.value : `fails: ${result.message}`
}

/** As `JSON.parse` makes it: `__proto__` is an entry of its own. */
const proto = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 2}}}') as Variables

/** Ways to write into what all objects share. Each gives a value or fails; nothing is shared after it. */
const attempts: readonly string[] = [
  'context put({}, "__proto__", {polluted: 1})',
  'context put({}, ["__proto__", "polluted"], 1)',
  'context put({}, ["constructor", "prototype", "polluted"], 1)',
  'context put(p, ["__proto__", "polluted"], 3)',
  'context put(p, ["constructor", "prototype", "polluted"], 3)',
  'context merge([{}, p])',
  'context merge([p, p, {"__proto__": {polluted: 4}}])',
  'context([{key: "__proto__", value: {polluted: 1}}])',
  'context(get entries(p))',
  'context put(context([{key: "__proto__", value: {}}]), ["__proto__", "polluted"], 1)',
  '{"__proto__": {polluted: 1}}',
  '{"__proto__": {polluted: 1}}.polluted',
  '{"constructor": {polluted: 1}}.constructor.polluted',
  'get value({}, "__proto__")',
  'get value({}, "constructor")',
  'get value({}, ["constructor", "prototype"])',
  'get value(p, "__proto__")',
  'get entries({}).key',
  'from json("{\\"__proto__\\": {\\"polluted\\": 1}}")',
  'to json(p)',
  'string(p)',
  '({}).__proto__',
  '[].__proto__',
  '"a".__proto__',
  '({}).toString',
  '[].constructor',
  '"a".length',
  '"a".constructor.constructor',
  'abs.constructor',
  '(function(x) x).constructor',
  '(function(x) x).__proto__',
  'p.constructor.prototype.polluted',
  'constructor("return 1")',
  'toString()',
  '__proto__',
  'constructor',
  'for __proto__ in [1] return __proto__',
  'function(__proto__) __proto__',
  'some constructor in [1] satisfies constructor = 1',
  '[p][__proto__.polluted = 1]',
  'p = p',
  'distinct values([p, p, {}])',
  'p instance of context<__proto__: context<polluted: number>>',
]

describe('what all objects share', () => {
  test.each(attempts)('I07 FE5 %s changes nothing and gives nothing of it', (source) => {
    const given = structuredClone(proto)
    const text = JSON.stringify(given)
    const result = value(source, { p: given })
    expect(JSON.stringify(given)).toBe(text)
    expect(typeof result === 'function').toBe(false)
    expect(JSON.stringify(result)).toBe(JSON.stringify(JSON.parse(JSON.stringify(result))))
    expect(JSON.stringify(result)).not.toContain('native code')
  })
  test('I07 names that a context lacks are null, whatever every object has', () => {
    for (const name of ['constructor', 'toString', 'valueOf', 'hasOwnProperty'])
      for (const source of [`({}).${name}`, `get value({}, "${name}")`, `p.q.${name}`, name])
        expect(value(source, { p: { q: {} } })).toBeNull()
  })
  test('I07 VA1 __proto__ is an entry like others, put, merged and read', () => {
    const put = value('context put({a: 1}, "__proto__", 2)') as Variables
    expect(Object.entries(put)).toEqual([
      ['a', 1],
      ['__proto__', 2],
    ])
    expect(Object.getPrototypeOf(put)).toBe(Object.prototype)
    const merged = value('context merge([{a: 1}, p])', { p: proto }) as Variables
    expect(Object.keys(merged)).toEqual(['a', '__proto__', 'constructor'])
    expect(value('p.__proto__.polluted', { p: proto })).toBe(1)
  })
})

const around = (element: string) =>
  model(node('startEvent', 'start') + element + node('endEvent', 'end') + line('start', 'a', 'end'))

describe('variables', () => {
  test('I07 VA1 VA4 of every command have __proto__ as a name like others', async () => {
    const game = play(await bundleOf(around(node('userTask', 'a'))), betweens.refold)
    game.start(proto)
    const key = game.state.instance?.key ?? 0
    const more = JSON.parse('{"__proto__": {"polluted": 5}}') as Variables
    game.send('variables.set', key, { scopeKey: key, variables: more, local: true })
    expect(Object.keys(game.variables())).toEqual(['__proto__', 'constructor'])
    expect(JSON.stringify(game.variables())).toContain('{"__proto__":{"polluted":5}')
    game.complete('a', JSON.parse('{"__proto__": 6, "toString": 7}') as Variables)
    expect(JSON.stringify(game.variables())).toBe(
      '{"__proto__":6,"constructor":{"prototype":{"polluted":2}},"toString":7}',
    )
    expectKept(game)
  })
  test('I07 VA3 IO1 IO3 dotted targets write entries, never what all objects share', async () => {
    const mapped = io(
      { '__proto__.polluted': '=1', 'constructor.prototype.polluted': '=2' },
      { 'x.__proto__.polluted': '=3', '__proto__.polluted': '=4' },
    )
    const game = play(await bundleOf(around(node('userTask', 'a', mapped))), betweens.refold)
    game.start({ x: {} })
    const task = [...game.state.elements.values()].find((one) => one.elementId === 'a')
    expect(JSON.stringify(task?.variables)).toBe(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}}}',
    )
    game.complete('a')
    expect(JSON.stringify(game.variables().x)).toBe('{"__proto__":{"polluted":3}}')
    expectKept(game)
  })
  test('I07 JO4 SG3 of jobs, errors, messages and parameters too', async () => {
    const game = play(
      await bundleOf(around(node('serviceTask', 'a', '<zeebe:taskDefinition type="w"/>'))),
      betweens.refold,
    )
    game.start({}, proto)
    game.send('job.complete', [...game.state.jobs.keys()][0], { variables: proto })
    expect(JSON.stringify(game.variables())).toBe(JSON.stringify(proto))
    expect(JSON.stringify(game.state.instance?.parameters)).toBe(JSON.stringify(proto))
    expectKept(game)
  })
  test('I07 what an expression gave shares nothing with what it read', () => {
    const given: Variables = { list: [{ a: [1] }], context: { b: { c: 1 } } }
    const result = value('{l: list, c: context, m: context merge([context, {d: list}])}', given) as Variables
    const text = JSON.stringify(given)
    for (const one of [result.l, (result.m as Variables).d]) (one as Json[]).push('changed')
    ;((result.c as Variables).b as { [name: string]: Json }).c = 'changed'
    expect(JSON.stringify(given)).toBe(text)
  })
})
