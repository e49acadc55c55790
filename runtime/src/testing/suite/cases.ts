import { expect, it } from 'vitest'
import { verifyTrail } from '../../audit/verify.ts'
import { clerk, code, type HostPlay, keyOf, kinds, twoTasks } from './host-play.ts'

/** Cases: tasks, candidates, numbers, what leaves memory. */
export function cases(play: HostPlay): void {
  it('lets one of fifty complete a task and tells the others (E01, E02)', async () => {
    await play.deploy(twoTasks)
    const task = keyOf((await play.start({ subject: 'x' })).facts, 'userTask.created')
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, i) => code(play.complete(task, `c${i}`, { type: 'person', id: `p${i}` }))),
    )
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'USER_TASK_COMPLETED')).toHaveLength(49)
    expect((await verifyTrail(play.host.store)).intact).toBe(true)
  })

  it('writes inbox rows with the case: candidates once each, by the unit of the case', async () => {
    await play.deploy(twoTasks)
    const task = keyOf((await play.start({ subject: 'Bridge' })).facts, 'userTask.created')
    expect(await play.rows('processInstance')).toMatchObject([
      { title: 'Bridge', number: 'SY-2026-0001', unitPath: '/t1/v1/', state: 'active' },
    ])
    const candidates = async () =>
      (await play.rows('taskCandidate')).map(({ role, unitId, claimable }) => `${role}@${unitId} ${claimable}`).sort()
    expect(await candidates()).toEqual(['reviewer@t1 true', 'village_clerk@v1 true'])
    await play.host.submit({
      kind: 'userTask.assign',
      key: task,
      actor: clerk,
      requestId: 'a',
      value: { assignee: 'clerk', allowOverride: false },
    })
    expect(await candidates()).toEqual(['reviewer@t1 false', 'village_clerk@v1 false'])
  })

  it('counts case numbers on after a restart, and gives one back that was not used', async () => {
    await play.deploy(twoTasks)
    await play.start({ subject: 'a' }, 's1')
    await play.reopen()
    await play.start({ subject: 'b' }, 's2')
    play.pin(Date.parse('2026-12-31T17:00:00Z'))
    await play.start({ subject: 'c' }, 's3')
    expect((await play.rows('processInstance')).map(({ number }) => number)).toEqual([
      'SY-2026-0001',
      'SY-2026-0002',
      'SY-2027-0001',
    ])
  })

  it('puts the least used case away with a snapshot and reads it back', async () => {
    await play.reopen({ liveLimit: 1 })
    await play.deploy(twoTasks)
    const one = await play.start({ subject: 'one' }, 's1')
    await play.start({ subject: 'two' }, 's2')
    await play.host.settle()
    expect((await play.rows('snapshot')).map(({ stream }) => stream)).toContain(one.stream)
    expect(kinds(await play.complete(keyOf(one.facts, 'userTask.created'), 'c'))).toContain('userTask.created')
  })

  it('puts an ended case away without one, and still knows what it was', async () => {
    await play.reopen({ liveLimit: 1 })
    await play.deploy(twoTasks)
    const one = await play.start({ subject: 'one' }, 's1')
    const task = keyOf(one.facts, 'userTask.created')
    await play.complete(keyOf((await play.complete(task, 'a')).facts, 'userTask.created'), 'b')
    await play.start({ subject: 'two' }, 's2')
    await play.reopen()
    expect((await play.rows('snapshot')).map(({ stream }) => stream)).not.toContain(one.stream)
    expect(await code(play.complete(task, 'late'))).toBe('USER_TASK_COMPLETED')
  })
}
