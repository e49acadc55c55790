import { describe, expect, it } from 'vitest'
import { readDecisions } from '../../src/dmn/index.ts'
import { sayProblem } from '../../src/problem/index.ts'

const DMN_15 = 'https://www.omg.org/spec/DMN/20230324/MODEL/'
const file = (body: string, attributes = '') =>
  `<definitions xmlns="${DMN_15}" id="drg" name="graph" ${attributes}>${body}</definitions>`
const literal = (text: string) => `<literalExpression><text>${text}</text></literalExpression>`
const decision = (id: string, logic = literal('1'), inside = '') =>
  `<decision id="${id}" name="${id}">${inside}${logic}</decision>`
const requires = (id: string, kind = 'Decision') =>
  `<informationRequirement><required${kind} href="#${id}"/></informationRequirement>`
const knows = (id: string) => `<knowledgeRequirement><requiredKnowledge href="#${id}"/></knowledgeRequirement>`
const table = (attributes: string, outputs: string, rules = '') =>
  decision(
    'd',
    `<decisionTable ${attributes}><input><inputExpression><text>x</text></inputExpression></input>${outputs}${rules}</decisionTable>`,
  )
const model = (logic: string, inside = '') =>
  `<businessKnowledgeModel id="k" name="k">${logic}${inside}</businessKnowledgeModel>`
const outputs = '<output name="a"/><output name="b"/>'

/** Codes with the fact that tells them apart, and the element they stand at. */
async function refused(body: string, attributes?: string): Promise<readonly (readonly unknown[])[]> {
  const { problems } = await readDecisions(file(body, attributes), 'a.dmn')
  // Every refusal says what to do, in both languages.
  for (const problem of problems) {
    for (const language of ['zh-CN', 'en'] as const) expect(sayProblem(problem, language).todo).not.toBe('')
  }
  return problems.map(({ code, facts, elementId }) => [code, facts.reason ?? facts.type ?? facts.id, elementId])
}

describe('what is refused', () => {
  it.each([
    [
      'DM1 an import of another file',
      `<import name="other" namespace="http://other" importType="${DMN_15}"/>${decision('d')}`,
      ['ELEMENT_NOT_EXECUTED', 'dmn:Import', null],
    ],
    [
      'DM1 a function in Java',
      decision('d') + model(`<encapsulatedLogic kind="Java">${literal('1')}</encapsulatedLogic>`),
      ['ELEMENT_NOT_EXECUTED', 'dmn:FunctionDefinition (Java)', 'k'],
    ],
    [
      'DM1 a PMML model inside a context',
      decision(
        'd',
        `<context><contextEntry><variable name="f"/><functionDefinition kind="PMML">${literal('1')}</functionDefinition></contextEntry></context>`,
      ),
      ['ELEMENT_NOT_EXECUTED', 'dmn:FunctionDefinition (PMML)', 'd'],
    ],
    [
      'DM2 a required decision that does not exist',
      decision('d', literal('1'), requires('gone')),
      ['DANGLING_REFERENCE', 'gone', 'd'],
    ],
    [
      'DM2 required input that does not exist',
      decision('d', literal('1'), requires('gone', 'Input')),
      ['DANGLING_REFERENCE', 'gone', 'd'],
    ],
    [
      'DM2 required knowledge that does not exist',
      decision('d', literal('1'), knows('gone')),
      ['DANGLING_REFERENCE', 'gone', 'd'],
    ],
    [
      'DM2 a required decision that is input data',
      `<inputData id="i" name="i"/>${decision('d', literal('1'), requires('i'))}`,
      ['DANGLING_REFERENCE', 'i', 'd'],
    ],
    [
      'DM2 a reference into another file',
      decision(
        'd',
        literal('1'),
        '<informationRequirement><requiredDecision href="http://other#e"/></informationRequirement>',
      ),
      ['DANGLING_REFERENCE', 'http://other#e', 'd'],
    ],
    [
      'DM2 a decision that requires itself',
      decision('d', literal('1'), requires('d')),
      ['DECISION_INVALID', 'circle', 'd'],
    ],
    [
      'DM2 a circle through a decision service',
      `${decision('d', literal('1'), knows('s'))}<decisionService id="s" name="s"><outputDecision href="#d"/></decisionService>`,
      ['DECISION_INVALID', 'circle', 'd'],
    ],
    [
      'DM2 a type that does not exist',
      decision('d', literal('1'), '<variable name="d" typeRef="nothing"/>'),
      ['DANGLING_REFERENCE', 'nothing', 'd'],
    ],
    [
      'DM2 an item definition made of itself',
      `<itemDefinition id="t" name="tree"><itemComponent name="left"><typeRef>tree</typeRef></itemComponent><itemComponent name="right"><typeRef>tree</typeRef></itemComponent></itemDefinition>${decision('d')}`,
      ['DECISION_INVALID', 'typeCircle', 't'],
    ],
    ['DM2 an id that occurs twice', decision('d') + decision('d'), ['DUPLICATE_ID', 'd', null]],
    [
      'DM13 a hit policy that is unknown',
      table('hitPolicy="BEST"', '<output name="a"/>'),
      ['DECISION_INVALID', 'hitPolicy', 'd'],
    ],
    [
      'DM6 an aggregation of what does not collect',
      table('hitPolicy="FIRST" aggregation="SUM"', '<output name="a"/>'),
      ['DECISION_INVALID', 'hitPolicy', 'd'],
    ],
    [
      'DM6 an aggregation over several outputs',
      table('hitPolicy="COLLECT" aggregation="COUNT"', outputs),
      ['DECISION_INVALID', 'aggregation', 'd'],
    ],
    [
      'DM13 priority without an order',
      table('hitPolicy="PRIORITY"', '<output name="a"/>'),
      ['DECISION_INVALID', 'noPriorities', 'd'],
    ],
    ['DM13 a table without an output', table('', ''), ['DECISION_INVALID', 'noOutput', 'd']],
    [
      'DM13 two outputs of one name',
      table('', '<output name="a"/><output name="a"/>'),
      ['DECISION_INVALID', 'sameOutput', 'd'],
    ],
    [
      'DM13 a row with a cell too few',
      table(
        '',
        outputs,
        '<rule id="r"><inputEntry><text>1</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>',
      ),
      ['DECISION_INVALID', 'columns', 'd'],
    ],
    [
      'DM13 a relation with a cell too many',
      decision('d', `<relation><column name="a"/><row>${literal('1')}${literal('2')}</row></relation>`),
      ['DECISION_INVALID', 'columns', 'd'],
    ],
    [
      'DM13 two entries of one name',
      decision(
        'd',
        `<context><contextEntry><variable name="a"/>${literal('1')}</contextEntry><contextEntry><variable name="a"/>${literal('2')}</contextEntry></context>`,
      ),
      ['DECISION_INVALID', 'entryTwice', 'd'],
    ],
    [
      'DM13 an entry without a name that is not the last',
      decision(
        'd',
        `<context><contextEntry>${literal('1')}</contextEntry><contextEntry><variable name="a"/>${literal('2')}</contextEntry></context>`,
      ),
      ['DECISION_INVALID', 'entryName', 'd'],
    ],
    [
      'DM13 two parameters of one name',
      decision('d') +
        model(
          `<encapsulatedLogic><formalParameter name="a"/><formalParameter name="a"/>${literal('1')}</encapsulatedLogic>`,
        ),
      ['DECISION_INVALID', 'entryTwice', 'k'],
    ],
    [
      'DM13 a loop without an iterator',
      decision('d', `<for><in>${literal('[1]')}</in><return>${literal('1')}</return></for>`),
      ['DECISION_INVALID', 'noIterator', 'd'],
    ],
    [
      'DM13 a service without an output decision',
      `${decision('d')}<decisionService id="s" name="s"/>`,
      ['DECISION_INVALID', 'noOutputDecision', 's'],
    ],
    ['DM13 a decision without logic', '<decision id="d" name="d"/>', ['DECISION_INVALID', 'noLogic', 'd']],
    [
      'DM13 a branch without an expression',
      decision('d', `<conditional><if>${literal('true')}</if><then>${literal('1')}</then></conditional>`),
      ['DECISION_INVALID', 'noLogic', 'd'],
    ],
    ['DM2 a file without a decision', '<inputData id="i" name="i"/>', ['DECISION_INVALID', 'noDecision', 'drg']],
    ['DM1 an expression that cannot be read', decision('d', literal('1 +')), ['EXPRESSION_INVALID', undefined, 'd']],
    ['DM1 an expression that is empty', decision('d', literal('')), ['EXPRESSION_MISSING', undefined, 'd']],
    [
      'DM1 a call of a function that nobody declares',
      decision('d', literal('gone(1)')),
      ['EXPRESSION_INVALID', undefined, 'd'],
    ],
  ])('%s', async (_, body, problem) => {
    expect(await refused(body)).toEqual([problem])
  })

  it('DM1 a language other than FEEL, said once for the file', async () => {
    expect(await refused(decision('d'), 'expressionLanguage="http://www.ecma-international.org/ecma-262"')).toEqual([
      ['DECISION_INVALID', 'language', 'd'],
    ])
    expect(await refused(decision('d'), 'expressionLanguage="https://www.omg.org/spec/DMN/20230324/FEEL/"')).toEqual([])
  })
  it('DM1 knowledge sources, groups and annotations are documentation', async () => {
    expect(
      await refused(
        `${decision('d')}<knowledgeSource id="law" name="Law"/><textAnnotation id="t"><text>note</text></textAnnotation><group id="g" name="g"/><association id="a"><sourceRef href="#d"/><targetRef href="#t"/></association>`,
      ),
    ).toEqual([])
  })
})
