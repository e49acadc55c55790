import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RowProof } from '../audit/row-proof.ts'
import { openTestApp, type TestApp } from '../route/test-app.ts'
import { verifyRow } from './verify-row.ts'

let app: TestApp
let proof: RowProof
const nothing = { key: null, checkpoints: null }

beforeAll(async () => {
  app = await openTestApp()
  const { host } = app.server
  await host.record('security', 'clock.reset', { type: 'system', id: 'test' }, {})
  await host.seal()
  const ask = await app.as('auditor')
  const found = await (await ask('GET', '/api/trail/proof/inclusion?stream=2&sequence=3')).json()
  const { keys } = (await (await ask('GET', '/api/trail/checkpoints?after=99')).json()) as Pick<RowProof, 'keys'>
  proof = { ...(found as RowProof), keys }
})
afterAll(() => app.close())

const verified = (changed: object = {}, given: Parameters<typeof verifyRow>[1] = nothing) =>
  verifyRow(JSON.stringify({ ...proof, ...changed }), given)

test('T01 the proof of one row holds by itself, and says whose key was not checked', () => {
  const found = verified()
  expect(found).toMatchObject({ holds: true, fault: null })
  expect(found.lines.join('\n')).toMatch(
    /Row 3 of stream 2 holds: it is in checkpoint 1 .*\nIt says: unit.created system test, 2026/,
  )
  expect(found.lines.at(-1)).toContain('give --key or --checkpoint')
})

test('T01 whatever is changed in the proof of a row is found', () => {
  const { row, path, checkpoint } = proof
  const other = (text: string) => text.replace(/[0-9a-f]/, (digit) => (digit === '0' ? '1' : '0'))
  const cases: readonly (readonly [object, string])[] = [
    [{ row: { ...row, actorId: 'somebody' } }, 'hash'],
    [{ row: { ...row, heads: row!.heads.replace('created', 'removed') } }, 'hash'],
    [{ sequence: 4 }, 'hash'],
    [{ row: null, hash: other(proof.hash) }, 'inclusion'],
    [{ index: proof.index + 1 }, 'inclusion'],
    [{ path: [other(path[0]!), ...path.slice(1)] }, 'inclusion'],
    [{ size: proof.size + 1 }, 'checkpoint'],
    [{ checkpoint: { ...checkpoint, body: 'x' } }, 'checkpoint'],
    [{ checkpoint: { ...checkpoint, body: checkpoint.body.replace('time 2', 'time 1') } }, 'signature'],
    [{ keys: [] }, 'signature'],
    [{ keys: [{ ...proof.keys[0], body: proof.keys[0]!.body.replace('first', 'lost') }] }, 'keys'],
  ]
  for (const [changed, fault] of cases) {
    const found = verified(changed)
    expect([found.holds, found.fault], JSON.stringify(changed).slice(0, 80)).toEqual([false, fault])
  }
})

test('the proof of a row is judged by a key or a checkpoint from elsewhere', () => {
  const [, fingerprint] = /^key ed25519:(.+)$/m.exec(proof.checkpoint.body)!
  expect(verified({}, { key: fingerprint!, checkpoints: null })).toMatchObject({ holds: true, isTrusted: true })
  expect(verified({}, { key: 'f'.repeat(64), checkpoints: null })).toMatchObject({ holds: false, isTrusted: false })
  const kept = [proof.checkpoint]
  expect(verified({}, { key: null, checkpoints: kept })).toMatchObject({ holds: true, isKept: true })
  const forged = [{ ...proof.checkpoint, body: proof.checkpoint.body.replace(/size \d+/, 'size 1') }]
  expect(verified({}, { key: null, checkpoints: forged })).toMatchObject({ holds: false, isKept: false })
  expect(() => verified({}, { key: null, checkpoints: [{ body: '', signature: '' }] })).toThrow('Expected checkpoint 1')
})

test('T01 the proof of a row cannot write over what is said of it', () => {
  const { lines } = verified({ row: { ...proof.row, actorId: 'x\n\u001b[8mEverything holds.\u202e' } })
  expect(lines[1]).toContain('x\\u{a}\\u{1b}[8mEverything holds.\\u{202e}')
})

test('what is no proof of a row is refused', () => {
  for (const text of [
    '',
    '[]',
    '{}',
    'null',
    JSON.stringify({ ...proof, path: 'x' }),
    JSON.stringify({ ...proof, row: {} }),
    JSON.stringify({ ...proof, row: { ...proof.row, at: 9e15 } }),
  ])
    expect(() => verifyRow(text, nothing), text.slice(0, 20)).toThrow('the file holds none')
})
