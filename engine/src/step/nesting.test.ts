import { expect, test } from 'vitest'
import { bundleOf, flow, io, line, model, node, play, timer } from '../testing/index.ts'
import { MAX_CALLS } from './call.ts'

/** As deep as a file may be (CO11), with what is around and in the innermost sub-process. */
const LEVELS = 56

/** Sub-processes in each other; `inner` is what the innermost does. */
function nested(levels: number, inner: string, id = `s${levels}`): string {
  if (levels === 0) return inner
  const content = levels === 1 ? inner : nested(levels - 1, inner) + line(`${id}_start`, `s${levels - 1}`)
  const first = levels === 1 ? line(`${id}_start`, 'choice') : ''
  return node('subProcess', id, '', node('startEvent', `${id}_start`) + content + first)
}

/** A process that calls itself from its innermost sub-process until it has called as deep as it may, then waits. */
const deepest = () => {
  const inner =
    node('exclusiveGateway', 'choice', '', '', 'default="choice_task"') +
    node('callActivity', 'call', `<zeebe:calledElement processId="process"/>${io({ depth: '=depth + 1' })}`) +
    node('userTask', 'task') +
    flow('choice', 'call', `depth < ${MAX_CALLS}`) +
    flow('choice', 'task')
  return model(node('startEvent', 'start') + nested(LEVELS, inner) + line('start', `s${LEVELS}`))
}

test('SC1 CL7 scopes and calls nested as deep as can be end in one step', async () => {
  const game = play(await bundleOf(deepest()))
  game.start({ depth: 1 })
  expect(game.tasks()).toEqual(['task'])
  expect(game.state.elements.size).toBeGreaterThan(MAX_CALLS * LEVELS)
  game.complete('task')
  expect(game.state.instance?.status).toBe('completed')
})

test('TE1 PI2 they are terminated in one step, innermost first', async () => {
  const game = play(await bundleOf(deepest()))
  game.start({ depth: 1 })
  const { facts } = game.send('processInstance.cancel', undefined, { reason: 'asked' })
  const ended = facts.filter((fact) => fact.kind === 'element.terminated').map((fact) => fact.value.elementId)
  expect(ended.slice(0, 3)).toEqual(['task', 's1', 's2'])
  expect(ended.at(-1)).toBe(`s${LEVELS}`)
  expect(game.state.instance?.status).toBe('terminated')
})

test('TL11 a task with a canceling listener lets all scopes around it end after it', async () => {
  const listener = '<zeebe:taskListeners><zeebe:taskListener eventType="canceling" type="gone"/></zeebe:taskListeners>'
  const xml = deepest().replace('<zeebe:userTask/>', `<zeebe:userTask/>${listener}`)
  const game = play(await bundleOf(xml))
  game.start({ depth: 1 })
  game.send('processInstance.cancel', undefined, { reason: 'asked' })
  const [job] = game.state.jobs.keys()
  game.send('job.complete', job, { variables: {} })
  expect(game.state.instance?.status).toBe('terminated')
})

test('CL7 IN1 resolving a call that is nested too deep arms its boundary events once', async () => {
  const late = node('boundaryEvent', 'late', '', timer('timeDuration', 'P1D'), 'attachedToRef="call"')
  const xml = model(
    node('startEvent', 'start') +
      node('callActivity', 'call', '<zeebe:calledElement processId="process"/>') +
      late +
      line('start', 'call'),
  )
  const game = play(await bundleOf(xml))
  game.start()
  const timers = game.state.timers.size
  for (let again = 0; again < 3; again++) game.send('incident.resolve', [...game.state.incidents.keys()][0], {})
  expect([...game.state.incidents.values()].map((one) => one.code)).toEqual(['CALLED_TOO_DEEP'])
  expect(game.state.timers.size).toBe(timers)
})
