import { expect, it } from 'vitest'
import { caseNames } from '../../engine/test/cases.ts'
import type { Host } from '../src/host/host.ts'
import { differingTables, rebuild } from '../src/projection/rebuild.ts'
import { temporaryHost } from '../src/testing/open.ts'
import { playDurably } from './durable.ts'

/** Tables whose rows are others when they are made from the trail alone. */
async function differing(host: Host): Promise<readonly string[]> {
  const fresh = await temporaryHost()
  try {
    await rebuild(host.store, fresh.host.store)
    return await differingTables(host.store, fresh.host.store)
  } finally {
    await fresh.remove()
  }
}

it.each(caseNames.filter((name) => name.startsWith('migration/')))(
  'MG13 %s leads to the same facts on the durable host, opened again after every command, and its rows follow from the trail',
  async (name) => {
    const tables: string[] = []
    const { wanted, found } = await playDurably(name, async (host, kind) => {
      if (kind === 'processInstance.migrate') tables.push(...(await differing(host)))
    })
    expect(found).toEqual(wanted)
    expect(tables).toEqual([])
  },
)
