import { describe, expect, test } from 'vitest'
import { type CommandKind, emptyState, type Key, stateText, step } from '../../src/index.ts'
import { betweens, bundleOf, line, model, node, play, START, timer, units } from '../../src/testing/index.ts'
import { everything, kinds, send, started } from './everything.ts'
import { expectKept } from './tools.ts'

describe('keys', () => {
  const keys: readonly (readonly [string, Key | undefined])[] = [
    ['none', undefined],
    ['0', 0],
    ['-1', -1],
    ['a fraction', 0.5],
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['2^53', 2 ** 53],
    ['of a system stream', 7],
    ['of another case', 1025 * 2 ** 20 + 1],
    ['of this stream, not given out yet', 1024 * 2 ** 20 + 1_000_000],
  ]
  test.each(keys)('ST6 %s as a key is refused by every command that acts on something', async (_, key) => {
    const game = await started()
    // Those of a case as a whole have no key.
    const ofCase = (one: CommandKind) => one.startsWith('processInstance.') && one !== 'processInstance.create'
    for (const kind of kinds.filter((one) => !ofCase(one))) {
      const code = send(game, kind, key)
      expect([kind, code]).toEqual([kind, kind === 'processInstance.create' ? 'STATE_CONFLICT' : 'NOT_FOUND'])
    }
  })
  test('ST6 KE1 every command at every key of another kind is refused', async () => {
    const game = await started()
    const { tasks, jobs, timers, incidents, subscriptions, elements } = game.state
    const fitting: { readonly [kind: string]: ReadonlyMap<Key, unknown> } = {
      userTask: tasks,
      job: jobs,
      timer: timers,
      incident: incidents,
      message: subscriptions,
      signal: subscriptions,
      variables: elements,
      adHocSubProcess: elements,
      multiInstance: elements,
    }
    const all = [tasks, jobs, timers, incidents, subscriptions].flatMap((one) => [...one.keys()].slice(0, 3))
    for (const kind of kinds.filter((one) => !one.startsWith('processInstance')))
      for (const key of [...all, ...[...elements.keys()].slice(0, 12)]) {
        if (fitting[kind.split('.')[0]!]?.has(key)) continue
        expect([kind, send(game, kind, key)]).toEqual([kind, 'NOT_FOUND'])
      }
  })
  test('AH11 MI6 an element that is no ad-hoc sub-process and no multi-instance is refused', async () => {
    const game = await started()
    for (const { key, elementId, adHoc, multi } of [...game.state.elements.values()].slice(0, 14)) {
      if (!adHoc) expect([elementId, send(game, 'adHocSubProcess.activate', key)]).toEqual([elementId, 'NOT_FOUND'])
      if (!multi) expect([elementId, send(game, 'multiInstance.continue', key)]).toEqual([elementId, 'NOT_FOUND'])
    }
  })
  test('ME1 SG1 a message or signal of another name is refused', async () => {
    const game = await started()
    for (const key of game.state.subscriptions.keys()) {
      expect(send(game, 'message.correlate', key, { messageName: '__proto__', messageKey: 1, variables: {} })).toBe(
        'NOT_FOUND',
      )
      expect(send(game, 'signal.trigger', key, { signalName: '', signalKey: 1, variables: {} })).toBe('NOT_FOUND')
    }
  })
})

describe('the end of a case', () => {
  test('PI2 ST6 after the end every command is refused, at every key there was', async () => {
    const game = await started()
    const { tasks, jobs, timers, incidents, subscriptions, elements } = game.state
    const all = [tasks, jobs, timers, incidents, subscriptions, elements].flatMap((one) => [...one.keys()].slice(0, 4))
    game.send('processInstance.cancel', undefined, { reason: 'asked' })
    for (const kind of kinds)
      for (const key of [...all, undefined]) expect([kind, send(game, kind, key)]).not.toEqual([kind, 'taken'])
    expectKept(game)
  })
  test('ST6 before the start every command but the start is refused', async () => {
    const bundle = await bundleOf(everything)
    for (const kind of kinds.filter((one) => one !== 'processInstance.create')) {
      const game = play(bundle)
      expect([kind, send(game, kind, 1024 * 2 ** 20 + 1)]).toEqual([kind, 'NOT_FOUND'])
    }
  })
  test('ST6 UT3 what was done once is refused the second time, whatever the request id', async () => {
    const game = await started()
    const [task, job, timerKey] = [game.state.tasks, game.state.jobs, game.state.timers].map(
      (one) => [...one.keys()][0],
    )
    for (const [kind, key] of [
      ['userTask.complete', task],
      ['job.complete', job],
      ['timer.trigger', timerKey],
    ] as const) {
      expect(send(game, kind, key)).toBe('taken')
      expect(send(game, kind, key)).toMatch(/^(USER_TASK_COMPLETED|NOT_FOUND)$/)
    }
  })
})

describe('kinds and times', () => {
  test.each(['', 'toString', '__proto__', 'constructor', 'userTask.explode', 'processInstance.created'])(
    'ST6 the kind %j is refused with a code',
    async (kind) => {
      const game = await started()
      expect(send(game, kind as CommandKind, undefined, {})).toBe('BODY_INVALID')
    },
  )
  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2 ** 53, -(2 ** 53), 8.64e15 + 1, 1.5])(
    'ST6 the time %d is refused, as it is none',
    async (at) => {
      const game = await started()
      game.at = at
      expect(send(game, 'processInstance.cancel', undefined)).toBe('BODY_INVALID')
      const state = emptyState(1024)
      const value = { units, variables: {}, parameters: {}, businessId: null }
      const create = {
        kind: 'processInstance.create',
        at,
        actor: { type: 'system', id: 't' },
        requestId: 'r',
        value,
      } as const
      expect(step(await bundleOf(everything), state, create).rejection?.code).toBe('BODY_INVALID')
      expect(stateText(state)).toBe(stateText(emptyState(1024)))
    },
  )
  test.each([0, -0, -1, START, 8.64e15 - 86_400_000 * 366])(
    'TI1 at the time %d timers have times that are some',
    async (at) => {
      const game = play(await bundleOf(everything), betweens.refold)
      game.at = at
      game.start()
      expect([...game.state.timers.values()].map((one) => one.dueAt - at)).toEqual([3_600_000])
      expectKept(game)
    },
  )
  test('TI2 TI3 a cycle that leaves the calendar fires for the last time and ends', async () => {
    const event = node(
      'boundaryEvent',
      'b',
      '',
      timer('timeCycle', 'R/P10000Y'),
      'attachedToRef="a" cancelActivity="false"',
    )
    const xml = model(
      node('startEvent', 'start') +
        node('userTask', 'a') +
        line('start', 'a') +
        event +
        node('endEvent', 'told') +
        line('b', 'told'),
    )
    const game = play(await bundleOf(xml), betweens.refold)
    game.start()
    for (let count = 0; count < 60 && game.state.timers.size > 0; count += 1) {
      expect(Number.isSafeInteger([...game.state.timers.values()][0]?.dueAt)).toBe(true)
      game.fire('b')
    }
    expect(game.state.timers.size).toBe(0)
  })
})

describe('numbers', () => {
  test.each([Number.NaN, -1, 0.5, Number.NEGATIVE_INFINITY])('JO2 %d as retries are none left', async (retries) => {
    const game = await started()
    const [job] = game.state.jobs.keys()
    expect(send(game, 'job.fail', job, { retries, message: '', retryAt: null })).toBe('taken')
    expect(game.facts.find((fact) => fact.kind === 'job.failed')?.value.retries).toBe(0)
    expectKept(game)
  })
  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 101, 0.5])(
    'UT4 %d as a priority is refused',
    async (priority) => {
      const game = await started()
      expect(send(game, 'userTask.update', [...game.state.tasks.keys()][0], { priority })).toBe('BODY_INVALID')
    },
  )
})
