import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asc, eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Host } from '../host/host.ts'
import type { HostOptions } from '../host/open.ts'
import { keyFolder } from '../host/sealing.ts'
import { type TemporaryHost, temporaryHost } from '../testing/open.ts'
import { libsqlPlaces, type Place, postgresqlPlaces } from '../testing/place.ts'
import { KeyRing } from './key-ring.ts'
import { holdsConsistency, holdsInclusion, leafHash } from './merkle.ts'
import { verifyCheckpointFile } from './outside.ts'
import { checkpointsAfter, consistencyProof, Prover, signedKeys } from './proof.ts'
import { readCheckpoint, readKeys } from './statement.ts'
import { verifyTrail } from './verify.ts'
import { verifySeal } from './verify-seal.ts'

const actor = { type: 'system', id: 'test' } as const

describe.each([libsqlPlaces, postgresqlPlaces])('the seal on $name', (places) => {
  afterAll(() => places.end())
  let place: Place
  let temporary: TemporaryHost
  let copies: string
  let host: Host
  const reports: unknown[] = []

  const reopen = async (more: HostOptions = {}) => {
    host = await temporary.reopen({
      seal: { folder: temporary.folder, copyTo: copies },
      report: (what, error) => reports.push([what, error]),
      ...more,
    })
  }
  const write = async (count: number) => {
    await Promise.all(
      Array.from({ length: count }, (_, i) =>
        host.record(i % 2 === 0 ? 'security' : 'organisation', 'test', actor, { i }),
      ),
    )
  }
  const checkpoints = () => checkpointsAfter(host.store, 0, 1000)
  const lines = (folder: string) =>
    readFileSync(join(folder, 'checkpoints.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))

  beforeEach(async () => {
    reports.length = 0
    place = places.make()
    copies = mkdtempSync(join(tmpdir(), 'bihuan-copies-'))
    temporary = await temporaryHost((options) => place.open(options))
    await reopen()
  })
  afterEach(async () => {
    expect(reports).toEqual([])
    await temporary.remove()
    await place.remove()
    rmSync(copies, { recursive: true, force: true })
  })

  it('T01 finds every row that was written while nobody sealed, also of a stream shorter than a sealed one', async () => {
    await host.record('security', 'test', actor, {})
    for (let i = 0; i < 5; i += 1) await host.record('organisation', 'test', actor, { i })
    await host.seal()
    await temporary.reopen()
    await temporary.host.record('security', 'test', actor, {})
    await reopen()
    await host.seal()
    const { stream, leaf } = host.store.tables
    const rows = (await host.store.read.select().from(stream)).reduce((sum, { sequence }) => sum + sequence, 0)
    expect(await host.store.read.select().from(leaf)).toHaveLength(rows)
  })

  it('T01 signs a checkpoint after 1,000 rows, or ten minutes after a row, and not before', async () => {
    await write(40)
    await host.settle()
    expect(await checkpoints()).toEqual([])
    temporary.clock.pin(temporary.clock.now() + 10 * 60_000)
    await host.settle()
    expect((await checkpoints()).map(({ body }) => readCheckpoint(body)?.size)).toEqual([40])
    await write(1_100)
    await host.settle()
    const [, second] = await checkpoints()
    // The first checkpoint made the first key, which is a row too.
    expect(readCheckpoint(second!.body)).toMatchObject({ number: 2, tree: 1, size: 1_141, algorithm: 'sha256' })
    temporary.clock.pin(temporary.clock.now() + 60 * 60_000)
    await host.settle()
    expect(await checkpoints()).toHaveLength(2)
    expect(await verifyTrail(host.store)).toMatchObject({ intact: true, rows: 1_141 })
    expect(await verifySeal(host.store)).toMatchObject({ sealed: 1_141, waiting: 0, breaks: [] })
    for (const folder of [temporary.folder, copies]) expect(lines(folder)).toHaveLength(2)
  })

  it('finds rows that were written while it was not there, and goes on where it stopped', async () => {
    await write(300)
    await host.seal()
    await reopen({ seal: undefined as never })
    await write(33)
    await reopen()
    await host.seal()
    expect(await verifySeal(host.store)).toMatchObject({ checkpoints: 2, sealed: 334, breaks: [] })
  })

  it('proves each row against the newest checkpoint, and each checkpoint to be the beginning of the later ones', async () => {
    await write(77)
    await host.seal()
    await write(100)
    await host.seal()
    await write(3)
    await host.settle()
    const prover = new Prover(host.store)
    const { trail } = host.store.tables
    const rows = await host.store.read.select().from(trail).orderBy(asc(trail.stream), asc(trail.sequence))
    let proven = 0
    for (const row of rows) {
      const proof = await prover.inclusion(row.stream, row.sequence)
      if (!proof) continue
      const { root } = readCheckpoint(prover.checkpoints[0]!.body)!
      expect(holdsInclusion('sha256', leafHash('sha256', row.hash), proof, proof.path, root)).toBe(true)
      proven += 1
    }
    expect(proven).toBe(178)
    const proof = await consistencyProof(host.store, 1, 2)
    const [first, second] = [proof!.first, proof!.second].map(({ body }) => readCheckpoint(body)!)
    expect(holdsConsistency('sha256', first!, second!, proof!.path)).toBe(true)
    expect(await consistencyProof(host.store, 2, 1)).toBeNull()
    expect(await consistencyProof(host.store, 1, 9)).toBeNull()
  })

  it('T05 goes from SHA-256 to SM3 in the middle of a stream, with a tree of its own; old proofs hold', async () => {
    await write(50)
    await host.settle()
    await reopen({ hash: 'sm3' })
    await write(20)
    await host.seal()
    const all = (await checkpoints()).map(({ body }) => readCheckpoint(body)!)
    expect(all.map(({ tree, algorithm }) => [tree, algorithm])).toEqual([
      [1, 'sha256'],
      [2, 'sm3'],
    ])
    const { trail } = host.store.tables
    const rows = await host.store.read.select().from(trail).where(eq(trail.stream, 5)).orderBy(asc(trail.sequence))
    expect(new Set(rows.map(({ hash }) => hash.slice(0, 4) === 'sm3:'))).toEqual(new Set([false, true]))
    expect(await verifyTrail(host.store)).toMatchObject({ intact: true })
    expect((await verifySeal(host.store)).breaks).toEqual([])
    const proof = (await new Prover(host.store).inclusion(5, 1))!
    expect(holdsInclusion('sha256', leafHash('sha256', rows[0]!.hash), proof, proof.path, all[0]!.root)).toBe(true)
    const newest = (await new Prover(host.store).inclusion(5, rows.length - 1))!
    const leaf = leafHash('sm3', rows.at(-2)!.hash)
    expect(holdsInclusion('sm3', leaf, newest, newest.path, all[1]!.root)).toBe(true)
  })

  it('T05 a key that follows is signed by the one before, a key after a lost one is not; old checkpoints hold', async () => {
    await write(5)
    await host.seal()
    const keys = new KeyRing(host.store, keyFolder(temporary.folder))
    const add = async (algorithm: 'ed25519' | 'sm2', reason: 'rotated' | 'lost') => {
      const row = await keys.next(algorithm, reason, temporary.clock.now())
      await host.record('security', 'signingKey.rotated', actor, { body: row.body }, [
        { op: 'insert', table: 'signingKey', row },
      ])
      await write(2)
      await host.seal()
    }
    await add('sm2', 'rotated')
    expect((await keys.keys()).map(({ isVouched }) => isVouched)).toEqual([true, true])
    for (const name of readdirSync(keyFolder(temporary.folder))) {
      expect(statSync(join(keyFolder(temporary.folder), name)).mode & 0o777).toBe(0o600)
      unlinkSync(join(keyFolder(temporary.folder), name))
    }
    await write(1)
    await expect(host.seal()).rejects.toThrow(/bihuan key lost/)
    await expect(keys.next('ed25519', 'rotated', 0)).rejects.toThrow(/bihuan key lost/)
    await add('ed25519', 'lost')
    expect((await keys.keys()).map(({ isVouched }) => isVouched)).toEqual([true, true, false])
    expect(await verifySeal(host.store)).toMatchObject({ checkpoints: 3, breaks: [] })
    const history = [...(await signedKeys(host.store))]
    // Said to be by plan, a key has to be signed by the one before.
    history[1] = { ...history[1]!, previousSignature: null }
    expect(readKeys(history)).toEqual({ ok: false, number: 2 })
    expect((await checkpoints()).map(({ body }) => readCheckpoint(body)!.keyId.split(':')[0])).toEqual([
      'ed25519',
      'sm2',
      'ed25519',
    ])
  })

  it('a line that was cut off is ended and written again', async () => {
    await write(5)
    await host.seal()
    const path = join(copies, 'checkpoints.jsonl')
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.slice(0, 40))
    await reopen()
    await write(5)
    await host.seal()
    const [broken, ...rest] = readFileSync(path, 'utf8').trimEnd().split('\n')
    expect(broken).toBe(text.slice(0, 40))
    expect(rest.map((line) => readCheckpoint(JSON.parse(line).body)?.number)).toEqual([1, 2])
  })

  it('T01 a copy that ends with a checkpoint the database does not have is told of, and left as it is', async () => {
    await write(5)
    await host.seal()
    const path = join(copies, 'checkpoints.jsonl')
    // What an older database, or one that was written anew, would meet.
    const other = readFileSync(path, 'utf8').replace('size 5', 'size 6')
    writeFileSync(path, other)
    const keysPath = join(copies, 'signing-keys.jsonl')
    const keys = `${readFileSync(keysPath, 'utf8')}{"body":"of a later key"}\n`
    writeFileSync(keysPath, keys)
    await reopen()
    await write(5)
    await host.seal()
    expect(reports).toEqual([
      ['copy of checkpoints', expect.objectContaining({ message: expect.stringMatching(/older one/) })],
    ])
    expect(readFileSync(path, 'utf8')).toBe(other)
    expect(readFileSync(keysPath, 'utf8')).toBe(keys)
    expect(lines(temporary.folder)).toHaveLength(2)
    reports.length = 0
  })

  it('T01 a copy that is away for a while, as a share is, has every checkpoint when it is back', async () => {
    const numbers = () => lines(copies).map(({ body }) => readCheckpoint(body)!.number)
    const sealSome = async () => {
      await write(5)
      await host.seal()
    }
    await sealSome()
    const away = `${copies}-away`
    renameSync(copies, away)
    await sealSome()
    expect(numbers()).toEqual([1, 2])
    rmSync(copies, { recursive: true })
    renameSync(away, copies)
    await sealSome()
    expect(numbers()).toEqual([1, 2, 3])
    expect(await verifyCheckpointFile(join(copies, 'checkpoints.jsonl'))).toMatchObject({ intact: true })
  })

  it('a copy that cannot be written is told of once, and again after ten minutes, not every second', async () => {
    await write(5)
    await host.seal()
    rmSync(copies, { recursive: true })
    writeFileSync(copies, 'a file where the folder should be')
    const minutes = (count: number) => temporary.clock.pin(temporary.clock.now() + count * 60_000)
    await write(5)
    await host.settle()
    minutes(10)
    for (let i = 0; i < 5; i += 1) await host.settle()
    expect(reports).toHaveLength(1)
    minutes(10)
    for (let i = 0; i < 5; i += 1) await host.settle()
    expect(reports).toHaveLength(2)
    rmSync(copies)
    await host.settle()
    expect(lines(copies)).toHaveLength(2)
    reports.length = 0
  })

  it('names keys, checkpoints, leaves and nodes that were changed, and a row that is another than the sealed one', async () => {
    await write(100)
    await host.seal()
    const { checkpoint, leaf, treeNode, signingKey } = host.store.tables
    const { single, read } = host.store
    const faults = async () => (await verifySeal(host.store)).breaks.map(({ what, fault }) => `${what} ${fault}`)
    const [kept] = await read.select().from(checkpoint)
    await single.update(checkpoint).set({ size: 99 })
    expect(await faults()).toEqual(['checkpoint columns'])
    await single.update(checkpoint).set({ size: 100, body: kept!.body.replace('size 100', 'size 99') })
    expect(await faults()).toContain('checkpoint signature')
    await single.update(checkpoint).set(kept!)
    await single
      .update(leaf)
      .set({ hash: 'f'.repeat(64) })
      .where(eq(leaf.number, 50))
    expect(await faults()).toEqual(expect.arrayContaining(['checkpoint root', 'node differs']))
    const [row] = await read.select().from(leaf).where(eq(leaf.number, 50))
    expect((await verifyTrail(host.store)).breaks).toEqual([
      { stream: row!.stream, sequence: row!.sequence, fault: 'leaf' },
    ])
    await single.delete(leaf).where(eq(leaf.number, 50))
    expect(await faults()).toEqual(expect.arrayContaining(['leaf missing', 'checkpoint missing']))
    expect((await verifyTrail(host.store)).breaks).toMatchObject([{ sequence: row!.sequence, fault: 'unsealed' }])
    await single.delete(treeNode)
    expect(await faults()).toContain('node missing')
    await single.update(signingKey).set({ signature: 'AAAA' })
    expect(await faults()).toContain('key signature')
  })
})
