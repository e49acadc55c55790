import { expect, test } from 'vitest'
import { bundleOf, flow, io, line, model, node, play, START, timer, trace } from '../testing/index.ts'

const DAY = 86_400_000
const message =
  '<bpmn:message id="m" name="objection"><bpmn:extensionElements><zeebe:subscription correlationKey="=id"/></bpmn:extensionElements></bpmn:message>'
const messageDefinition = '<bpmn:messageEventDefinition messageRef="m"/>'

function boundary(id: string, host: string, definition: string, interrupting = true, extensions = ''): string {
  return node('boundaryEvent', id, extensions, definition, `attachedToRef="${host}" cancelActivity="${interrupting}"`)
}

function hosted(event: string): string {
  return model(
    node('startEvent', 'start') +
      node('userTask', 'a') +
      node('endEvent', 'end') +
      event +
      node('userTask', 'late') +
      line('start', 'a', 'end') +
      flow('b', 'late'),
    message,
  )
}

test('TI1 a timer catch event waits for its duration; a date in Shanghai time', async () => {
  const xml = model(
    node('startEvent', 'start') +
      node('intermediateCatchEvent', 'w', '', timer('timeDuration', '=wait')) +
      node('intermediateCatchEvent', 'd', '', timer('timeDate', '2026-06-01')) +
      node('endEvent', 'end') +
      line('start', 'w', 'd', 'end'),
  )
  const game = play(await bundleOf(xml))
  const created = game.start({ wait: 'P7D' }).facts.find((fact) => fact.kind === 'timer.created')
  expect(created?.value).toMatchObject({ dueAt: START + 7 * DAY, why: { rule: 'wait', inputs: { wait: 'P7D' } } })
  game.fire('w')
  expect([...game.state.timers.values()][0]?.dueAt).toBe(Date.UTC(2026, 4, 31, 16))
  game.fire('d')
  expect(game.state.instance?.status).toBe('completed')
})

test('EV2 an interrupting timer boundary ends its activity and goes its own way', async () => {
  const game = play(await bundleOf(hosted(boundary('b', 'a', timer('timeDuration', 'P1D')))))
  game.start()
  expect(trace(game.fire('b').facts)).toEqual([
    'timer.triggered b',
    'userTask.canceled a',
    'element.terminated a',
    'element.activated b',
    'element.completed b',
    'sequenceFlow.taken b_late',
    'element.activated late',
    'userTask.created late',
  ])
})

test('EV2 leaving the activity disarms its boundary events', async () => {
  const game = play(await bundleOf(hosted(boundary('b', 'a', timer('timeDuration', 'P1D')))))
  game.start()
  expect(trace(game.complete('a').facts)).toContain('timer.canceled b')
  expect(game.state.timers.size).toBe(0)
})

test('TI2 a cycle boundary fires again, each time one interval after it was due', async () => {
  const game = play(await bundleOf(hosted(boundary('b', 'a', timer('timeCycle', 'R3/P1D'), false))))
  game.start()
  for (const days of [1, 2, 3]) {
    expect([...game.state.timers.values()].map((one) => one.dueAt)).toEqual([START + days * DAY])
    game.fire('b')
  }
  expect(game.state.timers.size).toBe(0)
  expect(game.tasks()).toEqual(['a', 'late', 'late', 'late'])
})

test('TI2 a cycle that fires late is due again as if it had been on time', async () => {
  const game = play(await bundleOf(hosted(boundary('b', 'a', timer('timeCycle', 'R/P1D'), false))))
  game.start()
  game.at = START + 3 * DAY + 5
  game.fire('b')
  expect([...game.state.timers.values()].map((one) => one.dueAt)).toEqual([START + 2 * DAY])
})

test('ME1 a subscription takes its own message and no other', async () => {
  const game = play(await bundleOf(hosted(boundary('b', 'a', messageDefinition))))
  game.start({ id: 1 })
  const value = { messageName: 'other', messageKey: 4, variables: {} }
  const [key] = game.state.subscriptions.keys()
  expect(game.send('message.correlate', key, value)).toMatchObject({ facts: [], rejection: { code: 'NOT_FOUND' } })
  expect(game.tasks()).toEqual(['a'])
})

test('EX1 EV1 a timer expression that gives no duration is an incident; resolved after repair', async () => {
  const game = play(await bundleOf(hosted(boundary('b', 'a', timer('timeDuration', '=wait')))))
  game.start({ wait: 'soon' })
  expect(game.tasks()).toEqual([])
  const [incident] = game.state.incidents.values()
  expect(incident).toMatchObject({ code: 'EXPRESSION_FAILED', elementId: 'a' })
  const key = game.state.instance!.key
  game.send('variables.set', key, { scopeKey: key, variables: { wait: 'P1D' }, local: false })
  game.send('incident.resolve', incident!.key, {})
  expect(game.tasks()).toEqual(['a'])
  expect(game.state.timers.size).toBe(1)
})

test('ME1 a message catch event takes the message and its variables', async () => {
  const xml = model(
    node('startEvent', 'start') +
      node('intermediateCatchEvent', 'w', '', messageDefinition) +
      node('endEvent', 'end') +
      line('start', 'w', 'end'),
    message,
  )
  const game = play(await bundleOf(xml))
  game.start({ id: 7 })
  const [subscription] = game.state.subscriptions.values()
  expect(subscription).toMatchObject({ messageName: 'objection', correlationKey: '7' })
  game.send('message.correlate', subscription!.key, {
    messageName: 'objection',
    messageKey: 4,
    variables: { ground: 'size' },
  })
  expect(game.variables()).toEqual({ id: 7, ground: 'size' })
  expect(game.state.instance?.status).toBe('completed')
  expect(
    game.send('message.correlate', subscription!.key, { messageName: 'objection', messageKey: 5, variables: {} })
      .rejection?.code,
  ).toBe('PROCESS_INSTANCE_ENDED')
})

test('ME2 a non-interrupting message boundary stays open', async () => {
  const game = play(
    await bundleOf(hosted(boundary('b', 'a', messageDefinition, false, io({}, { 'last.ground': '=ground' })))),
  )
  game.start({ id: 'x' })
  const [subscription] = game.state.subscriptions.values()
  for (const ground of ['one', 'two'])
    game.send('message.correlate', subscription!.key, {
      messageName: 'objection',
      messageKey: 4,
      variables: { ground },
    })
  expect(game.tasks()).toEqual(['a', 'late', 'late'])
  expect(game.variables()).toEqual({ id: 'x', last: { ground: 'two' } })
})

test('ME3 a correlation key that is no text and no number is an incident', async () => {
  const game = play(await bundleOf(hosted(boundary('b', 'a', messageDefinition))))
  game.start({})
  expect([...game.state.incidents.values()].map((one) => one.code)).toEqual(['CORRELATION_KEY_INVALID'])
})

function withEventSubProcess(start: string, interrupting: boolean): string {
  return model(
    node('startEvent', 'start') +
      node('userTask', 'a') +
      node('endEvent', 'end') +
      line('start', 'a', 'end') +
      node(
        'subProcess',
        'esp',
        '',
        node('startEvent', 'es', '', start, `isInterrupting="${interrupting}"`) +
          node('userTask', 'e') +
          node('endEvent', 'ee') +
          line('es', 'e', 'ee'),
        'triggeredByEvent="true"',
      ),
    message,
  )
}

test('EV3 a non-interrupting event sub-process runs beside; each run has what its message brought', async () => {
  const game = play(await bundleOf(withEventSubProcess(messageDefinition, false)))
  game.start({ id: 1 })
  const [subscription] = game.state.subscriptions.values()
  for (const ground of ['one', 'two'])
    game.send('message.correlate', subscription!.key, {
      messageName: 'objection',
      messageKey: 4,
      variables: { ground },
    })
  expect(game.tasks()).toEqual(['a', 'e', 'e'])
  const grounds = [...game.state.elements.values()]
    .filter((one) => one.elementId === 'esp')
    .map((one) => one.variables.ground)
  expect(grounds).toEqual(['one', 'two'])
  expect(game.variables()).toEqual({ id: 1 })
  game.complete('a')
  expect(game.state.instance?.status).toBe('active')
  game.complete('e')
  game.complete('e')
  expect(game.state.instance?.status).toBe('completed')
  expect(game.state.subscriptions.size).toBe(0)
})

test('EV3 an interrupting event sub-process ends all else in its scope', async () => {
  const game = play(await bundleOf(withEventSubProcess(timer('timeDuration', 'P1D'), true)))
  game.start()
  const facts = game.fire('es').facts
  expect(trace(facts).slice(0, 5)).toEqual([
    'timer.triggered es',
    'userTask.canceled a',
    'element.terminated a',
    'scope.interrupted es',
    'element.activated esp',
  ])
  expect(game.tasks()).toEqual(['e'])
  game.complete('e')
  expect(game.state.instance?.status).toBe('completed')
})

test('CA1 a case action resolves its candidates in the units of the case and needs no correlation key', async () => {
  const action = '<bihuan:caseAction label="Object" candidateGroups="village_clerk,township_reviewer@township"/>'
  const game = play(
    await bundleOf(
      hosted(boundary('b', 'a', messageDefinition, false, action)).replace(
        message,
        '<bpmn:message id="m" name="objection"/>',
      ),
    ),
  )
  game.start()
  const [subscription] = game.state.subscriptions.values()
  expect(subscription).toMatchObject({
    action: {
      label: 'Object',
      formId: null,
      formKey: null,
      candidates: [
        { role: 'village_clerk', unitId: 'v1' },
        { role: 'township_reviewer', unitId: 't1' },
      ],
    },
    correlationKey: String(game.state.instance?.key),
  })
})
