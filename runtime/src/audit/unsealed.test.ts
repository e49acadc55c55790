import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openLibsqlStore } from '../db/libsql-store.ts'
import { insert, upsert } from '../db/row-change.ts'
import type { Store } from '../db/store.ts'
import { Unsealed, type UnsealedRow } from './unsealed.ts'

let folder: string
let store: Store
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-unsealed-'))
  store = await openLibsqlStore(join(folder, 'a.db'), { lock: false })
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const hashOf = (stream: number, sequence: number) => `${stream}:${sequence}`
const row = (stream: number, sequence: number) => ({
  stream,
  sequence,
  position: sequence,
  at: 0,
  actorType: 'system' as const,
  actorId: 'test',
  requestId: '',
  kind: 'test',
  heads: '[]',
  previousHash: '',
  hash: hashOf(stream, sequence),
})
const written = async (stream: number, last: number) => {
  const changes = Array.from({ length: last }, (_, i) => insert('trail', row(stream, i + 1)))
  const head = { stream, sequence: last, hash: '', records: last, counter: 0 }
  await store.write([{ lock: null, changes: [...changes, upsert('stream', head)], owner: null }])
}

it('P3 takes each row of many streams once, those of a stream in their order, however few at once', async () => {
  const unsealed = new Unsealed(store)
  const expected: string[] = []
  for (let stream = 1; stream <= 75; stream += 1) {
    const last = (stream % 4) + 1
    await written(stream, last)
    for (let sequence = 1; sequence <= last; sequence += 1) expected.push(hashOf(stream, sequence))
    unsealed.note(stream)
  }
  const taken: UnsealedRow[] = []
  for (let limit = 1; !unsealed.isEmpty; limit = (limit % 90) + 13) {
    const rows = await unsealed.take(limit)
    expect(rows.length).toBeLessThanOrEqual(limit)
    const leaves = rows.map((one, i) => insert('leaf', { tree: 1, number: taken.length + i, ...one }))
    await store.write([{ lock: null, changes: leaves, owner: null }])
    taken.push(...rows)
  }
  expect(taken.map(({ hash }) => hash).sort()).toEqual(expected.sort())
  for (let stream = 1; stream <= 75; stream += 1) {
    const sequences = taken.filter((one) => one.stream === stream).map(({ sequence }) => sequence)
    expect(sequences).toEqual(sequences.map((_, i) => i + 1))
  }
})
