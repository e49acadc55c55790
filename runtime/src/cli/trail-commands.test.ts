import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../test/server-process.ts'
import { copyDatabase } from '../db/libsql-snapshot.ts'
import { openTestApp, type TestApp } from '../route/test-app.ts'

let app: TestApp
let number: string
let caseKey: string

const bihuan = (...words: string[]) =>
  run(app.folder, words, { BIHUAN_DATABASE_URL: `file:${join(app.folder, 'test.db')}` }).ended

const inFolder = (name: string) => join(app.folder, name)

beforeAll(async () => {
  app = await openTestApp()
  const clerk = await app.as('clerk.east')
  const body = { processId: 'petition', unitId: 'east', formKey: null, answers: { subject: '路灯不亮' } }
  const started = (await (await clerk('POST', '/api/cases', body)).json()) as { caseKey: string; caseNumber: string }
  caseKey = started.caseKey
  number = started.caseNumber
  await app.server.host.submit({
    kind: 'processInstance.cancel',
    key: Number(caseKey),
    actor: { type: 'system', id: 'test' },
    requestId: 'cancel',
    value: { reason: 'test' },
  })
  await app.server.host.seal()
})
afterAll(() => rmSync(app.folder, { recursive: true, force: true }))

test('beside a running server: verify says what is sealed, export writes a package that verifies', {
  timeout: 300_000,
}, async () => {
  const held = await bihuan('verify', '--checkpoint', inFolder('checkpoints.jsonl'))
  expect(held.out).toMatch(
    /The trail holds: \d+ rows.*\nSealed by 1 checkpoint: \d+ rows.*\nNot sealed yet: 1 row.\nKept elsewhere and the same here: 1/,
  )
  expect(held.code).toBe(0)
  const none = inFolder('none.jsonl')
  writeFileSync(none, 'no checkpoint\n')
  for (const [words, said] of [
    [['--checkpoint', none], 'there is none in it'],
    [['--stream', '5x'], 'to be the number of a stream'],
  ] as const) {
    const refused = await bihuan('verify', ...words)
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining(said)])
  }
  const out = inFolder('package.zip')
  expect((await bihuan('export', number, '--out', out)).out).toContain('Written')
  const again = await bihuan('export', number, '--out', out)
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('not to be there')])
  expect((await bihuan('export', 'PT-1999-0001')).err).toContain('there is none')
  const zip = await bihuan('verify', out, '--checkpoint', inFolder('checkpoints.jsonl'))
  expect([zip.code, zip.out]).toEqual([0, expect.stringContaining('Everything holds')])
  const file = await bihuan('verify', inFolder('checkpoints.jsonl'))
  expect([file.code, file.out]).toEqual([0, expect.stringContaining('1 checkpoint holds.')])
  // What is given and cannot be checked of a file is refused, not left out: a wrong key is not said to hold.
  const checkpoints = inFolder('checkpoints.jsonl')
  const [, keyId] = /key (ed25519:[0-9a-f]+)/.exec(file.out) ?? []
  for (const [words, code, said] of [
    [[checkpoints, '--key', String(keyId)], 0, 'the one you gave'],
    [[checkpoints, '--key', `ed25519:${'0'.repeat(64)}`], 1, 'nothing to do with the one you gave'],
    [[checkpoints, '--checkpoint', checkpoints], 1, 'Expected --checkpoint with a database'],
    [[out, '--stream', '5'], 1, 'Expected --stream with a database'],
    [[out, '--projections'], 1, 'Expected --projections with a database'],
    [[none], 1, 'there is none in it'],
  ] as const) {
    const found = await bihuan('verify', ...words)
    expect([words, found.code, found.out + found.err]).toEqual([words, code, expect.stringContaining(said)])
  }
  const refused = await bihuan('key', 'rotate')
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('another one is running')])
  expect(refused.err).not.toContain('    at ')
})

test('T01 an older database beside a newer checkpoint is told of, though all in it holds', {
  timeout: 60_000,
}, async () => {
  const older = inFolder('older')
  mkdirSync(older)
  copyDatabase(inFolder('test.db'), join(older, 'test.db'))
  copyFileSync(inFolder('checkpoints.jsonl'), join(older, 'checkpoints.jsonl'))
  const held = await bihuan('verify', join(older, 'test.db'))
  expect([held.code, held.err]).toEqual([0, ''])
  expect(held.out).not.toContain('Kept elsewhere')
  await app.as('clerk.east')
  await app.server.host.seal()
  copyFileSync(inFolder('checkpoints.jsonl'), join(older, 'checkpoints.jsonl'))
  const found = await bihuan('verify', join(older, 'test.db'))
  expect([found.code, found.out]).toEqual([1, expect.stringMatching(/The seal does not hold:\n {2}outside 2: missing/)])
  rmSync(older, { recursive: true })
})

test('T05 T06 with the server stopped: keys follow each other, data is erased, everything verifies', {
  timeout: 300_000,
}, async () => {
  await app.server.close()
  expect((await bihuan('key', 'rotate', '--algorithm', 'sm2')).out).toContain('Key 2 is in force: sm2:')
  const listed = await bihuan('key', 'list', '--json')
  const [first, second] = JSON.parse(listed.out) as { keyId: string }[]
  expect(second!.keyId).toMatch(/^sm2:/)
  expect((await bihuan('verify', '--key', first!.keyId)).out).toContain('the one you gave, or vouched for')
  expect((await bihuan('key', 'rotate', '--algorithm', 'rsa')).err).toContain('ed25519 or sm2')
  expect((await bihuan('erase', number, '--reason', 'x')).err).toContain('either --field or --all')
  const erased = await bihuan('erase', number, '--field', 'subject', '--reason', 'demand')
  expect(erased.err).toBe('')
  expect(erased.out).toMatch(/Erased: \d+ records, 0 files/)
  renameSync(inFolder('keys'), inFolder('keys-away'))
  const keyless = await bihuan('seal')
  expect([keyless.code, keyless.err]).toEqual([1, expect.stringContaining('make the next one with "bihuan key lost"')])
  expect(keyless.err).not.toContain('    at ')
  rmSync(inFolder('keys'), { recursive: true, force: true })
  renameSync(inFolder('keys-away'), inFolder('keys'))
  // A checkpoint that could not be copied to where it is kept is no whole success.
  const uncopied = await run(app.folder, ['key', 'rotate', '--algorithm', 'sm2'], {
    BIHUAN_DATABASE_URL: `file:${inFolder('test.db')}`,
    BIHUAN_CHECKPOINT_COPY: inFolder('checkpoints.jsonl'),
  }).ended
  expect([uncopied.code, uncopied.err]).toEqual([1, expect.stringContaining('copy of checkpoints: ')])
  expect((await bihuan('seal')).out).toMatch(/Checkpoint \d+: \d+ rows, signed by sm2:/)
  // The verifier that stands alone checks both kinds of signatures, and the second key by the first.
  const out = inFolder('erased.zip')
  await bihuan('export', number, '--out', out)
  const alone = await bihuan('verify', out, '--key', first!.keyId)
  expect([alone.code, alone.out]).toEqual([0, expect.stringContaining('Everything holds')])
  expect(alone.out).toContain('Signed by sm2:')
  const verified = await bihuan('verify', '--projections', '--checkpoint', inFolder('checkpoints.jsonl'))
  expect(verified.out).toContain('Every table is what the trail says.')
  expect(verified.code).toBe(0)
  // A key that nobody vouches for signs from here on: whoever trusts the first is told.
  await bihuan('key', 'lost')
  const betrayed = await bihuan('verify', '--key', first!.keyId)
  expect([betrayed.code, betrayed.out]).toEqual([1, expect.stringContaining('nothing to do with the one you gave')])
  for (const name of ['test.db', 'test.db-wal'])
    if (existsSync(inFolder(name))) expect(readFileSync(inFolder(name)).includes('路灯不亮')).toBe(false)
})

test('T03 a row that was changed by SQL is named', { timeout: 60_000 }, async () => {
  const database = new Database(inFolder('test.db'))
  database.prepare(`UPDATE process_instance SET unit_name = 'West' WHERE key = ?`).run(Number(caseKey))
  database.prepare(`DELETE FROM flow_taken WHERE flow_id = 'f1'`).run()
  database.close()
  const found = await bihuan('verify', '--projections')
  expect(found.code).toBe(1)
  expect(found.out).toContain(`processInstance {"key":${caseKey}}: changed unitName`)
  expect(found.out).toMatch(/flowTaken \{.*"f1".*\}: missing/)
})

test('T01 a row that cannot be read any more is named, and nothing of it is shown', { timeout: 120_000 }, async () => {
  const database = new Database(inFolder('test.db'))
  database.prepare(`UPDATE payload SET records = replace(records, '{', '[') WHERE stream = 1 AND sequence = 1`).run()
  database.close()
  const found = await bihuan('verify', '--projections')
  expect([found.code, found.err]).toEqual([1, ''])
  expect(found.out).toContain('stream 1, row 1: payloadDiffers')
  expect(found.out).toContain('The tables were not compared')
  const rebuilt = await bihuan('rebuild')
  expect([rebuilt.code, rebuilt.err.trim()]).toEqual([
    1,
    'Expected to read what a row of the trail says, but it was changed: "bihuan verify" names the row',
  ])
})
