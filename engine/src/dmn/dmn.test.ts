import { describe, expect, it } from 'vitest'
import { contextOf } from '../feel/index.ts'
import type { Json } from '../record/json.ts'
import { evaluateDecision, readDecisions } from './index.ts'

const NS = 'https://www.omg.org/spec/DMN/20191111/MODEL/'
const file = (body: string, namespace = NS) =>
  `<?xml version="1.0"?><definitions xmlns="${namespace}" id="drg" name="图">${body}</definitions>`
const esc = (cell: string) => cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** A table over `x`: rows of [test, ...outputs]. */
function table(
  policy: string,
  rows: string[][],
  outputs: { name: string; values?: string; fallback?: string }[] = [{ name: 'r' }],
): string {
  const columns = outputs.map(
    (output, i) =>
      `<output id="o${i}" name="${output.name}">${output.values ? `<outputValues><text>${output.values}</text></outputValues>` : ''}${output.fallback ? `<defaultOutputEntry><text>${output.fallback}</text></defaultOutputEntry>` : ''}</output>`,
  )
  const rules = rows.map(
    ([test, ...results], i) =>
      `<rule id="r${i + 1}"><inputEntry><text>${esc(test!)}</text></inputEntry>${results.map((cell) => `<outputEntry><text>${esc(cell)}</text></outputEntry>`).join('')}</rule>`,
  )
  return `<decision id="d" name="决定"><decisionTable ${policy}><input id="i"><inputExpression><text>x</text></inputExpression></input>${columns.join('')}${rules.join('')}</decisionTable></decision>`
}

async function decide(xml: string, variables: { [name: string]: Json }, id = 'd') {
  const { decisions, problems } = await readDecisions(xml, 'a.dmn')
  expect(problems.filter((problem) => problem.severity === 'error')).toEqual([])
  return evaluateDecision(decisions.find((decision) => decision.id === id)!, contextOf(variables), 0)
}

describe('hit policies', () => {
  const rows = [
    ['< 10', '1'],
    ['>= 5', '3'],
    ['>= 5', '3'],
    ['-', '2'],
  ]
  it.each([
    ['hitPolicy="FIRST"', 7, 1, ['r1']],
    ['hitPolicy="RULE ORDER"', 7, [1, 3, 3, 2], ['r1', 'r2', 'r3', 'r4']],
    ['hitPolicy="COLLECT"', 7, [1, 3, 3, 2], ['r1', 'r2', 'r3', 'r4']],
    ['hitPolicy="COLLECT" aggregation="SUM"', 7, 9, ['r1', 'r2', 'r3', 'r4']],
    ['hitPolicy="COLLECT" aggregation="MIN"', 7, 1, ['r1', 'r2', 'r3', 'r4']],
    ['hitPolicy="COLLECT" aggregation="MAX"', 7, 3, ['r1', 'r2', 'r3', 'r4']],
    ['hitPolicy="COLLECT" aggregation="COUNT"', 7, 4, ['r1', 'r2', 'r3', 'r4']],
  ])('DM4 DM6 %s', async (policy, x, value, rules) => {
    expect(await decide(file(table(policy, rows)), { x })).toEqual({
      ok: true,
      value,
      rules,
      inputs: { x },
      steps: [],
      misfits: [],
    })
  })
  it('DM4 UNIQUE takes one match and fails on two, naming the rules', async () => {
    const unique = file(
      table('', [
        ['< 10', '"a"'],
        ['>= 5', '"b"'],
      ]),
    )
    expect(await decide(unique, { x: 3 })).toMatchObject({ value: 'a', rules: ['r1'] })
    expect(await decide(unique, { x: 7 })).toMatchObject({ ok: false, message: expect.stringContaining('r1, r2') })
  })
  it('DM4 ANY takes equal results and fails on different ones', async () => {
    const any = file(
      table('hitPolicy="ANY"', [
        ['< 10', '"a"'],
        ['>= 5', '"a"'],
        ['9', '"b"'],
      ]),
    )
    expect(await decide(any, { x: 7 })).toMatchObject({ ok: true, value: 'a', rules: ['r1', 'r2'] })
    expect(await decide(any, { x: 9 })).toMatchObject({ ok: false })
  })
  it('DM5 PRIORITY and OUTPUT ORDER follow the list of output values', async () => {
    const outputs = [{ name: 'r', values: '"high","middle","low"' }]
    const cells = [
      ['-', '"low"'],
      ['-', '"high"'],
      ['-', '"middle"'],
    ]
    expect(await decide(file(table('hitPolicy="PRIORITY"', cells, outputs)), { x: 1 })).toMatchObject({
      value: 'high',
      rules: ['r2'],
    })
    expect(await decide(file(table('hitPolicy="OUTPUT ORDER"', cells, outputs)), { x: 1 })).toMatchObject({
      value: ['high', 'middle', 'low'],
      rules: ['r2', 'r3', 'r1'],
    })
  })
  it('DM6 an aggregated text is a failure, not NaN', async () => {
    expect(await decide(file(table('hitPolicy="COLLECT" aggregation="SUM"', [['-', '"a"']])), { x: 1 })).toMatchObject({
      ok: false,
    })
  })
})

describe('tables', () => {
  it('DM7 several outputs give a context; an empty cell gives null', async () => {
    const xml = file(table('', [['"村规民约"', '"村民会议"', '']], [{ name: 'body' }, { name: 'days' }]))
    expect(await decide(xml, { x: '村规民约' })).toMatchObject({ value: { body: '村民会议', days: null } })
  })
  it('DM7 without a match: the default outputs, else null', async () => {
    expect(await decide(file(table('', [['1', '2']])), { x: 9 })).toMatchObject({ ok: true, value: null, rules: [] })
    expect(await decide(file(table('', [['1', '2']], [{ name: 'r', fallback: '7' }])), { x: 9 })).toMatchObject({
      value: 7,
      rules: [],
    })
  })
  it('DM7 a missing input is null and matches no comparison', async () => {
    expect(
      await decide(
        file(
          table('', [
            ['< 3', '1'],
            ['null', '2'],
          ]),
        ),
        {},
      ),
    ).toMatchObject({ value: 2 })
  })
  it('DM7 output cells read the case', async () => {
    expect(await decide(file(table('', [['> y', 'x - y']])), { x: 5, y: 3 })).toMatchObject({
      value: 2,
      inputs: { x: 5, y: 3 },
    })
  })
})

describe('decision requirements', () => {
  const literal = (id: string, text: string, requires = '') =>
    `<decision id="${id}" name="${id}"><variable name="v_${id}"/>${requires ? `<informationRequirement><requiredDecision href="#${requires}"/></informationRequirement>` : ''}<literalExpression><text>${text}</text></literalExpression></decision>`

  it('DM3 evaluates required decisions first and reads them by variable name', async () => {
    expect(await decide(file(literal('d', 'v_e * 2', 'e') + literal('e', 'x + 1')), { x: 4 })).toMatchObject({
      value: 10,
    })
  })
  it('DM2 DM13 refuses a circle, a missing requirement and a decision without logic', async () => {
    const codes = async (body: string) =>
      (await readDecisions(file(body), 'a.dmn')).problems.map((p) => [p.code, p.facts.reason ?? p.facts.id])
    expect(await codes(literal('d', '1', 'e') + literal('e', '1', 'd'))).toEqual([['DECISION_INVALID', 'circle']])
    expect(await codes(literal('d', '1', 'gone'))).toEqual([['DANGLING_REFERENCE', 'gone']])
    expect(await codes('<decision id="d" name="d"/>')).toEqual([['DECISION_INVALID', 'noLogic']])
  })
})

describe('reading', () => {
  it.each([
    'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
    'http://www.omg.org/spec/DMN/20180521/MODEL/',
    'https://www.omg.org/spec/DMN/20211108/MODEL/',
    'https://www.omg.org/spec/DMN/20230324/MODEL/',
  ])('DM1 takes the namespace %s', async (namespace) => {
    expect(await decide(file(table('', [['-', '1']]), namespace), { x: 1 })).toMatchObject({ value: 1 })
  })
  it.each([
    ['http://www.omg.org/spec/DMN/20151101/dmn.xsd', 'feel:number'],
    ['http://www.omg.org/spec/DMN/20180521/MODEL/', 'number'],
    ['https://www.omg.org/spec/DMN/20230324/MODEL/', 'number'],
  ])('DM1 DM14 reads prefixes and the type names of %s', async (namespace, typeRef) => {
    const xml = `<d:definitions xmlns:d="${namespace}" xmlns="http://own" xmlns:feel="http://www.omg.org/spec/FEEL/20140401" id="drg" name="图"><d:decision id="d" name="d"><d:variable name="d" typeRef="${typeRef}"/><d:context><d:contextEntry><d:variable name="a" typeRef="${typeRef}"/><d:literalExpression><d:text>x</d:text></d:literalExpression></d:contextEntry><d:contextEntry><d:literalExpression><d:text>a + 1</d:text></d:literalExpression></d:contextEntry></d:context></d:decision></d:definitions>`
    expect(await decide(xml, { x: 1 })).toMatchObject({ value: 2, misfits: [] })
    expect(await decide(xml, { x: 'a' })).toMatchObject({ value: null, misfits: [{ name: 'a', type: 'number' }] })
  })
  it('DM1 DM10 reads what DMN 1.4 added in its own namespace', async () => {
    const part = (tag: string, text: string) =>
      `<${tag}><literalExpression><text>${text}</text></literalExpression></${tag}>`
    const logic = `<conditional>${part('if', 'x = 1')}${part('then', '"one"')}${part('else', '"other"')}</conditional>`
    const xml = file(`<decision id="d" name="d">${logic}</decision>`, 'https://www.omg.org/spec/DMN/20211108/MODEL/')
    expect(await decide(xml, { x: 1 })).toMatchObject({ value: 'one' })
  })
  it('DM1 refuses what is not executed, by element', async () => {
    const { problems } = await readDecisions(
      file(
        `${table('', [['-', '1']])}<businessKnowledgeModel id="k" name="函数"><encapsulatedLogic kind="Java"/></businessKnowledgeModel>`,
      ),
      'a.dmn',
    )
    expect(problems).toMatchObject([
      { code: 'ELEMENT_NOT_EXECUTED', elementId: 'k', elementName: '函数', severity: 'error' },
    ])
  })
  it('DM1 refuses a parser warning, a cell that cannot be read (with its row) and a DOCTYPE', async () => {
    const codes = async (xml: string) => (await readDecisions(xml, 'a.dmn')).problems.map((p) => p.code)
    expect(await codes(file(`${table('', [['-', '1']])}<nonsense/>`))).toEqual(['MODEL_WARNING'])
    const { problems } = await readDecisions(
      file(
        table('', [
          ['-', '1'],
          ['< <', '1'],
        ]),
      ),
      'a.dmn',
    )
    // A row is told by the decision it is in: a file may hold several.
    expect(problems).toMatchObject([{ code: 'EXPRESSION_INVALID', elementId: 'd', facts: { row: 2 } }])
    expect(await codes(`<!DOCTYPE x>${file('')}`)).toEqual(['DOCTYPE_NOT_ALLOWED'])
    expect(await codes('<definitions')).toEqual(['XML_UNREADABLE'])
  })
  it('DM1 a JavaScript expression language is refused (D11)', async () => {
    const { problems } = await readDecisions(
      file(
        '<decision id="d" name="d"><literalExpression expressionLanguage="javascript"><text>1</text></literalExpression></decision>',
      ),
      'a.dmn',
    )
    expect(problems).toMatchObject([{ code: 'DECISION_INVALID', facts: { reason: 'language' } }])
  })
})
