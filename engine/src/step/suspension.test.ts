import { expect, test } from 'vitest'
import type { CommandKind, CommandValues } from '../record/record.ts'
import { bundleOf, line, model, node, type Play, play, timer, trace } from '../testing/index.ts'

const boundary = (id: string, host: string, content: string) =>
  node('boundaryEvent', id, '', content, `attachedToRef="${host}" cancelActivity="false"`)

/** A task with a reminder, a job that fails, and a message that is waited for. */
async function suspendedCase(): Promise<Play> {
  const xml = model(
    node('startEvent', 'start') +
      node('parallelGateway', 'fork') +
      node('userTask', 'task') +
      boundary('remind', 'task', timer('timeDuration', 'PT1H')) +
      node('endEvent', 'reminded') +
      node('serviceTask', 'work', '<zeebe:taskDefinition type="work"/>') +
      node('intermediateCatchEvent', 'wait', '', '<bpmn:messageEventDefinition messageRef="m"/>') +
      node('intermediateCatchEvent', 'hear', '', '<bpmn:signalEventDefinition signalRef="s"/>') +
      node('adHocSubProcess', 'free', '', node('userTask', 'extra')) +
      ['task', 'work', 'wait', 'hear', 'free'].map((id) => line('fork', id) + node('endEvent', `${id}_end`)).join('') +
      ['task', 'work', 'wait', 'hear', 'free'].map((id) => line(id, `${id}_end`)).join('') +
      line('start', 'fork') +
      line('remind', 'reminded'),
    '<bpmn:message id="m" name="reply"><bpmn:extensionElements><zeebe:subscription correlationKey="=k"/></bpmn:extensionElements></bpmn:message><bpmn:signal id="s" name="storm"/>',
  )
  const game = play(await bundleOf(xml))
  game.start({ k: 'k' })
  const [jobKey] = [...game.state.jobs.keys()]
  game.send('job.fail', jobKey, { retries: 0, message: 'no', retryAt: null })
  game.send('processInstance.suspend', undefined, { reason: 'asked' })
  return game
}

const first = (all: ReadonlyMap<number, unknown>) => [...all.keys()][0]

test('OP2 a suspended case refuses whatever would move it, whoever asks', async () => {
  const game = await suspendedCase()
  const { state } = game
  const subscriptionOf = (kind: string) => [...state.subscriptions.values()].find((one) => one.kind === kind)?.key
  const adHoc = [...state.elements.values()].find((one) => one.adHoc)?.key
  const asked: { [K in CommandKind]?: readonly [number | undefined, CommandValues[K]] } = {
    'processInstance.suspend': [undefined, { reason: 'asked' }],
    'userTask.assign': [first(state.tasks), { assignee: 'a', allowOverride: false }],
    'userTask.unassign': [first(state.tasks), {}],
    'userTask.update': [first(state.tasks), { priority: 1 }],
    'userTask.complete': [first(state.tasks), { variables: {}, formKey: null }],
    'timer.trigger': [first(state.timers), {}],
    'message.correlate': [subscriptionOf('message'), { messageName: 'reply', messageKey: 1, variables: {} }],
    'signal.trigger': [subscriptionOf('signal'), { signalName: 'storm', signalKey: 2, variables: {} }],
    'job.complete': [first(state.jobs), { variables: {} }],
    'job.fail': [first(state.jobs), { retries: 1, message: '', retryAt: null }],
    'job.throwError': [first(state.jobs), { errorCode: 'E', message: '', variables: {} }],
    'incident.resolve': [first(state.incidents), {}],
    'adHocSubProcess.activate': [adHoc, { elements: [], cancelRemainingInstances: false }],
    'multiInstance.continue': [adHoc, {}],
  }
  for (const [kind, [key, value]] of Object.entries(asked)) {
    expect(kind === 'processInstance.suspend' || key, kind).toBeTruthy()
    expect(game.send(kind as CommandKind, key, value as never).rejection?.code, kind).toBe('PROCESS_INSTANCE_SUSPENDED')
  }
  game.send('processInstance.resume', undefined, { reason: 'answered' })
  for (const kind of ['timer.trigger', 'message.correlate', 'signal.trigger', 'incident.resolve'] as const) {
    const [key, value] = asked[kind] ?? []
    expect(game.send(kind, key, value as never).rejection, kind).toBe(null)
  }
})

test('OP1 LC2 what has not begun, has ended or goes on is not resumed', async () => {
  const game = play(await bundleOf(model(node('startEvent', 'start') + node('userTask', 'a') + line('start', 'a'))))
  const resume = () => game.send('processInstance.resume', undefined, { reason: 'asked' }).rejection
  const suspend = () => game.send('processInstance.suspend', undefined, { reason: 'asked' }).rejection
  expect([resume()?.code, suspend()?.code]).toEqual(['NOT_FOUND', 'NOT_FOUND'])
  game.start()
  expect(resume()).toMatchObject({ code: 'STATE_CONFLICT', facts: { state: 'active' } })
  game.complete('a')
  expect([resume()?.code, suspend()?.code]).toEqual(['PROCESS_INSTANCE_ENDED', 'PROCESS_INSTANCE_ENDED'])
})

test('OP4 a suspended case is cancelled with all that was held back', async () => {
  const game = await suspendedCase()
  game.send('processInstance.modify', undefined, {
    reason: 'asked',
    activate: [{ elementId: 'task', variables: [] }],
    move: [],
    terminate: [],
  })
  expect(game.state.instance?.held).toHaveLength(1)
  expect(trace(game.send('processInstance.cancel', undefined, { reason: 'withdrawn' }).facts).at(-1)).toBe(
    'processInstance.terminated',
  )
  expect(game.state.instance).toMatchObject({ status: 'terminated' })
  expect(game.state.instance?.held).toBeUndefined()
  expect(game.state.elements.size).toBe(1)
})
