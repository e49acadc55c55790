import { expect, test } from 'vitest'
import { bundleOf, flow, line, model, node, type Play, play } from '../testing/index.ts'

const choice = (condition: string, strict: boolean) =>
  model(
    (strict ? '<bpmn:extensionElements><bihuan:case strict="true"/></bpmn:extensionElements>' : '') +
      node('startEvent', 'start') +
      node('exclusiveGateway', 'x', '', '', 'default="x_b"') +
      node('userTask', 'a') +
      node('userTask', 'b') +
      node('endEvent', 'end') +
      line('start', 'x', 'a', 'end').replace(
        '<bpmn:sequenceFlow id="x_a" sourceRef="x" targetRef="a"></bpmn:sequenceFlow>',
        flow('x', 'a', condition),
      ) +
      flow('x', 'b') +
      flow('b', 'end'),
  )

async function started(condition: string, strict: boolean, variables = {}): Promise<Play> {
  const game = play(await bundleOf(choice(condition, strict)))
  game.start(variables)
  return game
}

const codes = (game: Play) => game.facts.flatMap((fact) => (fact.kind === 'incident.created' ? [fact.value.code] : []))

test('FE5 a missing name reads as null, and the why of the flow says so', async () => {
  const game = await started('is defined(x) and x > 1 or nobody = null', false)
  expect(game.tasks()).toEqual(['a'])
  const taken = game.facts.find((fact) => fact.kind === 'sequenceFlow.taken' && fact.value.flowId === 'x_a')
  expect(taken?.value).toMatchObject({ why: { missing: ['nobody'], result: true } })
})

test('FE5 XG3 unlike values compare to null: at a gateway that is an incident', async () => {
  expect(codes(await started('amount > 1', false, { amount: 'much' }))).toEqual(['CONDITION_NOT_BOOLEAN'])
})

test('FE6 in a strict process a missing name is an incident, resolved when the name is there', async () => {
  const game = await started('nobody = null', true)
  expect(codes(game)).toEqual(['NAME_MISSING'])
  const key = game.state.instance?.key ?? 0
  game.send('variables.set', key, { scopeKey: key, variables: { nobody: null }, local: false })
  game.send('incident.resolve', [...game.state.incidents.keys()][0], {})
  expect(game.tasks()).toEqual(['a'])
})

test('FE6 in a strict process unlike values are an incident that names types and no values', async () => {
  const game = await started('amount > 1', true, { amount: 'secret' })
  const incident = game.facts.find((fact) => fact.kind === 'incident.created')
  expect(incident?.value).toMatchObject({
    code: 'VALUES_UNLIKE',
    facts: { operator: '>', left: 'string', right: 'number' },
  })
  expect(JSON.stringify(incident)).not.toContain('secret')
})

test('FE13 random numbers of a step follow from state and time alone', async () => {
  const drawn = async () =>
    (await started('random number() >= 0', false)).facts.find(
      (fact) => fact.kind === 'sequenceFlow.taken' && fact.value.why,
    )?.value
  expect(await drawn()).toEqual(await drawn())
})
