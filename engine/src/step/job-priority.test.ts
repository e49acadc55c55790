import { expect, test } from 'vitest'
import { bundleOf, line, model, node, play } from '../testing/index.ts'

const priority = (text: string) => `<zeebe:jobPriorityDefinition priority="${text}"/>`

async function priorityOf(ofTask: string, ofProcess: string): Promise<number | string | undefined> {
  const process = ofProcess ? `<bpmn:extensionElements>${ofProcess}</bpmn:extensionElements>` : ''
  const task = node('serviceTask', 'a', `<zeebe:taskDefinition type="work"/>${ofTask}`)
  const xml = model(process + node('startEvent', 'start') + task + node('endEvent', 'end') + line('start', 'a', 'end'))
  const game = play(await bundleOf(xml))
  game.start({ n: 7 })
  const job = game.facts.find((fact) => fact.kind === 'job.created')
  return job ? job.value.priority : [...game.state.incidents.values()][0]?.code
}

test.each<[string, string, string, number | string | undefined]>([
  ['of the element', priority('5'), priority('9'), 5],
  ['of its process when it has none', '', priority('9'), 9],
  ['evaluated at the element', priority('=n * 2'), '', 14],
  ['left out when there is none', '', '', undefined],
  ['left out when it is 0', priority('0'), priority('9'), undefined],
  ['negative', priority('-3'), '', -3],
  ['no whole number', priority('=n / 2'), '', 'EXPRESSION_FAILED'],
])('JO7 JO6 the priority of a job is %s', async (_, ofTask, ofProcess, expected) => {
  expect(await priorityOf(ofTask, ofProcess)).toBe(expected)
})
