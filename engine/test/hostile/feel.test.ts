import { describe, expect, test } from 'vitest'
import { compileExpression, contextOf, evaluate } from '../../src/index.ts'
import { betweens, bundleOf, flow, line, model, node, play, START } from '../../src/testing/index.ts'
import { worst } from '../feel/worst.ts'
import { expectKept, expectWords } from './tools.ts'
import { worstFeel } from './worst-feel.ts'

test('I05 the second set has sixty expressions or more, none of the first', () => {
  const first = new Set(worst.map(({ source }) => source))
  expect(new Set(worstFeel.map(({ source }) => source)).size).toBe(worstFeel.length)
  expect(worstFeel.length).toBeGreaterThanOrEqual(60)
  expect(worstFeel.filter(({ source }) => first.has(source))).toEqual([])
})

describe('hostile expressions', () => {
  test.each(worstFeel)(
    'I05 FE1 FE2 $name: refused, a value or a failure, and nothing is thrown',
    ({ source, variables = {} }) => {
      const compiled = compileExpression(source)
      if ('error' in compiled) {
        expect(compiled.error).not.toBe('')
        return
      }
      const result = evaluate(compiled.expression, contextOf(variables), START)
      if (result.ok) expect(JSON.stringify(result.value).length).toBeLessThan(2_000_000)
      else expect(result.message).not.toBe('')
    },
  )
})

/** The expression, asked for a boolean. */
const asked = (source: string) => `count([${source}]) > 100`

/** A gateway with the expression for its condition. */
function gateway(source: string): string {
  const condition = asked(source).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return model(
    node('startEvent', 'start') +
      node('exclusiveGateway', 'g', '', '', 'default="g_end"') +
      node('endEvent', 'other') +
      node('endEvent', 'end') +
      line('start', 'g', 'end') +
      `<bpmn:sequenceFlow id="c" sourceRef="g" targetRef="other"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=${condition}</bpmn:conditionExpression></bpmn:sequenceFlow>`,
  )
}

/** Those that burn their budget, with what repairs none of them: the case waits, others go on. */
const burning = worstFeel.filter(({ source, variables = {} }) => {
  const compiled = compileExpression(asked(source))
  return 'expression' in compiled && !evaluate(compiled.expression, contextOf(variables), START).ok
})

describe('a condition that burns its budget', () => {
  test('I05 at least half of the set ends by the budget', () => {
    expect(burning.length).toBeGreaterThan(25)
  })
  test.each(burning)(
    'I05 IN1 $name at a gateway is an incident, and the next command of another case works',
    async ({ source, variables = {} }) => {
      const bundle = await bundleOf(gateway(source))
      const game = play(bundle)
      game.start(variables)
      const [incident] = game.facts.filter((fact) => fact.kind === 'incident.created')
      expect(incident?.value).toMatchObject({ code: 'EXPRESSION_FAILED', elementId: 'g' })
      expectWords('EXPRESSION_FAILED', { ...(incident!.value.facts as object), expression: 'x', elementName: 'g' })
      const other = play(await bundleOf(gateway('1')))
      other.start()
      expect(other.state.instance?.status).toBe('completed')
      game.send('processInstance.cancel', undefined, { reason: 'wrong' })
      expect(game.state.incidents.size).toBe(0)
    },
  )
})

test('I05 FE2 an evaluation that failed leaves nothing behind for the next', () => {
  const compile = (source: string) => {
    const compiled = compileExpression(source)
    if ('error' in compiled) throw new Error(compiled.error)
    return compiled.expression
  }
  const loop = compile('for i in 1..n return i')
  for (let round = 0; round < 20; round += 1) {
    expect(evaluate(loop, contextOf({ n: 1e9 }), START).ok).toBe(false)
    expect(evaluate(loop, contextOf({ n: 3 }), START)).toMatchObject({ ok: true, value: [1, 2, 3] })
  }
})

test('I05 ST5 hundreds of elements that each burn almost their budget do not hold the process up', async () => {
  const burn = 'count(for i in 1..5000 return i + 7)'
  const xml = model(
    node('startEvent', 'start') +
      node(
        'scriptTask',
        'a',
        `<zeebe:script expression="=${burn}" resultVariable="r"/>`,
        '<bpmn:multiInstanceLoopCharacteristics isSequential="true"><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=items"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>',
      ) +
      node('endEvent', 'end') +
      line('start', 'a', 'end'),
  )
  const game = play(await bundleOf(xml), betweens.refold)
  game.start({ items: Array.from({ length: 9_000 }, () => 1) })
  expect([...game.state.incidents.values()].map((one) => one.code)).toEqual(['STEP_TOO_LONG'])
  const done = () => [...game.state.elements.values()].find((one) => one.multi)?.multi?.completed ?? 0
  const before = done()
  expect(before).toBeGreaterThan(5)
  game.send('incident.resolve', [...game.state.incidents.keys()][0], {})
  expect(done()).toBeGreaterThan(before)
  expectKept(game)
})

test('I05 XG3 a pattern that backtracks in a condition is answered', async () => {
  const xml = model(
    node('startEvent', 'start') +
      node('exclusiveGateway', 'g', '', '', 'default="g_end"') +
      node('endEvent', 'other') +
      node('endEvent', 'end') +
      line('start', 'g', 'end') +
      flow('g', 'other', 'matches(t, "^(a+)+$")'),
  )
  const game = play(await bundleOf(xml))
  game.start({ t: `${'a'.repeat(50_000)}!` })
  expect(game.facts.length).toBeGreaterThan(3)
})
