import { expect } from 'vitest'
import { type CommandKind, isProblemCode, type Key, stateText } from '../../src/index.ts'
import { betweens, bundleOf, each, line, model, node, type Play, play, timer, units } from '../../src/testing/index.ts'

/** A case in which something of every kind waits. */
export const everything = model(
  node('startEvent', 'start') +
    node('parallelGateway', 'fork') +
    node('userTask', 'task') +
    node('serviceTask', 'job', '<zeebe:taskDefinition type="w"/>') +
    node('intermediateCatchEvent', 'clock', '', timer('timeDuration', 'PT1H')) +
    node('intermediateCatchEvent', 'letter', '', '<bpmn:messageEventDefinition messageRef="m"/>') +
    node('intermediateCatchEvent', 'call', '', '<bpmn:signalEventDefinition signalRef="s"/>') +
    node(
      'scriptTask',
      'broken',
      '<zeebe:script expression="=count(for i in 1..1000000000 return i)" resultVariable="r"/>',
    ) +
    node(
      'adHocSubProcess',
      'pool',
      '<zeebe:adHoc/>',
      node('userTask', 't') +
        '<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">=done = true</bpmn:completionCondition>',
    ) +
    node('userTask', 'many', '', each({ items: 'for i in 1..600 return i' })) +
    line('start', 'fork') +
    ['task', 'job', 'clock', 'letter', 'call', 'broken', 'pool', 'many'].map((id) => line('fork', id)).join(''),
  '<bpmn:message id="m" name="letter"><bpmn:extensionElements><zeebe:subscription correlationKey="=1"/></bpmn:extensionElements></bpmn:message><bpmn:signal id="s" name="call"/>',
)

/** That case, begun; folded anew after every command. */
export async function started(): Promise<Play> {
  const game = play(await bundleOf(everything), betweens.refold)
  game.start({ done: false })
  return game
}

/** Every kind of command with a value that fits. */
export const valid: { readonly [K in CommandKind]: unknown } = {
  'processInstance.create': { units, variables: {}, parameters: {}, businessId: null },
  'processInstance.cancel': { reason: 'asked' },
  'processInstance.suspend': { reason: 'asked' },
  'processInstance.resume': { reason: 'asked' },
  'processInstance.modify': {
    reason: 'asked',
    activate: [{ elementId: 'task', variables: [] }],
    terminate: [{ elementId: 'letter' }],
    move: [],
  },
  'processInstance.migrate': { reason: 'asked', targetDefinitionKey: 1, mappings: [] },
  'userTask.assign': { assignee: 'p1', allowOverride: false },
  'userTask.unassign': {},
  'userTask.complete': { variables: { a: 1 }, formKey: null },
  'userTask.update': { priority: 10 },
  'timer.trigger': {},
  'message.correlate': { messageName: 'letter', messageKey: 1, variables: {} },
  'signal.trigger': { signalName: 'call', signalKey: 1, variables: {} },
  'job.complete': { variables: {} },
  'job.fail': { retries: 1, message: 'later', retryAt: null },
  'job.throwError': { errorCode: 'E', message: 'no', variables: {} },
  'job.updateRetries': { retries: 2 },
  'incident.resolve': {},
  'variables.set': { scopeKey: 0, variables: { a: 1 }, local: true },
  'adHocSubProcess.activate': { elements: [{ elementId: 't', variables: {} }], cancelRemainingInstances: false },
  'multiInstance.continue': {},
}
export const kinds = Object.keys(valid) as CommandKind[]

/** Sends a command; a refusal has a code and leaves the state as it was, facts are those of the case. */
export function send(game: Play, kind: CommandKind, key: Key | undefined, value: unknown = valid[kind]): string {
  const before = stateText(game.state)
  const given = kind === 'variables.set' && value === valid[kind] ? { ...(value as object), scopeKey: key ?? 0 } : value
  const { facts, rejection } = game.send(kind, key, given as never)
  if (!rejection) return 'taken'
  expect(isProblemCode(rejection.code)).toBe(true)
  expect(facts).toEqual([])
  expect(stateText(game.state)).toBe(before)
  return rejection.code
}
