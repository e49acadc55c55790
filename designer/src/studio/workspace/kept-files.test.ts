import { describe, expect, it } from 'vitest'
import type { KeptText } from '../../api/kept-text.ts'
import { baseOf, keptOf, keptShelf, missingThere, withKept } from './kept-files.ts'
import { ledgerOf } from './ledger.ts'
import { reconcile } from './reconcile.ts'

function shelf() {
  const store = new Map<string, Record<string, unknown>>()
  const kept: KeptText = {
    keep: async (name, answers) => void store.set(name, structuredClone(answers)),
    read: async (name) => store.get(name) ?? null,
    drop: async (name) => void store.delete(name),
  }
  return { store, shelf: keptShelf('leave', kept, () => '2026-11-25T06:00:00.000Z') }
}

describe('what a device keeps of a package', () => {
  const server = ledgerOf([
    { name: 'a', text: '1', revision: 3 },
    { name: 'b', text: '1', revision: 0 },
  ])

  it('is what the server does not have, and comes back as it was', async () => {
    const { shelf: it, store } = shelf()
    await it.keep(keptOf(server, { a: '2', c: 'new' }))
    const kept = await it.read()
    expect(kept?.files).toEqual([
      { name: 'a', text: '2', base: '1' },
      { name: 'b', text: null, base: '1' },
      { name: 'c', text: 'new', base: null },
    ])
    await it.drop()
    expect([store.size, await it.read()]).toEqual([0, null])
  })

  it('is not offered when the server has it by now', async () => {
    const kept = { at: '', files: [{ name: 'a', text: '1', base: '0' }] }
    expect(missingThere(kept, server)).toBeNull()
  })

  it('clashes with what somebody else saved meanwhile', () => {
    const kept = {
      at: '',
      files: [
        { name: 'a', text: 'mine', base: '0' },
        { name: 'b', text: 'mine', base: '1' },
      ],
    }
    const { take, clashes } = reconcile(baseOf(kept, server), withKept(kept, { a: '1', b: '1' }), server)
    expect(take).toEqual({})
    expect(clashes.map(({ name }) => name)).toEqual(['a'])
  })

  it('is taken for nothing when it cannot be read', async () => {
    const { shelf: it, store } = shelf()
    store.set('package leave', { at: 5, files: [{}] })
    expect(await it.read()).toBeNull()
  })
})
