import { expect, test } from 'vitest'
import { bundleOf, each, flow, io, line, model, node, play, timer, trace } from '../testing/index.ts'

const message =
  '<bpmn:message id="m" name="stop"><bpmn:extensionElements><zeebe:subscription correlationKey="=id"/></bpmn:extensionElements></bpmn:message>'
const stop = '<bpmn:messageEventDefinition messageRef="m"/>'
const terminate = (id: string) => node('endEvent', id, '', '<bpmn:terminateEventDefinition/>')
const sub = (id: string, content: string, extensions = '') =>
  node('subProcess', id, extensions, node('startEvent', `${id}0`) + content)

test('TE2 a terminate end in a sub-process ends that alone, tokens at joins too; in a process, all', async () => {
  const inner = (end: string) =>
    sub(
      's',
      node('parallelGateway', 'f') +
        node('userTask', 'x') +
        node('userTask', 'y') +
        node('parallelGateway', 'j') +
        node('userTask', 'z') +
        end +
        line('s0', 'f', 'x', 'j') +
        flow('f', 'z') +
        flow('f', 'y') +
        flow('y', 'j') +
        flow('z', 't'),
    )
  const xml = (outer: string) =>
    model(
      node('startEvent', 'start') +
        node('parallelGateway', 'fork') +
        inner(terminate('t')) +
        node('userTask', 'beside') +
        node('userTask', 'after') +
        outer +
        line('start', 'fork', 's', 'after') +
        line('fork', 'beside', 'end'),
    )
  const game = play(await bundleOf(xml(terminate('end'))))
  game.start()
  game.complete('x')
  game.complete('z')
  expect(game.tasks()).toEqual(['beside', 'after'])
  const seen = trace(game.complete('beside').facts)
  expect(game.state.instance?.status).toBe('completed')
  expect(seen).toContain('scope.interrupted end')
  expect(game.state.tasks.size + game.state.timers.size + game.state.incidents.size).toBe(0)
})

test('TE2 a terminate end with nothing else in its scope says nothing of an interruption', async () => {
  const game = play(
    await bundleOf(
      model(node('startEvent', 'start') + node('userTask', 'a') + terminate('end') + line('start', 'a', 'end')),
    ),
  )
  game.start()
  expect(trace(game.complete('a').facts)).not.toContain('scope.interrupted end')
  expect(game.state.instance?.status).toBe('completed')
})

test('SC1 a task without outgoing flow ends its token; the scope ends with its last', async () => {
  const game = play(
    await bundleOf(
      model(
        node('startEvent', 'start') +
          node('parallelGateway', 'f') +
          node('userTask', 'a') +
          node('userTask', 'b') +
          line('start', 'f', 'a') +
          flow('f', 'b'),
      ),
    ),
  )
  game.start()
  game.complete('a')
  expect(game.state.instance?.status).toBe('active')
  game.complete('b')
  expect(game.state.instance?.status).toBe('completed')
})

test('SC1 an empty sub-process completes at once; an exclusive gateway without outgoing flow ends', async () => {
  const game = play(
    await bundleOf(
      model(
        node('startEvent', 'start') + sub('s', node('exclusiveGateway', 'g') + line('s0', 'g')) + line('start', 's'),
      ),
    ),
  )
  game.start()
  expect(game.state.instance?.status).toBe('completed')
})

test('PG2 a join in a loop waits anew for each of its flows, in any order', async () => {
  const xml = model(
    node('startEvent', 'start') +
      node('parallelGateway', 'f') +
      node('userTask', 'a') +
      node('userTask', 'b') +
      node('exclusiveGateway', 'm') +
      node('parallelGateway', 'j') +
      node('userTask', 'after') +
      node('exclusiveGateway', 'again', '', '', 'default="again_end"') +
      node('endEvent', 'end') +
      line('start', 'm', 'f', 'a', 'j', 'after', 'again', 'end') +
      flow('f', 'b') +
      flow('b', 'j') +
      flow('again', 'm', 'more = true'),
  )
  const game = play(await bundleOf(xml))
  game.start({ more: true })
  game.complete('a')
  expect(game.tasks()).toEqual(['b'])
  game.complete('b')
  expect(game.tasks()).toEqual(['after'])
  game.complete('after')
  expect(game.tasks()).toEqual(['a', 'b'])
  game.complete('b', { more: false })
  game.complete('a')
  game.complete('after')
  expect(game.state.instance?.status).toBe('completed')
})

test('PG2 two tokens at each of two flows pass a join twice, also when they come in one step', async () => {
  const xml = model(
    node('startEvent', 'start') +
      node('parallelGateway', 'f') +
      node('exclusiveGateway', 'l') +
      node('exclusiveGateway', 'r') +
      node('parallelGateway', 'j') +
      node('userTask', 'after') +
      line('start', 'f') +
      flow('f', 'l', undefined, 'l1') +
      flow('f', 'l', undefined, 'l2') +
      flow('f', 'r', undefined, 'r1') +
      flow('f', 'r', undefined, 'r2') +
      line('l', 'j', 'after') +
      flow('r', 'j'),
  )
  const game = play(await bundleOf(xml))
  game.start()
  expect(game.tasks()).toEqual(['after', 'after'])
  game.complete('after')
  game.complete('after')
  expect(game.state.instance?.status).toBe('completed')
})

test('VA3 VA4 VA5 inner variables stay in a sub-process; its output mapping hands out what is named', async () => {
  const xml = (extensions: string) =>
    model(
      node('startEvent', 'start') +
        sub('s', node('userTask', 'a') + line('s0', 'a'), extensions) +
        node('userTask', 'b') +
        line('start', 's', 'b'),
    )
  const mapped = play(await bundleOf(xml(io({ local: '=1' }, { out: '=local + 1' }))))
  mapped.start({ shared: 1 })
  mapped.complete('a', { local: 5, shared: 2, fresh: 3 })
  expect(mapped.variables()).toEqual({ shared: 2, fresh: 3, out: 6 })
  const plain = play(await bundleOf(xml(io({ local: '=1' }))))
  plain.start()
  plain.complete('a', { local: 5 })
  expect(plain.variables()).toEqual({})
})

test('EV3 an interrupting event sub-process ends what waits in nested scopes, its event’s variables stay its own', async () => {
  const xml = model(
    node('startEvent', 'start') +
      sub(
        's',
        node('userTask', 'a', '', each({ items: '[1, 2]' })) +
          line('s0', 'a') +
          node('boundaryEvent', 'b', '', timer('timeCycle', 'R/P1D'), 'attachedToRef="a" cancelActivity="false"') +
          node('userTask', 'late') +
          flow('b', 'late'),
      ) +
      line('start', 's') +
      node(
        'subProcess',
        'esp',
        '',
        node('startEvent', 'es', io({}, { because: '=ground' }), stop) + node('userTask', 'e') + line('es', 'e'),
        'triggeredByEvent="true"',
      ),
    message,
  )
  const game = play(await bundleOf(xml))
  game.start({ id: 1 })
  game.fire('b')
  game.fire('b')
  expect(game.tasks()).toEqual(['a', 'a', 'late', 'late'])
  const [subscription] = game.state.subscriptions.values()
  const value = { messageName: 'stop', messageKey: 1, variables: { ground: 'law' } }
  game.send('message.correlate', subscription!.key, value)
  expect(game.tasks()).toEqual(['e'])
  expect(game.state.timers.size + game.state.subscriptions.size).toBe(0)
  expect(game.variables()).toEqual({ id: 1, because: 'law' })
  game.complete('e')
  expect(game.state.instance?.status).toBe('completed')
})

test('PI2 cancelling ends everything that is open, once; nothing that has ended takes a command', async () => {
  const xml = model(
    node('startEvent', 'start') +
      node('parallelGateway', 'f') +
      node('userTask', 'a', '', each({ items: '[1, 2]' })) +
      node('serviceTask', 'w', '<zeebe:taskDefinition type="w"/>') +
      node('intermediateCatchEvent', 't', '', timer('timeDuration', 'P1D')) +
      node('userTask', 'bad', '<zeebe:assignmentDefinition assignee="=1"/>') +
      sub('s', node('intermediateCatchEvent', 'c', '', stop) + line('s0', 'c')) +
      line('start', 'f', 'a') +
      flow('f', 'w') +
      flow('f', 't') +
      flow('f', 'bad') +
      flow('f', 's'),
    message,
  )
  const game = play(await bundleOf(xml))
  game.start({ id: 1 })
  const { state } = game
  const open = {
    tasks: [...state.tasks.keys()],
    timer: [...state.timers.keys()][0],
    job: [...state.jobs.keys()][0],
    subscription: [...state.subscriptions.keys()][0],
    incident: [...state.incidents.keys()][0],
    scope: state.instance!.key,
  }
  const seen = trace(game.send('processInstance.cancel', undefined, { reason: 'asked' }).facts)
  expect(seen.slice().sort()).toEqual(
    [
      'element.terminated a',
      'element.terminated a',
      'element.terminated a',
      'element.terminated bad',
      'element.terminated c',
      'element.terminated s',
      'element.terminated t',
      'element.terminated w',
      'incident.resolved bad EXPRESSION_FAILED',
      'job.canceled w',
      'messageSubscription.deleted c',
      'processInstance.terminated',
      'timer.canceled t',
      'userTask.canceled a',
      'userTask.canceled a',
    ].sort(),
  )
  const refusals = [
    game.send('userTask.complete', open.tasks[0], { variables: {}, formKey: null }),
    game.send('userTask.assign', open.tasks[1], { assignee: 'p', allowOverride: true }),
    game.send('timer.trigger', open.timer, {}),
    game.send('job.complete', open.job, { variables: {} }),
    game.send('message.correlate', open.subscription, { messageName: 'stop', messageKey: 1, variables: {} }),
    game.send('incident.resolve', open.incident, {}),
    game.send('variables.set', open.scope, { scopeKey: open.scope, variables: {}, local: true }),
    game.send('processInstance.cancel', undefined, { reason: 'again' }),
  ]
  expect(refusals.map(({ facts, rejection }) => [facts.length, rejection?.code])).toEqual([
    [0, 'USER_TASK_COMPLETED'],
    [0, 'USER_TASK_COMPLETED'],
    ...Array.from({ length: 6 }, () => [0, 'PROCESS_INSTANCE_ENDED']),
  ])
})

test('MI3 counters of BPMN: parallel and one after the other', async () => {
  const counters =
    '[numberOfInstances, numberOfActiveInstances, numberOfCompletedInstances, numberOfTerminatedInstances]'
  for (const [sequential, active] of [
    [false, 2],
    [true, 0],
  ] as const) {
    const xml = model(
      node('startEvent', 'start') +
        node('userTask', 'a', '', each({ items: '["x", "y", "z"]', until: `${counters} = seen`, sequential })) +
        line('start', 'a'),
    )
    const game = play(await bundleOf(xml))
    game.start({ seen: [3, active, 1, 0] })
    game.complete('a')
    expect(game.state.instance?.status).toBe('completed')
  }
})

test('MI2 MI3 sequential: true after the second of three creates no third; results keep their places', async () => {
  const loop = each({
    items: '["x", "y", "z"]',
    element: 'one',
    into: 'all',
    result: 'one + r',
    until: 'r = "!"',
    sequential: true,
  })
  const game = play(
    await bundleOf(model(node('startEvent', 'start') + node('userTask', 'a', '', loop) + line('start', 'a'))),
  )
  game.start()
  game.complete('a', { r: '.' })
  game.complete('a', { r: '!' })
  expect(game.state.instance?.status).toBe('completed')
  expect(game.variables().all).toEqual(['x.', 'y!', null])
})

test('MI6 a decided body takes no more of its announced instances', async () => {
  const xml = model(
    node('startEvent', 'start') +
      node('userTask', 'a', '', each({ items: 'all', until: 'enough = true' })) +
      node('userTask', 'b') +
      line('start', 'a', 'b'),
  )
  const game = play(await bundleOf(xml))
  const pending = game.start({ all: Array.from({ length: 600 }, (_, i) => i) }).facts.at(-1)
  const body = [...game.state.elements.values()].find((one) => one.elementType === 'multiInstanceBody')
  expect(pending?.kind).toBe('userTask.created')
  game.complete('a', { enough: true })
  expect(game.send('multiInstance.continue', body!.key, {}).rejection?.code).toBe('NOT_FOUND')
  expect(game.tasks()).toEqual(['b'])
})

const forked = (first: string, second: string) =>
  model(
    node('startEvent', 'start') +
      sub('s', node('parallelGateway', 'f') + first + second + line('s0', 'f', 'x') + flow('f', 'y')) +
      node('userTask', 'after') +
      line('start', 's', 'after'),
  )

test('SC1 a scope is not done while something in it is still to be activated', async () => {
  const game = play(await bundleOf(forked(node('endEvent', 'x'), node('userTask', 'y'))))
  game.start()
  expect(game.tasks()).toEqual(['y'])
  game.complete('y')
  expect(game.tasks()).toEqual(['after'])
})

test('TE2 a terminate end takes away what was still to be activated, and nothing more', async () => {
  const game = play(await bundleOf(forked(terminate('x'), node('userTask', 'y'))))
  const seen = trace(game.start().facts)
  expect(seen).toContain('scope.interrupted x')
  expect(seen).not.toContain('element.activated y')
  expect(game.tasks()).toEqual(['after'])
  game.complete('after')
  expect(game.state.instance?.status).toBe('completed')
})
