import { expect, it } from 'vitest'
import { problemsOf, readDecisions } from './index.ts'

const requires = (what: string, id: string) =>
  `<${what === 'Knowledge' ? 'knowledge' : 'information'}Requirement><required${what} href="#${id}"/></${what === 'Knowledge' ? 'knowledge' : 'information'}Requirement>`
const decision = (id: string, text: string, ...inside: string[]) =>
  `<decision id="${id}" name="${id}"><variable name="${id}"/>${inside.join('')}<literalExpression><text>${text}</text></literalExpression></decision>`
const model = (id: string, text: string, ...inside: string[]) =>
  `<businessKnowledgeModel id="${id}" name="${id}"><variable name="${id}"/><encapsulatedLogic><literalExpression><text>${text}</text></literalExpression></encapsulatedLogic>${inside.join('')}</businessKnowledgeModel>`
const read = (...inside: string[]) =>
  readDecisions(
    `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="all" name="all">${inside.join('')}</definitions>`,
    'a.dmn',
  )

/** At which elements the problems of each are. */
const told = (file: Awaited<ReturnType<typeof read>>, ids: readonly string[]) =>
  ids.map((id) => problemsOf(id, file).map(({ elementId }) => elementId))

it('a fault counts for the decision that has it and for those that need it, and for no other of the file', async () => {
  const file = await read(
    decision('wrong', '1 +'),
    decision('above', 'wrong + 1', requires('Decision', 'wrong')),
    decision('top', 'above', requires('Decision', 'above')),
    decision('sound', '2'),
  )
  expect(told(file, ['wrong', 'above', 'top', 'sound'])).toEqual([['wrong'], ['wrong'], ['wrong'], []])
})

it('what a faulty decision, function or service requires is told too, and a circle to all in it', async () => {
  const file = await read(
    decision('wrong', '1 +'),
    decision('worse', '2 +', requires('Decision', 'wrong')),
    model('broken', '3 +', requires('Knowledge', 'other')),
    model('other', '4 +'),
    decision('calls', 'broken()', requires('Knowledge', 'broken')),
    '<decisionService id="door" name="door"><outputDecision href="#sound"/><encapsulatedDecision href="#worse"/></decisionService>',
    decision('sound', '2'),
    decision('a', 'b', requires('Decision', 'b')),
    decision('b', 'a', requires('Decision', 'a')),
  )
  expect(told(file, ['worse', 'calls', 'door', 'sound', 'a', 'b'])).toEqual([
    ['wrong', 'worse'],
    ['broken', 'other'],
    ['wrong', 'worse'],
    [],
    ['a'],
    ['a'],
  ])
})

it('only requirements count: not what a comment or a description names, nor authorities and notes', async () => {
  const authority = '<authorityRequirement><requiredDecision href="#wrong"/></authorityRequirement>'
  const written = '<description><![CDATA[<requiredDecision href="#wrong"/>]]></description>'
  const file = await read(
    decision('wrong', '1 +'),
    decision('sound', '2', written, '<!-- <requiredDecision href="#wrong"/> -->', authority),
    decision('gone', '3', requires('Decision', 'nowhere')),
  )
  expect(told(file, ['wrong', 'sound', 'gone'])).toEqual([['wrong'], [], ['gone']])
  expect(file.drg.get('gone')).toEqual({ isDecision: true, requires: ['nowhere'] })
})

it('a fault of nothing that a decision needs counts for all', async () => {
  const type = '<itemDefinition name="t" id="t"><typeRef>nothing</typeRef></itemDefinition>'
  const typed = await read(type, decision('a', '1'), decision('b', '2'))
  const cut = await readDecisions('<definitions><decision id="a"', 'a.dmn')
  const idle = await read(model('idle', '1 +', requires('Knowledge', 'idle')), decision('a', '1'), decision('b', '2'))
  const door = await read('<decisionService id="door" name="door"/>', decision('a', '1'), decision('b', '2'))
  for (const file of [typed, cut, idle, door]) {
    expect(file.problems.length).toBeGreaterThan(0)
    for (const id of ['a', 'b']) expect(problemsOf(id, file)).toEqual(file.problems)
  }
})
