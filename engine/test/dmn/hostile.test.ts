import { describe, expect, it } from 'vitest'
import { evaluateDecision, readDecisions } from '../../src/dmn/index.ts'
import { contextOf } from '../../src/feel/index.ts'
import type { Variables } from '../../src/record/json.ts'

const file = (body: string) =>
  `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="drg" name="graph">${body}</definitions>`
const literal = (text: string) => `<literalExpression><text>${text}</text></literalExpression>`
const decision = (id: string, logic: string, inside = '') =>
  `<decision id="${id}" name="${id}">${inside}${logic}</decision>`
const requires = (id: string) => `<informationRequirement><requiredDecision href="#${id}"/></informationRequirement>`
const knows = (id: string) => `<knowledgeRequirement><requiredKnowledge href="#${id}"/></knowledgeRequirement>`
const range = (length: number) => Array.from({ length }, (_, i) => i)

const table = (rules: number, cells: (rule: number) => readonly [string, string]) =>
  `<decisionTable hitPolicy="COLLECT" aggregation="COUNT"><input><inputExpression><text>x</text></inputExpression></input><output name="r"/>${range(
    rules,
  )
    .map((rule) => {
      const [test, result] = cells(rule)
      return `<rule id="r${rule}"><inputEntry><text>${test}</text></inputEntry><outputEntry><text>${result}</text></outputEntry></rule>`
    })
    .join('')}</decisionTable>`

async function read(body: string) {
  const { decisions, problems } = await readDecisions(file(body), 'a.dmn')
  return { decisions, problems: problems.map(({ code, facts }) => [code, facts.reason ?? facts.what ?? facts.id]) }
}

async function decide(body: string, id: string, variables: Variables = {}) {
  const { decisions, problems } = await read(body)
  expect(problems).toEqual([])
  return evaluateDecision(decisions.find((one) => one.id === id)!, contextOf(variables), 0)
}

describe('what is too much', () => {
  it('DM16 5,000 rules are refused before they are parsed', async () => {
    expect(
      (
        await read(
          decision(
            'd',
            table(5_000, () => ['-', '1']),
          ),
        )
      ).problems,
    ).toEqual([['RESOURCE_TOO_LARGE', 'elements']])
  })
  it('DM16 900 rules are read, and each is looked at', async () => {
    const outcome = await decide(
      decision(
        'd',
        table(900, (rule) => [`&lt;= ${rule}`, '1']),
      ),
      'd',
      { x: 450 },
    )
    expect(outcome).toMatchObject({ ok: true, value: 450 })
  })
  it.each([
    { rules: 700, last: 50, ok: true },
    { rules: 40, last: 9_000, ok: false },
  ])('DM16 $rules cells that go through $last numbers have a budget of their own, and a bound', async (counts) => {
    const cell = `? = count(for i in 1..${counts.last} return i)`
    const outcome = await decide(
      decision(
        'd',
        table(counts.rules, () => [cell, '1']),
      ),
      'd',
      { x: counts.last },
    )
    expect(outcome.ok).toBe(counts.ok)
    if (outcome.ok) expect(outcome.value).toBe(counts.rules)
  })
  it('DM16 a range that is too long to go through is a failure, and no item', async () => {
    const loop = `<for iteratorVariable="i"><in>${literal('[1..100000000]')}</in><return>${literal('i')}</return></for>`
    expect(await decide(decision('d', loop), 'd')).toMatchObject({ ok: false })
  })
  it('DM16 a table inside a loop ends with a failure', async () => {
    const logic = `<for iteratorVariable="x"><in>${literal('xs')}</in><return>${table(500, () => ['&gt; 0', '1'])}</return></for>`
    const outcome = await decide(decision('d', logic), 'd', { xs: range(10_000) })
    expect(outcome).toMatchObject({ ok: false, message: expect.stringContaining('too much') })
  })
  it('DM16 loops inside loops end with a failure', async () => {
    const loop = (inner: string) => `<for iteratorVariable="x"><in>${literal('xs')}</in><return>${inner}</return></for>`
    const outcome = await decide(decision('d', loop(loop(loop(literal('1'))))), 'd', { xs: range(1_000) })
    expect(outcome).toMatchObject({ ok: false })
  })
  it.each([
    ['a text', 'x'.repeat(900_000)],
    ['a long name', { ['x'.repeat(900_000)]: 1 }],
  ])('DM16 DM17 %s over and over is a failure; of a required decision its size is kept', async (_, given) => {
    const loop = `<for iteratorVariable="i"><in>${literal('xs')}</in><return>${literal('given')}</return></for>`
    const variables = { xs: range(200), given }
    const outcome = await decide(decision('d', loop), 'd', variables)
    expect(outcome).toMatchObject({ ok: false, message: 'the result is too large or too deep' })
    const counted = decision('e', loop) + decision('d', literal('count(e)'), requires('e'))
    expect(await decide(counted, 'd', variables)).toMatchObject({ value: 200, steps: [{ value: { count: 200 } }] })
    const one = decision('e', literal('given')) + decision('d', literal('e = null'), requires('e'))
    expect(await decide(one, 'd', variables)).toMatchObject({ value: false, steps: [{ value: { count: 1 } }] })
  })
  it('DM16 the loops of all expressions count together', async () => {
    const heavy = literal('count(for i in 1..9000 return i)')
    const ids = range(20).map((i) => `d${i}`)
    const all = ids.map((id) => decision(id, heavy)).join('')
    const outcome = await decide(all + decision('d', literal('1'), ids.map(requires).join('')), 'd')
    expect(outcome).toMatchObject({ ok: false, message: expect.stringContaining('loops too often') })
  })
  it('DM16 values are held against types within the budget', async () => {
    const types = '<itemDefinition name="numbers" isCollection="true"><typeRef>number</typeRef></itemDefinition>'
    const logic = `<for iteratorVariable="x"><in>${literal('xs')}</in><return><literalExpression typeRef="numbers"><text>xs</text></literalExpression></return></for>`
    const outcome = await decide(types + decision('d', logic), 'd', { xs: range(5_000) })
    expect(outcome).toMatchObject({ ok: false, message: expect.stringContaining('loops too often') })
  })
  it('DM16 a result that doubles through a chain of decisions ends with a failure', async () => {
    const chain = range(40)
      .map((i) =>
        decision(`d${i}`, literal(i === 0 ? '[1]' : `[d${i - 1}, d${i - 1}]`), i === 0 ? '' : requires(`d${i - 1}`)),
      )
      .join('')
    expect(await decide(chain, 'd39')).toMatchObject({ ok: false })
  })
})

describe('what is kept', () => {
  it('DM17 a large result of a required decision is kept by its size', async () => {
    const body = decision('e', literal('for i in 1..1000 return i')) + decision('d', literal('count(e)'), requires('e'))
    expect(await decide(body, 'd')).toMatchObject({
      value: 1_000,
      steps: [{ decisionId: 'e', value: { count: 1_000 } }],
    })
  })
  it('DM14 at most 20 misfits are kept', async () => {
    const logic = `<for iteratorVariable="x"><in typeRef="string">${literal('xs')}</in><return>${literal('x')}</return></for>`
    const outcome = await decide(decision('d', logic), 'd', { xs: range(100) })
    expect(outcome.ok && outcome.misfits.length).toBe(20)
  })
  it('DM3 what is handed in is never changed', async () => {
    const given = Object.freeze({ xs: Object.freeze([1, 2]) }) as unknown as Variables
    const types = '<itemDefinition name="texts" isCollection="true"><typeRef>number</typeRef></itemDefinition>'
    const logic = `<context><contextEntry><variable name="xs" typeRef="texts"/>${literal('xs')}</contextEntry></context>`
    expect(await decide(types + decision('d', logic), 'd', given)).toMatchObject({ value: { xs: [1, 2] } })
  })
})

describe('what is too deep', () => {
  const chain = (length: number, order: (ids: number[]) => number[]) =>
    order(range(length))
      .map((i) => decision(`d${i}`, literal(i === 0 ? '1' : `d${i - 1} + 1`), i === 0 ? '' : requires(`d${i - 1}`)))
      .join('')

  it.each([
    ['downwards', (ids: number[]) => [...ids].reverse()],
    ['upwards', (ids: number[]) => ids],
  ])('DM2 200 decisions in a row are evaluated, written %s', async (_, order) => {
    expect(await decide(chain(200, order), 'd199')).toMatchObject({ ok: true, value: 200 })
  })
  it.each([
    ['downwards', (ids: number[]) => [...ids].reverse()],
    ['upwards', (ids: number[]) => ids],
  ])('DM2 more are refused, written %s', async (_, order) => {
    const { problems } = await read(chain(500, order))
    expect(new Set(problems.map(([, reason]) => reason))).toEqual(new Set(['tooHigh']))
  })
  it('DM2 a circle of a hundred decisions is refused once', async () => {
    const circle = range(100)
      .map((i) => decision(`d${i}`, literal('1'), requires(`d${(i + 1) % 100}`)))
      .join('')
    expect((await read(circle)).problems).toEqual([['DECISION_INVALID', 'circle']])
  })
  it('DM16 two functions that call each other without end are a failure', async () => {
    const model = (id: string, other: string) =>
      `<businessKnowledgeModel id="${id}" name="${id}"><encapsulatedLogic><formalParameter name="n"/>${literal(`${other}(n + 1)`)}</encapsulatedLogic>${knows(other)}</businessKnowledgeModel>`
    const body = model('f', 'g') + model('g', 'f') + decision('d', literal('f(1)'), knows('f'))
    // Said once, by the expression where it happened.
    const message = expect.stringMatching(/^"[fg]\(n \+ 1\)" in decision d: the expression goes too deep$/)
    expect(await decide(body, 'd')).toMatchObject({ ok: false, message })
  })
  it('DM16 a function that calls itself twice ends with a failure', async () => {
    const model = `<businessKnowledgeModel id="f" name="f"><encapsulatedLogic><formalParameter name="n"/>${literal('if n = 0 then 1 else f(n - 1) + f(n - 1)')}</encapsulatedLogic>${knows('f')}</businessKnowledgeModel>`
    const body = model + decision('d', literal('f(x)'), knows('f'))
    expect(await decide(body, 'd', { x: 5 })).toMatchObject({ ok: true, value: 32 })
    expect(await decide(body, 'd', { x: 100 })).toMatchObject({ ok: false })
  })
  it('DM2 types nested too deep are refused', async () => {
    const parts = range(28).reduce(
      (inner) => `<itemComponent name="a">${inner}</itemComponent>`,
      '<typeRef>string</typeRef>',
    )
    const chained = range(40)
      .map((i) => `<itemDefinition name="t${i}"><typeRef>t${i + 1}</typeRef></itemDefinition>`)
      .join('')
    const body = `<itemDefinition name="deep">${parts}</itemDefinition>${chained}<itemDefinition name="t40"><typeRef>string</typeRef></itemDefinition>${decision('d', literal('1'))}`
    const { problems } = await read(body)
    expect(new Set(problems.map(([, reason]) => reason))).toEqual(new Set(['typeCircle']))
  })
})

describe('names that mean something to JavaScript', () => {
  it('DM8 DM15 __proto__ and constructor are names like others', async () => {
    const entry = (name: string, text: string) =>
      `<contextEntry><variable name="${name}"/>${literal(text)}</contextEntry>`
    const logic = `<context>${entry('__proto__', '1')}${entry('constructor', '2')}${entry('sum of', '__proto__ + constructor')}</context>`
    const outcome = await decide(decision('d', logic), 'd')
    expect(outcome.ok && Object.entries(outcome.value as Variables)).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
      ['sum of', 3],
    ])
  })
  it('DM3 a name the case lacks is null, whatever every object has', async () => {
    expect(await decide(decision('d', literal('[toString, constructor]')), 'd')).toMatchObject({ value: [null, null] })
  })
})
