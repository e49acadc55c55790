import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type Requester, type TestApp } from '../test-app.ts'

let app: TestApp
const keys: { [subject: string]: string } = {}

beforeAll(async () => {
  app = await openTestApp()
  for (const [subject, tenantId] of [
    ['50% of *all*', 'east'],
    ['500 of all', 'west'],
    ['plain', '<default>'],
  ] as const) {
    const variables = { subject, size: subject.length }
    const answer = await app.client('POST', '/v2/process-instances', {
      processDefinitionId: 'petition',
      variables,
      tenantId,
    })
    keys[subject] = ((await answer.json()) as { processInstanceKey: string }).processInstanceKey
  }
})
afterAll(() => app.close())

interface Page {
  readonly items: { readonly [name: string]: unknown }[]
  readonly page: { readonly totalItems: number; readonly startCursor: string; readonly endCursor: string }
}
async function search(what: string, body: object, who: Requester = app.client): Promise<Page> {
  const answer = await who('POST', `/v2/${what}/search`, body)
  expect(answer.status, await answer.clone().text()).toBe(200)
  return (await answer.json()) as Page
}
const subjects = async (filter: object) => {
  const { items } = await search('process-instances', { filter })
  return Object.keys(keys).filter((subject) => items.some((one) => one.processInstanceKey === keys[subject]))
}
const by = (value: unknown) => subjects({ variables: [{ name: 'subject', value }] })

test('variables are searched for by their JSON text, whole or by a pattern whose marks can be escaped', async () => {
  expect(await by('"plain"')).toEqual(['plain'])
  expect(await by({ $like: '*plain*' })).toEqual(['plain'])
  expect(await by({ $like: '"50? of*' })).toEqual(['50% of *all*', '500 of all'])
  expect(await by({ $like: '*50%*' })).toEqual(['50% of *all*'])
  expect(await by({ $like: '*\\*all\\**' })).toEqual(['50% of *all*'])
  expect(await by({ $in: ['"plain"', '"500 of all"'] })).toEqual(['500 of all', 'plain'])
  expect(await by({ $in: [] })).toEqual([])
  const both = [
    { name: 'subject', value: { $like: '*all*' } },
    { name: 'size', value: '10' },
  ]
  expect(await subjects({ variables: both })).toEqual(['500 of all'])
})

test('$or takes what fits one of its filters, within the others', async () => {
  const $or = [{ tenantId: 'east' }, { tenantId: '<default>' }]
  expect(await subjects({ $or })).toEqual(['50% of *all*', 'plain'])
  expect(await subjects({ $or, variables: [{ name: 'size', value: '5' }] })).toEqual(['plain'])
  expect(await subjects({ tenantId: { $neq: '<default>' } })).toEqual(['50% of *all*', '500 of all'])
})

test('a page before a cursor ends where that page began', async () => {
  const sort = [{ field: 'processInstanceKey', order: 'ASC' }]
  const at = async (page: object) => search('process-instances', { sort, page })
  const whole = (await at({})).items.map((one) => one.processInstanceKey)
  const last = await at({ from: 1, limit: 2 })
  const before = await at({ before: last.page.startCursor, limit: 2 })
  expect(before.items.map((one) => one.processInstanceKey)).toEqual(whole.slice(0, 1))
  const after = await at({ after: before.page.endCursor, limit: 2 })
  expect(after.items.map((one) => one.processInstanceKey)).toEqual(whole.slice(1, 3))
  for (const { page } of [last, before]) expect(page.endCursor).toMatch(/^(?:[\w+/]{4})*(?:[\w+/]{2}==|[\w+/]{3}=)?$/)
})

test('tasks are found by candidate group and by variables', async () => {
  const count = async (filter: object) => (await search('user-tasks', { filter })).items.length
  expect(await count({ candidateGroup: 'clerk@east' })).toBe(1)
  expect(await count({ candidateGroup: { $like: 'clerk@*' } })).toBeGreaterThanOrEqual(2)
  expect(await count({ candidateGroup: 'clerk' })).toBe(0)
  expect(await count({ candidateUser: 'nobody' })).toBe(0)
  expect(await count({ processInstanceVariables: [{ name: 'subject', value: '"plain"' }] })).toBe(1)
  const [task] = (await search('user-tasks', { filter: { processInstanceKey: keys.plain } })).items
  const seen = await search(`user-tasks/${task!.userTaskKey}/variables`, { filter: { name: 'subject' } })
  expect(seen.items).toMatchObject([{ name: 'subject', value: '"plain"', isTruncated: false }])
})

test('A02 people do not guess at values by filters', async () => {
  const cadre = await app.as('clerk.east')
  for (const [what, name] of [
    ['process-instances', 'variables'],
    ['user-tasks', 'processInstanceVariables'],
    ['user-tasks', 'localVariables'],
  ] as const) {
    const filter = { [name]: [{ name: 'subject', value: { $like: '*' } }] }
    const answer = await cadre('POST', `/v2/${what}/search`, { filter })
    expect(answer.status).toBe(400)
    const inOr = await cadre('POST', `/v2/${what}/search`, { filter: { $or: [filter] } })
    expect(inOr.status).toBe(400)
  }
})

test('elements of a case are found with their types, and a case without incidents has none', async () => {
  const filter = { processInstanceKey: keys.plain }
  const { items } = await search('element-instances', { filter: { ...filter, type: 'USER_TASK' } })
  expect(items).toMatchObject([{ type: 'USER_TASK', state: 'ACTIVE', hasIncident: false, incidentKey: null }])
  const one = await app.client('GET', `/v2/element-instances/${items[0]!.elementInstanceKey}`)
  expect(await one.json()).toEqual(items[0])
  expect((await search(`process-instances/${keys.plain}/incidents`, {})).items).toEqual([])
  expect((await app.client('POST', '/v2/process-instances/1/incidents/search', {})).status).toBe(404)
})

test('what is not offered is refused, never lost in silence', async () => {
  const start = (rest: object) =>
    app.client('POST', '/v2/process-instances', {
      processDefinitionId: 'petition',
      variables: { subject: 'x' },
      ...rest,
    })
  for (const rest of [{ tags: ['a'] }, { startInstructions: [{ elementId: 'x' }] }, { nonsense: 1 }])
    expect((await start(rest)).status, JSON.stringify(rest)).toBe(400)
  expect((await start({ awaitCompletion: false, tags: [], operationReference: 1, requestTimeout: 0 })).status).toBe(200)
  const [task] = (await search('user-tasks', { filter: { processInstanceKey: keys.plain } })).items
  for (const changeset of [{}, { candidateGroups: ['reviewer@nowhere'] }, { followUpDate: 'soon' }, { name: 'x' }])
    expect((await app.client('PATCH', `/v2/user-tasks/${task!.userTaskKey}`, { changeset })).status).toBe(400)
})

test.each(['user-tasks', 'element-instances', 'variables'])(
  'rows of a case are found by it, of several and of none: %s',
  async (what) => {
    const [first, second, third] = Object.values(keys)
    const of = async (processInstanceKey: unknown) => {
      const { items } = await search(what, { filter: { processInstanceKey }, page: { limit: 1000 } })
      return [...new Set(items.map((one) => one.processInstanceKey))]
    }
    expect(await of(first)).toEqual([first])
    expect(await of({ $eq: second })).toEqual([second])
    expect(await of({ $in: [third, first] })).toEqual([first, third])
    expect(await of({ $in: [first, third], $neq: first })).toEqual([third])
    expect(await of(String(Number(first) + 1))).toEqual([])
    expect(await of(String(Number.MAX_SAFE_INTEGER))).toEqual([])
  },
)

test('tasks are found by states that are open and states that are not', async () => {
  const keyOf = async (state: unknown) =>
    (await search('user-tasks', { filter: { state, processInstanceKey: keys.plain } })).items.map(
      ({ userTaskKey }) => userTaskKey,
    )
  const [open] = await keyOf('CREATED')
  expect(await keyOf('COMPLETED')).toEqual([])
  expect((await app.client('POST', `/v2/user-tasks/${open}/completion`, {})).status).toBe(204)
  expect(await keyOf({ $in: ['COMPLETED', 'CANCELED'] })).toEqual([open])
  expect(await keyOf({ $in: ['COMPLETED', 'CREATED'] })).toContain(open)
  expect(await keyOf('CREATED')).not.toContain(open)
})
