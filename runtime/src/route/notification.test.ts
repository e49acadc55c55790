import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Notifications } from '../contract/contract.ts'
import { openTestApp, type TestApp } from './test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
  const { store } = app.server.services
  const { person, notification } = store.tables
  const people = new Map((await store.read.select().from(person)).map(({ username, id }) => [username, id]))
  for (let i = 1; i <= 60; i += 1)
    await store.single.insert(notification).values({
      jobKey: i,
      channel: 'app',
      receiver: people.get(i % 2 === 0 ? 'clerk.west' : 'clerk.east')!,
      instanceKey: 7,
      title: `T${i}`,
      text: '',
      createdAt: Math.trunc(i / 4),
      readAt: null,
    })
  // The note that a mail went out is nothing to read.
  const mail = { channel: 'mail', receiver: people.get('clerk.east')!, instanceKey: 7, title: 'M', text: '' } as const
  await store.single.insert(notification).values({ ...mail, jobKey: 99, createdAt: 99, readAt: null })
  for (let i = 101; i <= 151; i += 1)
    await store.single
      .insert(notification)
      .values({ ...mail, channel: 'app', title: `T${i}`, jobKey: i, createdAt: i, readAt: null })
})
afterAll(() => app.close())

const read = async (username: string, path = ''): Promise<Notifications> =>
  (await (await app.as(username))('GET', `/api/notifications${path}`)).json() as Promise<Notifications>

test('a person reads what he was told, newest first, page by page, and nobody else’s', async () => {
  const first = await read('clerk.east')
  expect(first.items).toHaveLength(50)
  expect(first.unread).toBe(81)
  const second = await read('clerk.east', `?cursor=${first.next}`)
  expect(second.next).toBeNull()
  const titles = [...first.items, ...second.items].map(({ title }) => title)
  const odd = Array.from({ length: 30 }, (_, i) => 59 - 2 * i)
  expect(titles).toEqual([...Array.from({ length: 51 }, (_, i) => 151 - i), ...odd].map((i) => `T${i}`))
  expect((await read('clerk.west')).unread).toBe(30)
  expect((await read('clerk.west', '/unread')).unread).toBe(30)
  for (const path of ['', '/unread']) expect((await app.request('GET', `/api/notifications${path}`)).status).toBe(401)
})

test('what has been read is counted no more; another’s is not there', async () => {
  const east = await app.as('clerk.east')
  const west = await app.as('clerk.west')
  expect((await west('PUT', '/api/notifications/1/read')).status).toBe(404)
  expect((await west('PUT', '/api/notifications/99/read')).status).toBe(404)
  expect((await east('PUT', '/api/notifications/151/read')).status).toBe(204)
  expect((await east('PUT', '/api/notifications/151/read')).status).toBe(204)
  const { items, unread } = await read('clerk.east')
  expect(unread).toBe(80)
  expect(items[0]).toMatchObject({ title: 'T151', caseKey: '7', readAt: expect.any(String) })
  expect((await east('PUT', '/api/notifications/read')).status).toBe(204)
  expect((await read('clerk.east')).unread).toBe(0)
  expect((await read('clerk.west')).unread).toBe(30)
})
