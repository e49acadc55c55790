import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eq } from 'drizzle-orm'
import { unzipSync, zipSync } from 'fflate'
import type { Static } from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { holdsConsistency, holdsInclusion, leafHash } from '../audit/merkle.ts'
import { readCheckpoint } from '../audit/statement.ts'
import type { CheckpointList, ConsistencyProof, InclusionProof } from '../contract/trail.ts'
import { openTestApp, type TestApp } from './test-app.ts'

const VERIFIER = fileURLToPath(new URL('../../verifier/verify-bihuan.mjs', import.meta.url))
let app: TestApp
let empty: string
let key: string
let content: Uint8Array

beforeAll(async () => {
  app = await openTestApp()
  // A folder with the verifier alone: nothing of ours is near it.
  empty = mkdtempSync(join(tmpdir(), 'bihuan-outside-'))
  copyFileSync(VERIFIER, join(empty, 'verify-bihuan.mjs'))
  const clerk = await app.as('clerk.east')
  const body = { processId: 'petition', unitId: 'east', formKey: null, answers: { subject: '路灯不亮' } }
  key = ((await (await clerk('POST', '/api/cases', body)).json()) as { caseKey: string }).caseKey
  await app.server.host.seal()
  await app.server.host.record('security', 'test', { type: 'system', id: 'test' }, {})
  await app.server.host.seal()
  content = new Uint8Array(await (await clerk('GET', `/api/cases/${key}/archive`)).arrayBuffer())
})
afterAll(async () => {
  await app.close()
  rmSync(empty, { recursive: true, force: true })
})

/** Runs the verifier where nothing but it is; gives its exit code and what it says. */
function outside(bytes: Uint8Array, ...options: string[]): { readonly code: number; readonly said: string } {
  writeFileSync(join(empty, 'package.zip'), bytes)
  const given = ['verify-bihuan.mjs', 'package.zip', '--lang', 'en', ...options]
  try {
    const said = execFileSync(process.execPath, given, { cwd: empty, env: {}, encoding: 'utf8', stdio: 'pipe' })
    return { code: 0, said }
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string }
    return { code: status, said: stdout + stderr }
  }
}

/** The package with one file more, which its manifest names. */
function withMore(name: string, more: Uint8Array): Uint8Array {
  const files = unzipSync(content)
  const manifest = JSON.parse(Buffer.from(files['manifest.json']!).toString())
  manifest.files[name] = createHash('sha256').update(more).digest('hex')
  return zipSync({ ...files, 'manifest.json': Buffer.from(JSON.stringify(manifest)), [name]: more })
}

/** The package with one file changed, and its digest in the manifest with it. */
function changed(name: string, change: (text: string) => string): Uint8Array {
  const files = unzipSync(content)
  const text = change(Buffer.from(files[name]!).toString())
  const manifest = JSON.parse(Buffer.from(files['manifest.json']!).toString())
  if (name !== 'manifest.json') manifest.files[name] = createHash('sha256').update(text).digest('hex')
  files['manifest.json'] = Buffer.from(JSON.stringify(manifest))
  files[name] = Buffer.from(text)
  return zipSync(files)
}

const auditor = () => app.as('auditor')
const list = async () =>
  (await (await (await auditor())('GET', '/api/trail/checkpoints')).json()) as Static<typeof CheckpointList>

test('T05 the auditor hands out checkpoints and keys, proofs of rows, and that each checkpoint continues the one before', async () => {
  const ask = await auditor()
  const { items, keys, next } = await list()
  expect([items.length, keys.length, next]).toEqual([2, 1, null])
  expect(
    ((await (await ask('GET', '/api/trail/checkpoints?after=1')).json()) as { items: unknown[] }).items,
  ).toHaveLength(1)
  const stream = Math.floor(Number(key) / 2 ** 20)
  const answer = await ask('GET', `/api/trail/proof/inclusion?stream=${stream}&sequence=1`)
  const proof = (await answer.json()) as Static<typeof InclusionProof>
  const { root } = readCheckpoint(proof.checkpoint.body)!
  expect(holdsInclusion('sha256', leafHash('sha256', proof.hash), proof, proof.path, root)).toBe(true)
  const between = await ask('GET', '/api/trail/proof/consistency?first=1&second=2')
  const { first, second, path } = (await between.json()) as Static<typeof ConsistencyProof>
  expect(holdsConsistency('sha256', readCheckpoint(first.body)!, readCheckpoint(second.body)!, path)).toBe(true)
  expect((await ask('GET', '/api/trail/proof/inclusion?stream=1&sequence=999')).status).toBe(404)
  expect((await ask('GET', '/api/trail/proof/consistency?first=2&second=1')).status).toBe(404)
  expect((await ask('GET', '/api/trail/proof/inclusion?stream=x')).status).toBe(422)
})

test('a package is verified where nothing of the system is, by the key or by a checkpoint kept elsewhere', async () => {
  const { items, keys } = await list()
  const fingerprint = /^key ed25519:(.+)$/m.exec(keys[0]!.body)![1]!
  const plain = outside(content)
  expect(plain).toMatchObject({ code: 0, said: expect.stringContaining('Compare the key above') })
  expect(plain.said).toContain('PT-2026-0001: 1 rows, 0 not sealed')
  expect(outside(content, '--key', fingerprint)).toMatchObject({
    code: 0,
    said: expect.stringContaining('vouched for'),
  })
  expect(outside(content, '--key', 'f'.repeat(64)).code).toBe(1)
  const kept = join(empty, 'kept.jsonl')
  copyFileSync(join(app.folder, 'checkpoints.jsonl'), kept)
  expect(outside(content, '--checkpoint', kept)).toMatchObject({ code: 0, said: expect.stringContaining('you kept') })
  writeFileSync(kept, `${JSON.stringify(items[0])}\n`)
  expect(outside(content, '--checkpoint', kept)).toMatchObject({ code: 1, said: expect.stringContaining('newer copy') })
  writeFileSync(kept, `${JSON.stringify({ body: items[1]!.body.replace(/size \d+/, 'size 1') })}\n`)
  expect(outside(content, '--checkpoint', kept)).toMatchObject({ code: 1, said: expect.stringContaining('another') })
})

test('T01 whatever is changed in a package is found and named', () => {
  const files = unzipSync(content)
  const without = (name: string) => zipSync(Object.fromEntries(Object.entries(files).filter(([one]) => one !== name)))
  const cases: readonly (readonly [Uint8Array, string])[] = [
    [zipSync({ ...files, 'case.json': Buffer.from(`${Buffer.from(files['case.json']!)} `) }), 'case.json was changed'],
    [zipSync({ ...files, 'more.txt': Buffer.from('x') }), 'more.txt does not belong'],
    [without('history.json'), 'history.json is missing'],
    [
      changed('case.json', (text) => text.replace('路灯不亮', '路灯全亮')),
      'Row 1 was changed (processInstance.create)',
    ],
    [changed('case.json', (text) => text.replace(/"at":(\d+)/, '"at":1$1')), 'Row 1 was changed (hash)'],
    [changed('history.json', (text) => text.replace('路灯不亮', '路灯全亮')), 'history.json is not what'],
    [changed('proof.json', (text) => text.replace(/"index": \d+/, '"index": 0')), 'Row 1 is not in checkpoint 2'],
    [changed('proof.json', (text) => text.replace(/size \d+/, 'size 7')), 'Row 1 is not in checkpoint 2'],
    [
      changed('proof.json', (text) => text.replace(/time 2026/, 'time 2025')),
      'signature of checkpoint 2 does not hold',
    ],
    [changed('proof.json', (text) => text.replace('reason first', 'reason lost')), 'statement of key 1 does not hold'],
    [
      changed('proof.json', (text) => JSON.stringify({ ...JSON.parse(text), rows: [], checkpoints: [] })),
      'nothing is proven',
    ],
    [new Uint8Array([1, 2, 3]), 'cannot be opened'],
    [content.subarray(0, content.length - 40), 'cannot be opened'],
  ]
  for (const [bytes, words] of cases)
    expect(outside(bytes)).toMatchObject({ code: 1, said: expect.stringContaining(words) })
})

test('T01 a package says nothing of the case that its rows do not say, and holds no attachment they do not name', () => {
  const about = (change: (about: { [name: string]: unknown }) => void) =>
    changed('manifest.json', (text) => {
      const manifest = JSON.parse(text)
      change(manifest.case)
      return JSON.stringify(manifest)
    })
  const forged = Buffer.from('%PDF-1.7 forged')
  const id = `${createHash('sha256').update(forged).digest('hex')}-${'0'.repeat(16)}`
  const cases: readonly (readonly [Uint8Array, string])[] = [
    [about((one) => Object.assign(one, { number: 'PT-2026-0002' })), 'manifest.json says is number is not'],
    [about((one) => Object.assign(one, { state: 'completed' })), 'manifest.json says is state is not'],
    [about((one) => Object.assign(one, { startedAt: '2020-01-01T00:00:00.000Z' })), 'says is startedAt is not'],
    [about((one) => Object.assign(one, { key: '1' })), 'says is key is not'],
    [withMore(`files/${id}/licence.pdf`, forged), 'licence.pdf does not belong here'],
    [withMore('notes.txt', forged), 'notes.txt does not belong here'],
  ]
  for (const [bytes, words] of cases)
    expect(outside(bytes)).toMatchObject({ code: 1, said: expect.stringContaining(words) })
  expect(outside(content).said).toMatch(/has not ended: later ones may exist/)
  expect(outside(content).said).toMatch(/For reading alone, not proven: processes\/petition-1.bpmn/)
})

test('T01 an archive that other tools would read otherwise is refused, and so is one that unfolds without end', () => {
  const behind = Buffer.concat([content, Buffer.from('x')])
  const before = Buffer.concat([Buffer.from('x'), content])
  const end = content.length - 22
  const commented = Buffer.from(content)
  commented.writeUInt16LE(4, end + 20)
  const renamed = Buffer.from(content)
  // The name in front of the bytes is another one than in the list at the end.
  renamed.write('M', 30)
  const grown = Buffer.from(content)
  const list = grown.readUInt32LE(end + 16)
  grown.writeUInt32LE(grown.readUInt32LE(list + 24) - 1, list + 24)
  const huge = Buffer.from(content)
  huge.writeUInt32LE(0xffffffff, list + 24)
  for (const bytes of [behind, before, Buffer.concat([commented, Buffer.from('more')]), renamed, grown, huge])
    expect(outside(bytes)).toMatchObject({ code: 1, said: expect.stringContaining('cannot be opened') })
})

test('T01 a package cannot write over what is said of it', () => {
  const number = 'A\n\u001b[8mEverything holds.\u202e'
  const { said } = outside(
    changed('manifest.json', (text) => JSON.stringify({ ...JSON.parse(text), files: { [number]: 'x' } })),
  )
  expect(said).toContain('File A\\u{a}\\u{1b}[8mEverything holds.\\u{202e} is missing')
  expect(said).not.toContain('\u001b')
})

test('what is asked of the verifier and not understood is refused, never left out; another name of it changes nothing', () => {
  for (const options of [['--kee', 'x'], ['--key'], ['second.zip'], ['--lang', 'en']])
    expect(outside(content, ...options)).toMatchObject({ code: 2, said: expect.stringContaining('Usage:') })
  expect(outside(content, '--checkpoint', 'none.jsonl')).toMatchObject({
    code: 2,
    said: expect.stringContaining('File none.jsonl cannot be read'),
  })
  copyFileSync(VERIFIER, join(empty, 'other.mjs'))
  const given = ['other.mjs', 'package.zip', '--lang', 'en']
  const said = execFileSync(process.execPath, given, { cwd: empty, env: {}, encoding: 'utf8' })
  expect(said).toContain('whose key it is has not been checked')
})

test('what a person may not see is not in the package, the auditor reads nothing, and an export is recorded', async () => {
  const path = `/api/cases/${key}/archive`
  expect((await (await app.as('clerk.west'))('GET', path)).status).toBe(404)
  expect((await (await app.as('designer'))('GET', path)).status).toBe(403)
  expect((await app.request('GET', path)).status).toBe(401)
  const bytes = new Uint8Array(await (await (await auditor())('GET', path)).arrayBuffer())
  const files = unzipSync(bytes)
  const all = Object.values(files).map((one) => Buffer.from(one).toString())
  expect(all.join('')).not.toContain('路灯不亮')
  expect(outside(bytes)).toMatchObject({ code: 0, said: expect.stringContaining('records left out') })
  expect(readFileSync(join(empty, 'package.zip')).length).toBe(bytes.length)
  const { payload } = app.server.services.store.tables
  const rows = await app.server.services.store.read.select().from(payload).where(eq(payload.stream, 5))
  expect(rows.filter(({ records }) => records.includes(`{"instanceKey":${key}}`))).toHaveLength(2)
})
