import { timer } from '@bihuan/engine/testing'
import { expect, it } from 'vitest'
import { openLibsqlStore } from '../../db/libsql-store.ts'
import { differingTables, rebuild } from '../../projection/rebuild.ts'
import { caller, child } from './calls.ts'
import { clerk, type HostPlay, keyOf, named, seed, twoTasks } from './host-play.ts'
import { job } from './jobs.ts'
import { listened } from './listeners.ts'
import { begun, both } from './signals.ts'
import { begunBy, byMessage } from './starts.ts'
import { waiting } from './waits.ts'

/** Packages begun, published, retired, restored, given up: what of it is in the trail comes back, drafts are not in it. */
async function publishes({ host }: HostPlay): Promise<void> {
  const files = (name: string) => ({ 'package.yaml': `id: pack\nname: ${name}\n`, 'p.bpmn': twoTasks })
  const begin = (id: string) =>
    host.packages.create(
      async () => ({ id, name: 'Pack', unitId: '', files: files('Pack'), problems: [] }),
      [id],
      seed,
      `begin ${id}`,
    )
  const publish = async (note: string) => {
    const seen = (await host.packages.read('pack'))!.files
    await host.packages.publish({ id: 'pack', note, files: seen }, seed, note)
  }
  await begin('pack')
  await publish('one')
  const { 'package.yaml': text } = files('Other')
  await host.packages.save('pack', [{ name: 'package.yaml', text, revision: 1 }], 'p')
  await publish('two')
  await host.packages.setRetired('pack', true, 'r', seed, 'retire')
  await host.packages.setRetired('pack', false, 'r', seed, 'restore')
  await host.packages.setRetired('pack', true, 'r', seed, 'again')
  await begin('gone')
  await host.packages.discard('gone', seed)
}

/** What begins by itself, calls, listens and is told by signals, some of it still open. */
async function happens(play: HostPlay): Promise<void> {
  await play.deploy(begun, 'h1')
  await play.deploy(both, 'h2')
  await play.deploy(named(byMessage, 'byMessage'), 'h3')
  await play.deploy(named(begunBy(timer('timeCycle', 'R5/PT1H')), 'hourly'), 'h4')
  await play.deploy(child('one'), 'h5')
  await play.deploy(named(caller('latest'), 'caller'), 'h6')
  await play.deploy(named(listened, 'listened'), 'h7')
  await play.start({}, 'hs1', 'both')
  const called = await play.start({}, 'hs2', 'caller')
  await play.complete(keyOf(called.facts, 'userTask.created'), 'hc1')
  const asked = await play.start({}, 'hs3', 'listened')
  const corrections = { priority: 70, candidateUsers: ['p1'] }
  const value = { variables: {}, result: { type: 'userTask' as const, denied: false, deniedReason: '', corrections } }
  const key = keyOf(asked.facts, 'job.created')
  await play.host.submit({ kind: 'job.complete', key, actor: seed, requestId: 'hj', value })
  await play.host.broadcastSignal({ signalName: 'flood', variables: {}, actor: seed, requestId: 'hb' })
  const message = { name: 'reported', correlationKey: 'k', timeToLive: 0, messageId: null, variables: {}, actor: seed }
  await play.host.publishMessage({ ...message, requestId: 'hm' })
  play.pass(3_600_000)
  await play.host.settle()
  await play.start({}, 'hs4', 'both')
  const { instanceKey } = await play.start({}, 'hs5', 'both')
  const activate = [{ elementId: 'late', variables: [{ scopeId: null, variables: { level: 4 } }] }]
  const operated = { key: instanceKey, actor: seed }
  const modified = { reason: 'asked', activate, move: [], terminate: [{ elementId: 'a' }] }
  await play.host.submit({ kind: 'processInstance.modify', ...operated, requestId: 'ho1', value: modified })
  await play.host.submit({ kind: 'processInstance.suspend', ...operated, requestId: 'ho2', value: { reason: 'asked' } })
}

/** Tables made anew from the trail. */
export function rebuilds(play: HostPlay): void {
  it('rebuilds every table from the trail to the same rows', async () => {
    await play.deploy(twoTasks, 'd1')
    const one = await play.start(
      { subject: 'one', photos: [{ id: 'f1', name: 'a.jpg', type: 'image/jpeg', size: 1 }] },
      's1',
    )
    await play.complete(keyOf(one.facts, 'userTask.created'), 'c', clerk, { yes: true })
    await play.start({ subject: 'two' }, 's2')
    await play.deploy(job, 'd2')
    await play.start({ sum: 1 }, 's3')
    await play.deploy(waiting, 'd3')
    await play.start({ order: 'o' }, 's4')
    await play.host.setParameters({ packageId: 'process', unitId: 'v1', effectiveFrom: 0, values: { a: 1 } }, seed, 'p')
    await publishes(play)
    await happens(play)
    await play.host.settle()
    const other = await openLibsqlStore(`${play.folder}/rebuilt.db`, { lock: false })
    const { rows: count } = await rebuild(play.host.store, other)
    expect(count).toBeGreaterThan(8)
    expect(await differingTables(play.host.store, other)).toEqual([])
    for (const table of ['startTimer', 'startSubscription', 'messageStart', 'signalSubscription'] as const)
      expect(await other.read.select().from(other.tables[table])).not.toEqual([])
    expect(await other.read.select().from(other.tables.package)).toMatchObject([
      { id: 'pack', version: 2, retired: true, name: 'Other' },
    ])
    await other.single.update(other.tables.userTask).set({ assignee: 'nobody' })
    expect(await differingTables(play.host.store, other)).toEqual(['userTask'])
    await other.close()
  })
}
