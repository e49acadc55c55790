import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Petition, petition } from '../../test/retention-case.ts'
import { run } from '../../test/server-process.ts'
import { openTestApp, type TestApp } from '../route/test-app.ts'

const YEAR = 365 * 86_400_000
let app: TestApp
let old: Petition
let late: Petition

const bihuan = (...words: string[]) =>
  run(app.folder, words, { BIHUAN_DATABASE_URL: `file:${join(app.folder, 'test.db')}` }).ended

beforeAll(async () => {
  app = await openTestApp()
  // The command line knows no clock but the system's: one case ended a year ago, the other just now.
  app.server.services.controllableClock!.pin(Date.now() - YEAR)
  old = await petition(app, 'lamp', true)
  app.server.services.controllableClock!.pin(Date.now())
  late = await petition(app, 'road', true)
})
afterAll(() => rmSync(app.folder, { recursive: true, force: true }))

test('retain says what it would move, moves it when the server is stopped, and archived finds it', {
  timeout: 240_000,
}, async () => {
  const foreseen = await bihuan('retain', '--dry-run', '--days', '300')
  expect(foreseen.out).toContain(`${old.number}  ended`)
  expect(foreseen.out).toContain('To be moved: 1 case. Old enough, but to stay: 0.')
  expect(foreseen.out).not.toContain(late.number)
  expect((await bihuan('retain', '--now', '--days', '300')).err).toContain('another one is running')
  expect((await bihuan('retain', '--now', '--days', '29')).err).toContain('BIHUAN_REQUEST_DAYS (30)')
  await app.server.close()

  const moved = await bihuan('retain', '--now', '--days', '300')
  expect([moved.code, moved.out]).toEqual([0, expect.stringContaining('Moved: 1 case.')])
  const [year] = /(?<=-)\d{4}(?=-)/.exec(old.number)!
  expect(existsSync(join(app.folder, 'archive', year, `${old.number}.zip`))).toBe(true)
  const found = await bihuan('archived', old.number.slice(-6))
  expect(found.out).toMatch(new RegExp(`${old.number}  Petition  East  ended .*  whole\n1 archived case\\.`))
  expect((await bihuan('archived', '--from', 'now')).err).toContain('2026-03-02')
  expect((await bihuan('export', old.number)).err).toContain('it was archived')
  const verified = await bihuan('verify', '--projections')
  expect([verified.code, verified.out]).toEqual([
    0,
    expect.stringMatching(
      /Every table is what the trail says.\nArchived: \d+ rows of 1 case. Packages as they were made: 1, not here: 0/,
    ),
  ])
  expect(verified.out).not.toContain('Not sealed yet')
})
