import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { petition } from '../../test/retention-case.ts'
import { readKept, verifyPackage } from '../../verifier/verify-bihuan.mjs'
import { readCheckpointFile } from '../audit/outside.ts'
import { openReader } from '../db/libsql-reader.ts'
import { openTestApp, type TestApp } from '../route/test-app.ts'
import { makeCasePackage } from './case-package.ts'

let app: TestApp

beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

it('a package that is made while its case ends says of it what its rows say', async () => {
  const { host, services } = app.server
  const { store, files } = services
  const { key } = await petition(app, 'lamp', false)
  const before = openReader(join(app.folder, 'test.db'))
  await host.submit({
    kind: 'processInstance.cancel',
    key,
    actor: { type: 'system', id: 'test' },
    requestId: 'cancel',
    value: { reason: 'test' },
  })
  await host.seal()
  // What is asked for first is as it was before the end, all else as it is.
  let asked = 0
  const changing = {
    tables: store.tables,
    get read() {
      asked += 1
      return asked === 1 ? before.read : store.read
    },
  }
  const found = await verifyPackage(await makeCasePackage({ store: changing, files, key, now: 0 }))
  before.close()
  expect([found.holds, found.fault]).toEqual([true, null])
})

it('kept checkpoints are read however an editor has written their file, by the server as by the verifier', async () => {
  const path = join(app.folder, 'checkpoints.jsonl')
  const text = readFileSync(path, 'utf8')
  const bodies = readKept(text)
  expect(bodies.length).toBeGreaterThan(0)
  for (const other of [text.replaceAll('\n', '\r\n'), `\ufeff${text}`, `{not one}\n${text}{"body":`]) {
    expect(readKept(other)).toEqual(bodies)
    writeFileSync(join(app.folder, 'other.jsonl'), other)
    expect((await readCheckpointFile(join(app.folder, 'other.jsonl'))).map(({ body }) => body)).toEqual(bodies)
  }
})
