import { expect, test } from 'vitest'
import { bundleOf, flow, line, model, node, type Play, play, timer } from '../testing/index.ts'

const canceling = '<zeebe:taskListeners><zeebe:taskListener eventType="canceling" type="gone"/></zeebe:taskListeners>'
const late = node('boundaryEvent', 'late', '', timer('timeDuration', 'P1D'), 'attachedToRef="s"')

/** A sub-process that a timer may end, with this inside. */
const interruptible = (type: string, inside: string) =>
  model(
    node('startEvent', 'start') +
      node(type, 's', '', inside) +
      late +
      node('userTask', 'out') +
      line('start', 's') +
      flow('late', 'out'),
  )

const letGo = (game: Play, elementId: string) => {
  const job = [...game.state.jobs.values()].find((one) => one.elementId === elementId)
  return game.send('job.complete', job?.key, { variables: {} })
}

test('TL11 IG5 a join does not go on in a scope that is ending', async () => {
  const inside =
    node('startEvent', 'i') +
    node('parallelGateway', 'fork') +
    node('manualTask', 'pass') +
    node('userTask', 'a', canceling) +
    node('userTask', 'b', canceling) +
    node('inclusiveGateway', 'join') +
    node('userTask', 'after') +
    line('i', 'fork', 'pass', 'join', 'after') +
    line('fork', 'a', 'join') +
    flow('fork', 'b')
  const game = play(await bundleOf(interruptible('subProcess', inside)))
  game.start()
  game.fire('late')
  const { facts } = letGo(game, 'a')
  expect(facts.map((fact) => fact.kind)).toEqual(['job.completed', 'userTask.canceled', 'element.terminated'])
  letGo(game, 'b')
  expect(game.tasks()).toEqual(['out'])
})

test('TL11 AH11 nothing begins in an ad-hoc sub-process that is ending', async () => {
  const game = play(await bundleOf(interruptible('adHocSubProcess', node('userTask', 'a', canceling))))
  game.start()
  const key = [...game.state.elements.values()].find((one) => one.elementId === 's')?.key
  const activate = () =>
    game.send('adHocSubProcess.activate', key, {
      elements: [{ elementId: 'a', variables: {} }],
      cancelRemainingInstances: false,
    })
  expect(activate().rejection).toBeNull()
  game.fire('late')
  expect(activate().rejection?.code).toBe('NOT_FOUND')
  letGo(game, 'a')
  expect(game.tasks()).toEqual(['out'])
})
