import { Rejection } from '@bihuan/engine'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Place, postgresqlPlaces } from '../../testing/place.ts'
import type { Route } from '../route.ts'
import { openTestApp, type TestApp } from '../test-app.ts'
import { v2Routes } from './all.ts'

let app: TestApp
let place: Place
/** The searches of a server whose tables are in PostgreSQL: what SQLite lets pass, that one may refuse. */
let searches: readonly Route[]
let store: Awaited<ReturnType<Place['open']>>
let routes: readonly Route[]
beforeAll(async () => {
  app = await openTestApp()
  place = postgresqlPlaces.make()
  store = await place.open()
  routes = v2Routes({ ...app.server.services, store })
  searches = routes.filter(({ path }) => /^\/v2\/[\w-]+\/search$/.test(path))
})
afterAll(async () => {
  await place.remove()
  await postgresqlPlaces.end()
  await app.close()
})

/** The refusal of a search, null when it is answered; anything else fails the test. */
async function refusal({ path, handler }: Route, body: object, key = '1'): Promise<Rejection | null> {
  try {
    await handler({
      who: { type: 'client', id: 'c', name: 'c' },
      params: { key },
      query: {},
      body,
      requestId: 'r',
      address: '',
      remote: undefined,
      headers: new Headers(),
      setHeader() {},
      signal: new AbortController().signal,
    })
    return null
  } catch (error) {
    if (error instanceof Rejection) return error
    throw new Error(`${path} ${JSON.stringify(body)}`, { cause: error })
  }
}

/** The names a refusal says would have been taken. */
const offered = async (search: Route, body: object) => (await refusal(search, body))?.facts.limit as readonly string[]

test('every search takes every operator and sorts by all it can in PostgreSQL, too', async () => {
  const values: readonly unknown[] = ['1', 1, true, 'ACTIVE', 'x', '2026-03-02T01:00:00Z', null, {}]
  const operators = ['$eq', '$neq', '$gt', '$gte', '$lt', '$lte', '$like']
  let answered = 0
  for (const search of searches) {
    const ask = async (body: object) => {
      if ((await refusal(search, body)) === null) answered += 1
    }
    for (const field of await offered(search, { sort: [{ field: '?' }] }))
      for (const order of ['ASC', 'DESC']) await ask({ sort: [{ field, order }] })
    for (const name of await offered(search, { filter: { '?': 1 } })) {
      for (const value of values) {
        await ask({ filter: { [name]: value } })
        for (const operator of operators) await ask({ filter: { [name]: { [operator]: value } } })
        for (const operator of ['$in', '$notIn']) await ask({ filter: { [name]: { [operator]: [value] } } })
      }
      for (const $exists of [true, false]) await ask({ filter: { [name]: { $exists } } })
    }
    await ask({ page: { after: Buffer.from('v2:1').toString('base64') } })
    await ask({ page: { before: Buffer.from('v2:1').toString('base64') } })
  }
  expect(searches.length).toBeGreaterThan(10)
  expect(answered).toBeGreaterThan(1000)
}, 60_000)

test('variables are searched for by their JSON text in PostgreSQL, too', async () => {
  const search = searches.find(({ path }) => path === '/v2/process-instances/search')!
  for (const operator of ['$eq', '$neq', '$like'])
    expect(await refusal(search, { filter: { variables: [{ name: 'a', value: { [operator]: '1' } }] } })).toBeNull()
})

test('incidents of an element are searched for in PostgreSQL, too', async () => {
  const search = routes.find(({ path }) => path === '/v2/element-instances/:key/incidents/search')!
  expect((await refusal(search, {}, '5'))?.code).toBe('NOT_FOUND')
  await store.single.insert(store.tables.elementInstance).values({
    ...{ key: 5, instanceKey: 1, scopeKey: 1, elementId: 'a', elementType: 'bpmn:Task', name: null, loopCounter: null },
    ...{ definitionKey: null, causes: [], stage: false, state: 'active', startedAt: 0, endedAt: null },
  })
  expect(await refusal(search, { sort: [{ field: 'creationTime', order: 'DESC' }] }, '5')).toBeNull()
})
