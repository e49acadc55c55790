import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allRoutes } from '../app.ts'
import { openTestApp, type TestApp } from '../test-app.ts'

let app: TestApp
/** Searches with a key of each kind where they have a parameter. */
let paths: readonly string[]

interface Page {
  readonly items: readonly { readonly [name: string]: string }[]
}

beforeAll(async () => {
  app = await openTestApp()
  const start = { processDefinitionId: 'petition', variables: { subject: 's' }, tenantId: 'east' }
  const { processInstanceKey } = (await (await app.client('POST', '/v2/process-instances', start)).json()) as {
    processInstanceKey: string
  }
  const firstOf = async (what: string, filter: object): Promise<{ readonly [name: string]: string }> =>
    ((await (await app.client('POST', `/v2/${what}/search`, { filter })).json()) as Page).items[0]!
  const { userTaskKey } = await firstOf('user-tasks', { processInstanceKey })
  const { elementInstanceKey } = await firstOf('element-instances', { processInstanceKey })
  const keys = {
    'process-instances': processInstanceKey,
    'user-tasks': userTaskKey,
    'element-instances': elementInstanceKey,
  }
  paths = allRoutes(app.server.services)
    .filter(({ path }) => path.startsWith('/v2/') && path.endsWith('/search'))
    .map(({ path }) => path.replace(/([\w-]+)\/:key/, (_, kind: keyof typeof keys) => `${kind}/${keys[kind]}`))
})
afterAll(() => app.close())

const ask = async (path: string, body: object) => {
  const answer = await app.client('POST', path, body, { 'accept-language': 'en' })
  return { status: answer.status, body: (await answer.json()) as { detail: string; items: object[] } }
}

/** The names a refusal says would have been taken. */
async function offered(path: string, body: object): Promise<readonly string[]> {
  const refused = await ask(path, body)
  expect(refused.status, path).toBe(400)
  const names = /it may only be (.+)\.$/.exec(refused.body.detail)?.[1] ?? ''
  return names.split(/, | or /)
}

test('every search sorts by all it says it can, both ways', async () => {
  expect(paths.length).toBeGreaterThanOrEqual(14)
  let count = 0
  for (const path of paths) {
    for (const field of await offered(path, { sort: [{ field: '?' }] })) {
      for (const order of ['ASC', 'DESC'])
        expect((await ask(path, { sort: [{ field, order }] })).status, `${path} by ${field}`).toBe(200)
      count += 1
    }
  }
  expect(count).toBeGreaterThan(100)
})

test('I12 no value of a filter is more than refused', async () => {
  const values = [1, 'x', null, {}, [{}], { $in: [] }, { $like: '%*?' }, { $gt: 'x' }]
  for (const path of paths) {
    for (const name of await offered(path, { filter: { '?': 1 } })) {
      for (const value of values) {
        const { status } = await ask(path, { filter: { [name]: value } })
        expect([200, 400], `${path} ${name} ${JSON.stringify(value)}`).toContain(status)
      }
    }
  }
})

test('an empty page, a page beyond the end and a cursor of nobody', async () => {
  for (const path of paths) {
    expect((await ask(path, { page: { limit: 0 } })).body.items).toEqual([])
    expect((await ask(path, { page: { from: 1_000_000 } })).body.items).toEqual([])
    expect((await ask(path, { page: { after: 'x' } })).status).toBe(400)
  }
})

test('I13 incidents of an element in which more stands than a statement takes parameters', async () => {
  const { single, tables } = app.server.services.store
  const { elementInstance: t, incident } = tables
  const [outer] = await single.select().from(t).where(eq(t.elementId, 'write'))
  const { key, instanceKey } = outer!
  const first = key + 1_000
  const part = { ...outer!, scopeKey: key }
  for (let made = 0; made < 33_000; made += 1_000)
    await single.insert(t).values(Array.from({ length: 1_000 }, (_, i) => ({ ...part, key: first + made + i })))
  const inside = { ...part, key: first + 40_000, scopeKey: first + 500 }
  const beside = { ...outer!, key: first + 40_001, elementId: 'beside' }
  await single.insert(t).values([inside, beside])
  const fault = { instanceKey, elementId: 'write', elementName: 'w', code: 'UNEXPECTED', facts: {}, jobKey: null }
  await single.insert(incident).values(
    [inside, beside].map((one, i) => ({
      ...fault,
      key: first + 50_000 + i,
      elementInstanceKey: one.key,
      state: 'active' as const,
      createdAt: 0,
      resolvedAt: null,
    })),
  )
  const { status, body } = await ask(`/v2/element-instances/${key}/incidents/search`, {})
  expect([status, body.items]).toMatchObject([200, [{ incidentKey: String(first + 50_000) }]])
  expect((await ask(`/v2/element-instances/${beside.key}/incidents/search`, {})).body.items).toHaveLength(1)
})
