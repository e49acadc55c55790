import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { verifyTrail } from '../audit/verify.ts'
import type { AuditedRows } from '../contract/trail.ts'
import { openTestApp, type TestApp } from '../route/test-app.ts'
import { readSettings } from '../settings.ts'
import { addOrganisationCommand } from './organisation-command.ts'
import { addUserCommand } from './user-command.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

/** What a command prints, beside the server that runs. */
async function run(...words: readonly string[]): Promise<string> {
  const program = new Command()
  const environment = { BIHUAN_DATA: app.folder, BIHUAN_DATABASE_URL: `file:${join(app.folder, 'test.db')}` }
  const settings = () => readSettings(environment, app.folder)
  addOrganisationCommand(program, settings)
  addUserCommand(program, settings)
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  try {
    await program.parseAsync(['node', 'bihuan', ...words])
    return [...log.mock.calls, ...error.mock.calls].map(([line]) => `${line}`).join('\n')
  } finally {
    log.mockRestore()
    error.mockRestore()
  }
}

async function file(people: string): Promise<string> {
  const path = join(app.folder, 'organisation.yaml')
  await writeFile(
    path,
    `units: [{ id: north, name: 北村, level: village }]\nroles: [{ key: guest, name: 来宾 }]\npeople: [${people}]\n`,
  )
  return path
}
const held = '[{ role: guest, unit: north }]'
const signIn = (username: string, password: string) => app.request('POST', '/api/session', { username, password })
const passwordIn = (printed: string) => /password +(\S+)/.exec(printed)?.[1] ?? ''

test('people are loaded beside a server that runs, sign in with what was printed, and are let in no more when they have left', async () => {
  const path = await file(`{ username: wang.wu, name: 王五, positions: ${held} }`)
  const dry = await run('organisation', 'load', path, '--dry-run')
  expect(dry).toContain('person.created    wang.wu 王五\n')
  expect(dry).toContain('4 changes to make. Nothing was written.')
  const printed = await run('organisation', 'load', path)
  expect(printed).toMatch(/person\.created {4}wang\.wu 王五 {2}password \S+\n/)
  expect((await signIn('wang.wu', passwordIn(printed))).status).toBe(200)
  expect(await run('organisation', 'load', path)).toBe('Everything is so already.')
  const anew = await run('user', 'password', 'wang.wu')
  expect((await signIn('wang.wu', passwordIn(printed))).status).toBe(401)
  expect((await signIn('wang.wu', passwordIn(anew))).status).toBe(200)
  const left = await run(
    'organisation',
    'load',
    await file('{ username: wang.wu, name: 王五, positions: [] }'),
    '--json',
  )
  const changes: { readonly kind: string }[] = JSON.parse(left).changes
  expect(changes.map(({ kind }) => kind)).toEqual(['position.ended', 'person.closed'])
  expect((await signIn('wang.wu', passwordIn(anew))).status).toBe(401)
  expect(await run('user', 'password', 'wang.wu')).toContain('there is nobody')
  expect(process.exitCode).toBe(1)
  process.exitCode = undefined
  // All of it is told to the auditor, by ids and positions, and the chain holds.
  const auditor = await app.as('auditor')
  const { items } = (await (await auditor('GET', '/api/trail/rows?part=organisation')).json()) as AuditedRows
  expect(items.slice(0, 3)).toMatchObject([
    { kind: 'person.closed', says: { person: '王五' }, actor: { type: 'system', id: 'operator' } },
    { kind: 'position.ended', says: { person: '王五', role: '来宾', unit: '北村' } },
    { kind: 'person.passwordReset', says: { person: '王五' } },
  ])
  expect(await verifyTrail(app.server.services.store)).toMatchObject({ intact: true })
})

test('every fault of a file is told at once, and nothing of it is written', async () => {
  const path = await file('{ username: li.si, name: 李四, positions: [{ role: none, unit: nowhere }] }')
  const printed = await run('organisation', 'load', path)
  expect(printed).toContain('there is none with id nowhere')
  expect(printed).toContain('there is none with key none')
  expect(process.exitCode).toBe(1)
  process.exitCode = undefined
  expect(await run('user', 'list')).not.toContain('li.si')
  expect(await run('organisation', 'load', join(app.folder, 'absent.yaml'))).toContain('ENOENT')
  process.exitCode = undefined
})
