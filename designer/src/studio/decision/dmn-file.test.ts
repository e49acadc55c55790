import { readDecisions } from '@bihuan/engine'
import { expect, it } from 'vitest'
import { blankDecision, decisionFiles, freeDecision } from './dmn-file.ts'

it('makes a table the engine reads, whatever the name holds', async () => {
  const xml = blankDecision({ id: 'p_decision_1', name: '谁<来>"办" & 何时', result: '结果' })
  const { decisions, problems } = await readDecisions(xml, 'decision-1.dmn')
  expect(problems).toEqual([])
  expect(decisions[0]).toMatchObject({ id: 'p_decision_1', name: '谁<来>"办" & 何时', logic: { hitPolicy: 'F' } })
})

it('finds a name and an id that are free', () => {
  const files = { 'decision-1.dmn': '', 'other.dmn': '<decision id="p_decision_2"/>', 'a.form': '' }
  expect(decisionFiles(files)).toEqual(['decision-1.dmn', 'other.dmn'])
  expect(freeDecision(files, 'p')).toEqual({ file: 'decision-3.dmn', id: 'p_decision_3' })
})
