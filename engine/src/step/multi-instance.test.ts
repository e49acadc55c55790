import { expect, test } from 'vitest'
import { bundleOf, each, io, line, model, node, play, timer, trace } from '../testing/index.ts'

const vote = (loop: string, extensions = '') =>
  model(
    node('startEvent', 'start') +
      node('userTask', 'v', extensions, loop) +
      node('endEvent', 'end') +
      line('start', 'v', 'end'),
  )

test('MI1 parallel: one instance an item, results in the order of the items', async () => {
  const game = play(await bundleOf(vote(each({ items: 'voters', element: 'voter', into: 'votes', result: 'vote' }))))
  game.start({ voters: ['a', 'b', 'c'] })
  expect(game.tasks()).toEqual(['v', 'v', 'v'])
  const keys = [...game.state.tasks.keys()]
  game.send('userTask.complete', keys[2], { variables: { vote: 'no' }, formKey: null })
  game.send('userTask.complete', keys[0], { variables: { vote: 'yes' }, formKey: null })
  game.send('userTask.complete', keys[1], { variables: {}, formKey: null })
  expect(game.variables()).toEqual({ voters: ['a', 'b', 'c'], votes: ['yes', null, 'no'] })
  expect(game.state.instance?.status).toBe('completed')
})

test.each([3, 600])(
  'MI3 parallel: %i instances are active from the start, also those that end at once',
  async (many) => {
    const script = '<zeebe:script expression="=loopCounter" resultVariable="last"/>'
    const loop = each({ items: 'items', into: 'all', result: 'last', until: 'numberOfActiveInstances = 0' })
    const xml = model(
      node('startEvent', 'start') +
        node('scriptTask', 's', script, loop) +
        node('endEvent', 'end') +
        line('start', 's', 'end'),
    )
    const game = play(await bundleOf(xml))
    const items = Array.from({ length: many }, (_, index) => index + 1)
    game.start({ items })
    for (const fact of game.facts)
      if (fact.kind === 'multiInstance.pending') game.send('multiInstance.continue', fact.key, {})
    expect(game.variables().all).toEqual(items)
    expect(game.state.instance?.status).toBe('completed')
  },
)

test('MI2 sequential: one after the other, loopCounter readable', async () => {
  const assign = '<zeebe:assignmentDefinition assignee="=voter + string(loopCounter)"/>'
  const game = play(await bundleOf(vote(each({ items: 'voters', element: 'voter', sequential: true }), assign)))
  game.start({ voters: ['a', 'b'] })
  expect([...game.state.tasks.values()].map((one) => one.assignee)).toEqual(['a1'])
  game.complete('v')
  expect([...game.state.tasks.values()].map((one) => one.assignee)).toEqual(['b2'])
  game.complete('v')
  expect(game.state.instance?.status).toBe('completed')
})

test('MI3 the completion condition ends the rest, with its reason', async () => {
  const loop = each({
    items: 'voters',
    into: 'votes',
    result: 'vote',
    until: 'count(votes[item = "yes"]) >= 2 or numberOfCompletedInstances = 4',
  })
  const game = play(await bundleOf(vote(loop)))
  game.start({ voters: [1, 2, 3, 4, 5] })
  game.complete('v', { vote: 'yes' })
  const facts = game.complete('v', { vote: 'yes' }).facts
  expect(facts.find((fact) => fact.kind === 'multiInstance.decided')?.value).toMatchObject({
    completed: 2,
    total: 5,
    why: { result: true },
  })
  expect(trace(facts).filter((one) => one === 'userTask.canceled v')).toHaveLength(3)
  expect(game.variables().votes).toEqual(['yes', 'yes', null, null, null])
  expect(game.state.instance?.status).toBe('completed')
})

test('MI4 an empty collection passes at once with an empty result', async () => {
  const game = play(await bundleOf(vote(each({ items: 'voters', into: 'votes', result: 'vote' }))))
  game.start({ voters: [] })
  expect(game.variables().votes).toEqual([])
  expect(game.state.instance?.status).toBe('completed')
})

test('MI5 no list, and more than 10,000 items, are incidents; nothing is created (quality E07)', async () => {
  const bundle = await bundleOf(vote(each({ items: 'voters' })))
  for (const [voters, code] of [
    [null, 'COLLECTION_NOT_A_LIST'],
    ['abc', 'COLLECTION_NOT_A_LIST'],
    [-1, 'COLLECTION_NOT_A_LIST'],
    [Array.from({ length: 10_001 }, () => 1), 'COLLECTION_TOO_LARGE'],
  ] as const) {
    const game = play(bundle)
    game.start({ voters: voters as never })
    expect([...game.state.incidents.values()].map((one) => one.code)).toEqual([code])
    expect(game.tasks()).toEqual([])
  }
})

test('MI5 10,000 items are not too many', async () => {
  const game = play(await bundleOf(vote(each({ items: 'voters' }))))
  game.start({ voters: Array.from({ length: 10_000 }, () => 1) })
  expect(game.state.incidents.size).toBe(0)
  expect(game.tasks()).toHaveLength(500)
})

test('MI6 more than 500 instances are created by follow-up commands', async () => {
  const game = play(await bundleOf(vote(each({ items: 'voters' }))))
  let facts = game.start({ voters: Array.from({ length: 1_200 }, (_, i) => i) }).facts
  let commands = 0
  for (let pending = facts.find((fact) => fact.kind === 'multiInstance.pending'); pending; ) {
    commands += 1
    facts = game.send('multiInstance.continue', pending.key, {}).facts
    pending = facts.find((fact) => fact.kind === 'multiInstance.pending')
  }
  expect(commands).toBe(2)
  expect(game.tasks()).toHaveLength(1_200)
  expect([...game.state.elements.values()].filter((one) => one.loopCounter === 1_200)).toHaveLength(1)
})

test('MI7 mappings belong to the instances; a failing output keeps the answer and is retried', async () => {
  const loop = each({ items: 'voters', element: 'voter', into: 'votes', result: 'score' })
  const game = play(await bundleOf(vote(loop, io({ who: '=voter' }, { score: '=number(vote) + factor' }))))
  game.start({ voters: ['a'], factor: 1 })
  game.complete('v', { vote: '41' })
  expect(game.variables().votes).toEqual([42])
})

test('MI8 a sub-process may be a multi-instance; a boundary stands at the whole of it', async () => {
  const xml = model(
    node('startEvent', 'start') +
      node(
        'subProcess',
        's',
        '',
        node('startEvent', 's0') +
          node('userTask', 'v') +
          node('endEvent', 's1') +
          line('s0', 'v', 's1') +
          each({ items: 'voters', element: 'voter' }),
      ) +
      node(
        'boundaryEvent',
        'b',
        '',
        '<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P1D</bpmn:timeDuration></bpmn:timerEventDefinition>',
        'attachedToRef="s"',
      ) +
      node('endEvent', 'end') +
      node('endEvent', 'late') +
      line('start', 's', 'end') +
      line('b', 'late'),
  )
  const game = play(await bundleOf(xml))
  game.start({ voters: [1, 2, 3] })
  game.complete('v')
  expect(game.state.timers.size).toBe(1)
  game.fire('b')
  expect(game.tasks()).toEqual([])
  expect(game.state.instance?.status).toBe('completed')
  expect(game.state.elements.size).toBe(1)
})

test('MI12 a sequential body that reads more than 10,000 items is an incident of the finished instance', async () => {
  const game = play(await bundleOf(vote(each({ items: 'voters', sequential: true }))))
  game.start({ voters: [1, 2] })
  game.complete('v', { voters: Array.from({ length: 10_001 }, () => 1) })
  const [incident] = [...game.state.incidents.values()]
  expect(incident).toMatchObject({ code: 'COLLECTION_TOO_LARGE', retry: 'complete' })
  game.send('variables.set', undefined, {
    scopeKey: game.state.instance?.key ?? 0,
    variables: { voters: [1] },
    local: false,
  })
  game.send('incident.resolve', incident?.key, {})
  expect(game.state.instance?.status).toBe('completed')
})

test('MI12 what an output mapping has changed is read', async () => {
  const loop = each({ items: 'voters', element: 'voter', sequential: true })
  const grow = io({}, { voters: '=if count(voters) < 3 then append(voters, voter + 1) else voters' })
  const game = play(await bundleOf(vote(loop, grow)))
  game.start({ voters: [1] })
  for (let turn = 0; turn < 3; turn++) game.complete('v')
  expect(game.variables().voters).toEqual([1, 2, 3])
  expect(game.state.instance?.status).toBe('completed')
})

test('MI15 the condition is given the results only when it names them', async () => {
  const enough = 'numberOfCompletedInstances = 3'
  const loop = (until: string) => each({ items: 'voters', into: 'votes', result: 'vote', until })
  const why = async (until: string) => {
    const game = play(await bundleOf(vote(loop(until))))
    game.start({ voters: [1, 2, 3] })
    for (let turn = 0; turn < 3; turn++) game.complete('v', { vote: 'yes' })
    return game.facts.find((fact) => fact.kind === 'multiInstance.decided')?.value
  }
  expect(await why(enough)).toMatchObject({ why: { inputs: { numberOfCompletedInstances: 3 } } })
  expect(await why(`${enough} and votes[3] = "yes"`)).toMatchObject({ completed: 3 })
})

test('MI14 an instance that an operator cannot finish ends with its body', async () => {
  const loop = each({ items: 'voters', until: 'numberOfCompletedInstances >= 1' })
  const game = play(await bundleOf(vote(loop, '<zeebe:priorityDefinition priority="=p"/>')))
  game.start({ voters: [1, 2], p: 200 })
  expect(game.state.incidents.size).toBe(2)
  game.send('variables.set', undefined, {
    scopeKey: game.state.instance?.key ?? 0,
    variables: { p: 1 },
    local: false,
  })
  game.send('incident.resolve', [...game.state.incidents.keys()][0], {})
  game.complete('v')
  expect(game.state.incidents.size).toBe(0)
  expect(game.state.instance?.status).toBe('completed')
})

test('VA2 VA4 what a worker of an instance gives back of all it was told stays in the instance', async () => {
  const loop = each({ items: '["x", "y"]', element: 'item', into: 'all', result: 'r' })
  const late = node('boundaryEvent', 'late', '', timer('timeDuration', 'PT1H'), 'attachedToRef="s"')
  const xml = model(
    node('startEvent', 'start') +
      node('serviceTask', 's', '<zeebe:taskDefinition type="t"/>', loop) +
      late +
      node('endEvent', 'end') +
      line('start', 's', 'end'),
  )
  const ended = async (isLate: boolean) => {
    const game = play(await bundleOf(xml))
    game.start()
    const jobs = game.facts.filter((fact) => fact.kind === 'job.created')
    expect(jobs[0]?.value.variables).toEqual({ all: [null, null], item: 'x', loopCounter: 1, r: null })
    for (const { key, value } of isLate ? jobs.slice(1) : jobs)
      game.send('job.complete', key, { variables: { ...value.variables, r: value.variables.item ?? null } })
    if (isLate) game.fire('late')
    expect(game.state.instance?.status).toBe('completed')
    return game.variables()
  }
  expect(await ended(false)).toEqual({ all: ['x', 'y'] })
  expect(await ended(true)).toEqual({})
})

test('VA2 VA4 CL3 what comes back from a process that an instance called stays in the instance', async () => {
  const called = node('startEvent', 'c_start') + node('endEvent', 'c_end') + line('c_start', 'c_end')
  const xml = model(
    node('startEvent', 'start') +
      node(
        'callActivity',
        'c',
        '<zeebe:calledElement processId="called" propagateAllChildVariables="true"/>',
        each({ items: '["x", "y"]', element: 'item', into: 'all', result: 'item', sequential: true }),
      ) +
      node('userTask', 'u') +
      line('start', 'c', 'u'),
    `<bpmn:process id="called" isExecutable="true">${called}</bpmn:process>`,
  )
  const game = play(await bundleOf(xml))
  game.start()
  expect(game.variables()).toEqual({ all: ['x', 'y'] })
})
