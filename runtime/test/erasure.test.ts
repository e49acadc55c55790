import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyTrail } from '../src/audit/verify.ts'
import { verifySeal } from '../src/audit/verify-seal.ts'
import { compactDatabase } from '../src/db/compact.ts'
import { openLibsqlStore } from '../src/db/libsql-store.ts'
import { makeCasePackage } from '../src/keep/case-package.ts'
import { differingRows } from '../src/projection/differences.ts'
import { differingTables, rebuild } from '../src/projection/rebuild.ts'
import { openTestApp, type Requester, type TestApp } from '../src/route/test-app.ts'
import { objection } from '../src/testing/objection.ts'
import { say, verifyPackage } from '../verifier/verify-bihuan.mjs'

const SECRET = '张三身份证11010519491231002X'
const operator = { type: 'system', id: 'operator' } as const

let app: TestApp
let clerk: Requester
let reviewer: Requester

beforeAll(async () => {
  app = await openTestApp()
  clerk = await app.as('clerk.east')
  reviewer = await app.as('reviewer')
})
afterAll(() => app.close())

const read = async (answer: Response | Promise<Response>) => (await (await answer).json()) as never

/** A picture with bytes of its own. */
async function upload(mark: string): Promise<{ id: string }> {
  const body = new FormData()
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  body.append('file', new Blob([png, mark], { type: 'image/png' }), 'photo.png')
  return read(clerk('POST', '/api/files', body))
}

/** A petition with a photo, up to the given step. */
async function petition(subject: string, isFinished: boolean): Promise<{ key: number; file: string }> {
  const photo = await upload(subject)
  const answers = { subject, photos: [photo] }
  const started: { caseKey: string } = await read(
    clerk('POST', '/api/cases', { processId: 'petition', unitId: 'east', formKey: null, answers }),
  )
  if (isFinished)
    for (const [who, report] of [
      [clerk, { report: `${subject} 属实` }],
      [reviewer, {}],
    ] as const) {
      const found: { tasks: { key: string }[] } = await read(who('GET', `/api/cases/${started.caseKey}`))
      const task = found.tasks[0]!.key
      await who('POST', `/api/tasks/${task}/claim`)
      const shown: { form: { key: string } | null } = await read(who('GET', `/api/tasks/${task}`))
      const done = await who('POST', `/api/tasks/${task}/complete`, {
        formKey: shown.form?.key ?? null,
        answers: report,
      })
      if (!done.ok) throw new Error(await done.text())
    }
  return { key: Number(started.caseKey), file: photo.id }
}

async function differences(): Promise<unknown> {
  const { store } = app.server.services
  const fresh = await openLibsqlStore(join(app.folder, `fresh-${Date.now()}.db`), { lock: false })
  await rebuild(store, fresh)
  const found = [await differingTables(store, fresh), await differingRows(store, fresh)]
  await fresh.close()
  return found
}

/** What a person was told of a case, and a note that something has still to be sent. */
async function tell(instanceKey: number, title: string): Promise<void> {
  const { single, tables } = app.server.services.store
  const jobKey = instanceKey + 1
  const told = { jobKey, instanceKey, title, text: '', receiver: 'clerk', createdAt: 0, readAt: null }
  await single.insert(tables.notification).values({ ...told, channel: 'app' })
  const unsent = { key: jobKey, target: 'bihuan.notify', dueAt: 0, mark: 0, attempts: 0, attemptedAt: null }
  await single.insert(tables.delivery).values(unsent)
}

const packed = (key: number) => {
  const { store, files } = app.server.services
  return makeCasePackage({ store, files, key, now: 0 })
}

describe('T06 erasure', () => {
  it('is refused while the case is open, and of a case that is none', async () => {
    const { key } = await petition('open one', false)
    const request = { key, fields: null, reason: 'request', actor: operator, requestId: 'e0' }
    const { host } = app.server
    await expect(host.erase(request)).rejects.toMatchObject({ code: 'CASE_NOT_FINISHED' })
    const operate = (kind: 'processInstance.suspend' | 'processInstance.resume') =>
      host.submit({ kind, key, actor: operator, requestId: kind, value: { reason: 'asked' } })
    await operate('processInstance.suspend')
    await expect(host.erase(request)).rejects.toMatchObject({ code: 'CASE_NOT_FINISHED' })
    await operate('processInstance.resume')
    await expect(app.server.host.erase({ ...request, key: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('takes the data out of every row and file; chain, seal, proofs, tables and pages hold', async () => {
    const { host, services } = app.server
    const { store, files } = services
    const { key, file } = await petition(SECRET, true)
    await host.seal()
    const row = await services.files.find(file)
    expect(await files.read(row!)).not.toBeNull()
    const before = await packed(key)
    expect(Buffer.from(before).includes(file)).toBe(true)
    const { key: other } = await petition('another', true)
    await tell(key, SECRET)
    await tell(other, 'another')
    const erased = await host.erase({
      key,
      fields: ['subject', 'photos'],
      reason: 'demand of 2 March',
      actor: operator,
      requestId: 'e1',
    })
    expect(erased.records).toBeGreaterThan(2)
    await files.finishRemovals()
    expect(await store.read.select().from(store.tables.fileRemoval)).toEqual([])
    expect(await store.read.select().from(store.tables.notification)).toMatchObject([{ instanceKey: other }])
    expect(await store.read.select().from(store.tables.delivery)).toMatchObject([{ key: other + 1 }])
    expect(await files.read(row!)).toBeNull()
    expect(await services.files.find(file)).toBeNull()
    await host.seal()
    expect(await verifyTrail(store)).toMatchObject({ intact: true, erased: erased.records })
    expect((await verifySeal(store)).breaks).toEqual([])
    expect(await differences()).toEqual([[], []])
    for (const table of Object.values(store.tables))
      expect(JSON.stringify(await store.read.select().from(table as typeof store.tables.trail))).not.toContain('张三')
    const shown: { title: string; number: string } = await read(clerk('GET', `/api/cases/${key}`))
    expect(shown).toMatchObject({ title: '***', number: expect.stringMatching(/^PT-2026-/) })
    expect((await clerk('GET', `/api/cases/${key}/trail`)).status).toBe(200)
    const found = await verifyPackage(await packed(key))
    expect(say(found, 1).join('\n')).toMatch(new RegExp(`${erased.records} records left out`))
    expect(found.holds).toBe(true)
    // The package made before holds as well: what was sealed stays sealed.
    expect((await verifyPackage(before)).holds).toBe(true)
  })

  it('a second erasure takes out what the first had left, and a later command to the case is refused', async () => {
    const { host, services } = app.server
    const { key } = await petition('李四的房子', true)
    const request = { key, reason: 'demand', actor: operator }
    await host.erase({ ...request, fields: ['report'], requestId: 'e2' })
    const all = await host.erase({ ...request, fields: null, requestId: 'e3' })
    expect(all.records).toBeGreaterThan(0)
    expect(await host.erase({ ...request, fields: null, requestId: 'e4' })).toEqual({
      records: 0,
      drafts: 0,
      files: [],
    })
    const { payload } = services.store.tables
    const lines = await services.store.read.select().from(payload)
    expect(JSON.stringify(lines)).not.toContain('李四')
    expect(await differences()).toEqual([[], []])
    const security = await services.store.read.select().from(payload).where(eq(payload.stream, 5))
    expect(JSON.stringify(security)).toContain('demand')
    const late = { kind: 'variables.set', key, actor: operator, requestId: 'late' } as const
    await expect(
      host.submit({ ...late, value: { scopeKey: key, variables: { subject: 'x' }, local: false } }),
    ).rejects.toMatchObject({
      code: expect.stringMatching(/^(CASE_ERASED|PROCESS_INSTANCE_ENDED|NOT_FOUND)$/),
    })
  })

  it('a field that stood in the same records as one that was erased before is erased, and its file', async () => {
    const { host, services } = app.server
    const { store, files } = services
    const { key, file } = await petition('赵六的墙', true)
    const row = await files.find(file)
    const request = { key, reason: 'demand', actor: operator }
    await host.erase({ ...request, fields: ['subject'], requestId: 'e5' })
    const { variable } = store.tables
    const names = async () =>
      (await store.read.select({ name: variable.name }).from(variable).where(eq(variable.instanceKey, key))).map(
        ({ name }) => name,
      )
    expect(await names()).toEqual(['photos', 'report'])
    const photos = await host.erase({ ...request, fields: ['photos'], requestId: 'e6' })
    expect(photos.records).toBeGreaterThan(0)
    expect(photos.files).toEqual([row!.digest])
    expect(await names()).toEqual(['report'])
    for (const table of [store.tables.payload, store.tables.caseFile])
      expect(JSON.stringify(await store.read.select().from(table))).not.toContain(file)
    expect(await host.erase({ ...request, fields: ['photos'], requestId: 'e7' })).toEqual({
      records: 0,
      drafts: 0,
      files: [],
    })
    expect(await differences()).toEqual([[], []])
    expect(await verifyTrail(store)).toMatchObject({ intact: true })
  })

  it('what was typed at an act of the case, and refused, goes with it', async () => {
    const { host, services } = app.server
    const form = new FormData()
    form.set('resources', new File([objection], 'process.bpmn'))
    expect((await app.client('POST', '/v2/deployments', form)).status).toBe(200)
    const begun: { processInstanceKey: string } = await read(
      app.client('POST', '/v2/process-instances', {
        processDefinitionId: 'process',
        tenantId: 'east',
      }),
    )
    const key = Number(begun.processInstanceKey)
    const shown: { actions: { key: string }[] } = await read(clerk('GET', `/api/cases/${key}`))
    const answers = { objection: '钱七不同意' }
    const path = `/api/cases/${key}/actions/${shown.actions[0]!.key}`
    expect((await clerk('POST', path, { formKey: null, answers })).ok).toBe(false)
    const { draft } = services.store.tables
    const drafts = async () => JSON.stringify(await services.store.read.select().from(draft))
    expect(await drafts()).toContain('钱七')
    const cancel = { kind: 'processInstance.cancel', key, actor: operator, requestId: 'cancel' } as const
    await host.submit({ ...cancel, value: { reason: 'asked' } })
    const request = { key, reason: 'demand', actor: operator }
    expect(await host.erase({ ...request, fields: ['other'], requestId: 'e8' })).toMatchObject({ drafts: 0 })
    const typed = await host.erase({ ...request, fields: ['objection'], requestId: 'e9' })
    expect(typed).toMatchObject({ records: 0, drafts: 1 })
    expect(await drafts()).not.toContain('钱七')
  })

  it('no byte of it is left in the database file once that was compacted', async () => {
    const path = join(app.folder, 'test.db')
    const holds = () =>
      readdirSync(app.folder).some(
        (name) => name.startsWith('test.db') && readFileSync(join(app.folder, name)).includes('11010519491231002X'),
      )
    expect(existsSync(path)).toBe(true)
    expect(holds()).toBe(true)
    await app.server.host.close()
    compactDatabase(path)
    expect(holds()).toBe(false)
  })
})
