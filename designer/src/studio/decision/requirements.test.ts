import { readDecisions } from '@bihuan/engine'
import { expect, it } from 'vitest'
import { findingsFor, neededBy, requirementsOf } from './requirements.ts'

const decision = (id: string, text: string, requires = '') =>
  `<decision id="${id}" name="${id}"><variable id="v_${id}" name="${id}" />${requires ? `<informationRequirement id="r_${id}"><requiredDecision href="#${requires}" /></informationRequirement>` : ''}<literalExpression id="l_${id}"><text>${text}</text></literalExpression></decision>`
const file = (inside: string) =>
  `<?xml version="1.0"?><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="all" name="all" namespace="n">${inside}</definitions>`

it('a fault counts for the decision that has it and for those that need it, and for no other of the file', async () => {
  const xml = file(
    decision('wrong', '1 +') +
      decision('above', 'wrong + 1', 'wrong') +
      decision('top', 'above', 'above') +
      decision('sound', '2'),
  )
  const { problems } = await readDecisions(xml, 'a.dmn')
  expect(problems.map(({ elementId }) => elementId)).toEqual(['wrong'])
  const ids = ['wrong', 'above', 'top', 'sound']
  expect(ids.map((id) => findingsFor(id, requirementsOf(xml), ids, problems).length)).toEqual([1, 1, 1, 0])
  expect([...neededBy('top', requirementsOf(xml))]).toEqual(['top', 'above', 'wrong'])
})

it('a fault that is not about a decision counts for all', async () => {
  const xml = file(`<inputData id="data" name="data" />${decision('a', '1')}${decision('b', '2')}`)
  const { problems } = await readDecisions(xml.slice(0, -4), 'a.dmn')
  expect(problems.length).toBeGreaterThan(0)
  for (const id of ['a', 'b']) expect(findingsFor(id, requirementsOf(xml), ['a', 'b'], problems)).toEqual(problems)
})
