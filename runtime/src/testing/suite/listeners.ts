import { flow, line, model, node } from '@bihuan/engine/testing'
import { expect, it } from 'vitest'
import { clerk, type HostPlay, seed } from './host-play.ts'

const task = (id: string, priority: number) =>
  node('serviceTask', id, `<zeebe:taskDefinition type="pay"/><zeebe:jobPriorityDefinition priority="${priority}"/>`)
const urgent = model(
  `${node('startEvent', 's')}${node('parallelGateway', 'fork')}${['low', 'high', 'mid'].map((id, i) => `${task(id, [1, 9, 5][i]!)}${node('endEvent', `e_${id}`)}${line('fork', id, `e_${id}`)}`).join('')}${flow('s', 'fork')}`,
)
export const listened = model(
  `${node('startEvent', 's')}${node('userTask', 'a', '<zeebe:taskListeners><zeebe:taskListener eventType="creating" type="look"/><zeebe:taskListener eventType="completing" type="look"/></zeebe:taskListeners>')}
   ${node('serviceTask', 'j', '<zeebe:taskDefinition type="pay"/><zeebe:executionListeners><zeebe:executionListener eventType="start" type="look"/></zeebe:executionListeners>')}
   ${node('endEvent', 'e')}${line('s', 'a', 'j', 'e')}`,
)

/** Priorities of jobs, and listeners. */
export function listeners(play: HostPlay): void {
  const lend = (type: string, maxJobs = 10) => play.host.activateJobs({ type, worker: 'w', timeout: 1000, maxJobs })

  it('lends the job of the highest priority first', async () => {
    await play.deploy(urgent)
    await play.start()
    expect((await lend('pay', 1)).map(({ elementId }) => elementId)).toEqual(['high'])
    expect((await lend('pay')).map(({ elementId }) => elementId)).toEqual(['mid', 'low'])
  })

  it('keeps what is asked of a task until its listeners are done, and who asked for it', async () => {
    await play.deploy(listened)
    await play.start()
    const look = async (requestId: string, denied = false) => {
      const [job] = await lend('look')
      const result = { type: 'userTask' as const, denied, deniedReason: denied ? 'not yet' : '', corrections: {} }
      const value = { variables: {}, ...(job!.listenerKind === 'task' && { result }) }
      await play.host.submit({ kind: 'job.complete', key: job!.key, actor: seed, requestId, value })
      return job!
    }
    const state = async () =>
      (await play.rows('userTask')).map((row) => `${row.pending ?? row.state} ${row.completedBy}`)
    expect(await state()).toEqual(['creating null'])
    await play.reopen()
    expect(await look('l1')).toMatchObject({ listenerKind: 'task', listenerEvent: 'creating' })
    expect(await state()).toEqual(['created null'])
    const [open] = await play.rows('userTask')
    await play.complete(open!.key, 'c1')
    expect(await state()).toEqual([`completing ${clerk.id}`])
    await look('l2', true)
    expect(await state()).toEqual(['created null'])
    expect((await play.rows('job')).find(({ denied }) => denied)).toMatchObject({ deniedReason: 'not yet' })
    await play.complete(open!.key, 'c2')
    await play.reopen()
    await look('l3')
    expect(await state()).toEqual([`completed ${clerk.id}`])
    expect(await lend('pay')).toEqual([])
    expect(await look('l4')).toMatchObject({ listenerKind: 'execution', listenerEvent: 'start', elementId: 'j' })
    expect(await lend('pay')).toHaveLength(1)
  })
}
