import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { rowHash } from '../audit/chain.ts'
import type { AuditedRow, AuditedRows, InclusionProof, Sealing } from '../contract/trail.ts'
import { openTestApp, type Requester, type TestApp } from './test-app.ts'

let app: TestApp
let auditor: Requester
let caseKey: string
let number: string

beforeAll(async () => {
  app = await openTestApp()
  auditor = await app.as('auditor')
  const clerk = await app.as('clerk.east')
  const body = { processId: 'petition', unitId: 'east', formKey: null, answers: { subject: '路灯不亮' } }
  caseKey = ((await (await clerk('POST', '/api/cases', body)).json()) as { caseKey: string }).caseKey
  const one = (await (await clerk('GET', `/api/cases/${caseKey}`)).json()) as {
    number: string
    tasks: { key: string }[]
  }
  number = one.number
  await app.advance(86_400_000)
  await clerk('POST', `/api/tasks/${one.tasks[0]!.key}/claim`)
})
afterAll(() => app.close())

async function page(query = ''): Promise<AuditedRows> {
  const answer = await auditor('GET', `/api/trail/rows${query}`)
  expect(answer.status).toBe(200)
  return (await answer.json()) as AuditedRows
}

/** Every row that a search finds, page after page. */
async function all(query = '?'): Promise<readonly AuditedRow[]> {
  const found: AuditedRow[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { items, next }: AuditedRows = await page(`${query}&cursor=${cursor}`)
    found.push(...items)
    cursor = next
  }
  return found
}

const kinds = (rows: readonly AuditedRow[]) => rows.map(({ kind }) => kind)

test('the auditor reads every row once, the newest first, and of cases who did what kind of thing when', async () => {
  for (let made = 0; made < 60; made += 1)
    await app.server.host.record('security', 'clock.reset', { type: 'system', id: 'test' }, {})
  const { trail } = app.server.services.store.tables
  const stored = await app.server.services.store.read.select().from(trail)
  const rows = await all()
  expect(rows).toHaveLength(stored.length)
  expect(new Set(rows.map(({ stream, sequence }) => `${stream}/${sequence}`)).size).toBe(rows.length)
  const times = rows.map(({ at }) => at)
  expect(times).toEqual(times.toSorted().reverse())
  const begun = rows.find(({ kind }) => kind === 'processInstance.create')
  expect(begun).toMatchObject({
    part: 'cases',
    actor: { type: 'person', name: 'N clerk.east' },
    case: { key: caseKey, number, processName: 'Petition', unitName: 'East' },
    says: {},
  })
  expect(begun?.facts).toContain('userTask.created')
  expect(JSON.stringify(rows)).not.toContain('路灯不亮')
})

test('rows are found by part, kind, actor, number of the case and days, and by several of them at once', async () => {
  const ofCase = await all(`?number=${number}`)
  expect(kinds(ofCase)).toEqual(['userTask.assign', 'processInstance.create'])
  const clerk = ofCase[0]!.actor.id
  expect(kinds(await all(`?actor=${clerk}&part=cases`))).toEqual(['userTask.assign', 'processInstance.create'])
  expect(kinds(await all(`?part=cases&kind=processInstance.create`))).toEqual(['processInstance.create'])
  expect(kinds(await all(`?actor=${clerk}&part=security`))).toEqual(['session.created'])
  const parts = new Set((await all('?part=organisation')).map(({ part }) => part))
  expect([...parts]).toEqual(['organisation'])
  // The case began on the first day, and its task was claimed on the second.
  expect(kinds(await all(`?number=${number}&from=2026-03-03`))).toEqual(['userTask.assign'])
  expect(kinds(await all('?part=cases&to=2026-03-02'))).toEqual(['processInstance.create'])
  expect(await page('?number=PT-2026-9999')).toEqual({ items: [], next: null })
  expect(await page(`?number=${number}&part=security`)).toEqual({ items: [], next: null })
})

test('rows outside cases say whom and what they are about, by name', async () => {
  await (await app.as('clerk.east'))('GET', `/api/cases/${caseKey}/archive`)
  const rows = await all()
  const given = rows.filter(({ kind }) => kind === 'position.created').map(({ says }) => says)
  expect(given).toContainEqual({ person: 'N auditor', role: 'Auditor', unit: 'District' })
  expect(rows.find(({ kind }) => kind === 'case.exported')?.says).toEqual({ case: number })
  await app.request('POST', '/api/session', { username: 'reviewer', password: 'not-this-password' })
  const [refused] = await all('?part=security&kind=session.refused')
  expect(refused).toMatchObject({ actor: { type: 'system', id: 'sign-in' }, says: { person: 'N reviewer' } })
})

test('it is said how far the trail is sealed, which checkpoint proves a row, and its proof has what its hash is made of', async () => {
  const sealing = async () => (await (await auditor('GET', '/api/trail/sealing')).json()) as Sealing
  await app.server.host.seal()
  const { last, sealed } = await sealing()
  const rows = await all()
  const proven = rows.filter(({ checkpoint }) => checkpoint !== null)
  expect(last?.root).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(proven.length).toBe(sealed)
  await app.server.host.record('security', 'clock.reset', { type: 'system', id: 'test' }, {})
  expect((await all('?part=security'))[0]?.checkpoint).toBeNull()
  await app.server.host.seal()
  const [newest] = await all('?part=security')
  expect(newest?.checkpoint).toBe((await sealing()).last?.number)
  expect((await sealing()).waiting).toBe(0)
  const { stream, sequence, hash } = newest!
  const answer = await auditor('GET', `/api/trail/proof/inclusion?stream=${stream}&sequence=${sequence}`)
  const proof = (await answer.json()) as InclusionProof
  expect(proof.hash).toBe(hash)
  expect(rowHash({ stream, sequence, ...proof.row! }, 'sha256')).toBe(hash)
})

test('rows of cases at rest follow those of all others, case by case, and are found in every way', async () => {
  const { host } = app.server
  const clerk = await app.as('clerk.east')
  const operator = await app.as('operator')
  const body = { processId: 'petition', unitId: 'east', formKey: null, answers: { subject: '水管漏水' } }
  const second = ((await (await clerk('POST', '/api/cases', body)).json()) as { caseKey: string }).caseKey
  for (const key of [caseKey, second])
    expect((await operator('POST', `/api/operate/cases/${key}/cancel`, { reason: 'withdrawn' })).status).toBe(204)
  await host.seal()
  const before = await all()
  const { id: clerkId } = (await all(`?number=${number}`))[0]!.actor
  const withKind = '?part=cases&kind=processInstance.create&to=2026-03-02'
  const [ofActor, ofKind, ofNumber] = [
    await all(`?actor=${clerkId}`),
    await all(withKind),
    await all(`?number=${number}`),
  ]
  // Nobody has asked for them for more than an hour of the machine's own clock.
  const now = performance.now.bind(performance)
  const ahead = vi.spyOn(performance, 'now').mockImplementation(() => now() + 2 * 3_600_000)
  for (const key of [caseKey, second]) expect(await host.rest(Number(key))).toBe(true)
  ahead.mockRestore()
  const cases = await all('?part=cases')
  expect(kinds(cases)).toEqual([
    'processInstance.cancel',
    'processInstance.create',
    'processInstance.cancel',
    'userTask.assign',
    'processInstance.create',
  ])
  expect(cases.every(({ checkpoint }) => checkpoint !== null)).toBe(true)
  const places = (rows: readonly AuditedRow[]) => rows.map((row) => JSON.stringify(row)).toSorted()
  expect(places(await all())).toEqual(places(before))
  expect(places(await all(`?actor=${clerkId}`))).toEqual(places(ofActor))
  expect(await all(withKind)).toEqual(ofKind)
  expect(await all(`?number=${number}`)).toEqual(ofNumber)
  expect(await all('?part=cases&from=2026-03-04')).toEqual([])
  expect(JSON.stringify(cases)).not.toContain('漏水')
  const { restingCase } = app.server.services.store.tables
  expect(await app.server.services.store.read.select().from(restingCase)).toHaveLength(2)
  await app.server.services.store.single.update(restingCase).set({ pack: new Uint8Array([1, 2, 3]) })
  expect(await all('?part=cases')).toEqual([])
})

test('a row that was tampered with is shown as it stands, never as a fault of the server', async () => {
  const { store } = app.server.services
  const { payload, trail } = store.tables
  await store.single.update(payload).set({ records: 'broken' })
  await store.single.update(trail).set({ heads: '?' })
  const rows = await all('?part=organisation')
  expect(rows.length).toBeGreaterThan(5)
  expect(rows[0]).toMatchObject({ says: {}, facts: [] })
})

test('what is asked amiss is refused, and nobody else reads the trail', async () => {
  for (const query of ['part=x', 'from=today', 'to=2026-02-31', 'cursor=x', 'cursor=MS4y'])
    expect((await auditor('GET', `/api/trail/rows?${query}`)).status, query).toBe(422)
  for (const path of ['/api/trail/rows', '/api/trail/sealing']) {
    for (const who of ['clerk.east', 'sysadmin', 'secadmin', 'operator', 'designer'])
      expect((await (await app.as(who))('GET', path)).status, who).toBe(403)
    expect((await app.request('GET', path)).status).toBe(401)
  }
})
