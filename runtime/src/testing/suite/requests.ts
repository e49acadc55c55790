import { expect, it } from 'vitest'
import { verifyTrail } from '../../audit/verify.ts'
import { clerk, code, type HostPlay, keyOf, seed, twoTasks } from './host-play.ts'

/** Requests and their ids. */
export function requests(play: HostPlay): void {
  it('answers a repeated request from the first, and refuses its id for something else (F13, E03)', async () => {
    await play.deploy(twoTasks)
    const first = await play.start({ subject: 'x' })
    const again = await Promise.all([play.start({ subject: 'x' }), play.start({ subject: 'x' })])
    for (const answer of again) expect(answer).toEqual(first)
    await play.reopen()
    expect(await play.start({ subject: 'x' })).toEqual(first)
    expect(await code(play.start({ subject: 'y' }))).toBe('IDEMPOTENCY_KEY_REUSED')
    expect(await play.rows('processInstance')).toHaveLength(1)
    const task = keyOf(first.facts, 'userTask.created')
    const twice = await Promise.all([play.complete(task, 'c'), play.complete(task, 'c')])
    expect(twice[0]).toEqual(twice[1])
    expect(await code(play.complete(task, 'c', clerk, { other: 1 }))).toBe('IDEMPOTENCY_KEY_REUSED')
  })

  it('E03 a request id is taken by what is on disk, not by one under way that is refused', async () => {
    await play.deploy(twoTasks)
    const started = await play.start({ subject: 'x' })
    const task = keyOf(started.facts, 'userTask.created')
    await play.complete(task, 'c')
    const set = (n: number) =>
      play.host.submit({
        kind: 'variables.set',
        key: started.instanceKey,
        actor: seed,
        requestId: 'same',
        value: { scopeKey: started.instanceKey, variables: { n }, local: true },
      })
    const codes = await Promise.all([play.complete(task, 'same'), set(1), set(2), set(1)].map(code))
    expect(codes).toEqual(['USER_TASK_COMPLETED', 'accepted', 'IDEMPOTENCY_KEY_REUSED', 'accepted'])
  })

  it('takes a command once that could be done twice, also after a restart (E03, F13)', async () => {
    await play.deploy(twoTasks)
    const { instanceKey } = await play.start({ subject: 'x' })
    const set = (n: number, requestId = 'set') =>
      play.host.submit({
        kind: 'variables.set',
        key: instanceKey,
        actor: seed,
        requestId,
        value: { scopeKey: instanceKey, variables: { n }, local: true },
      })
    const first = await set(1)
    await set(2, 'later')
    expect(await set(1)).toEqual(first)
    await play.reopen()
    // Beside a command of another request: only the repeat is taken back.
    const [again, other] = await Promise.all([set(1), set(3, 'other')])
    expect(again).toEqual(first)
    expect(other.sequence).toBe(first.sequence + 2)
    expect(await code(set(9))).toBe('IDEMPOTENCY_KEY_REUSED')
    expect((await play.rows('variable')).find(({ name }) => name === 'n')?.value).toBe(3)
    expect((await play.rows('request')).filter(({ requestId }) => requestId === 'set')).toHaveLength(1)
    expect((await verifyTrail(play.host.store)).intact).toBe(true)
  })

  it('answers the repeat of a refused request with the refusal, and of an answered one although it would be refused now', async () => {
    await play.deploy(twoTasks)
    const started = await play.start({ subject: 'x' })
    const task = keyOf(started.facts, 'userTask.created')
    const done = await play.complete(task, 'c')
    expect(await code(play.complete(task, 'other'))).toBe('USER_TASK_COMPLETED')
    expect(await code(play.complete(task, 'other'))).toBe('USER_TASK_COMPLETED')
    await play.complete(keyOf(done.facts, 'userTask.created'), 'd')
    expect(await play.complete(task, 'c')).toEqual(done)
    await play.reopen()
    expect(await play.complete(task, 'c')).toEqual(done)
  })

  it('records parameters once for a repeated request', async () => {
    const set = (n: number) =>
      play.host.setParameters(
        { packageId: 'process', unitId: 'v1', effectiveFrom: 0, values: { n } },
        seed,
        'parameters',
      )
    await Promise.all([set(1), set(1)])
    await play.reopen()
    await set(1)
    expect(await code(set(2))).toBe('IDEMPOTENCY_KEY_REUSED')
    expect(await play.rows('parameterSet')).toMatchObject([{ unitId: 'v1', values: { n: 1 } }])
  })
}
