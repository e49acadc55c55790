import { expect, it } from 'vitest'
import { openLibsqlStore } from '../../db/libsql-store.ts'
import { differingTables, rebuild } from '../../projection/rebuild.ts'
import { clerk, type HostPlay, keyOf, seed, twoTasks } from './host-play.ts'
import { job } from './jobs.ts'
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
    await play.host.settle()
    const other = await openLibsqlStore(`${play.folder}/rebuilt.db`, { lock: false })
    const { rows: count } = await rebuild(play.host.store, other)
    expect(count).toBeGreaterThan(8)
    expect(await differingTables(play.host.store, other)).toEqual([])
    expect(await other.read.select().from(other.tables.package)).toMatchObject([
      { id: 'pack', version: 2, retired: true, name: 'Other' },
    ])
    await other.single.update(other.tables.userTask).set({ assignee: 'nobody' })
    expect(await differingTables(play.host.store, other)).toEqual(['userTask'])
    await other.close()
  })
}
