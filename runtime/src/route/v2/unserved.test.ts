import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../test-app.ts'
import { operationList } from './operations.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const said = async (method: string, path: string) => {
  const answer = await app.client(method, path)
  const { code, detail } = (await answer.json()) as { code: string; detail: string }
  return { status: answer.status, code, detail, allow: answer.headers.get('allow') }
}

test('an operation of Camunda that is not offered is named, in both languages', async () => {
  const { status, code, detail, allow } = await said('POST', '/v2/tenants')
  expect({ status, code, allow }).toEqual({ status: 501, code: 'NOT_IMPLEMENTED', allow: null })
  expect(detail).toContain('createTenant')
  expect(await said('DELETE', '/v2/roles/r/users/u')).toMatchObject({
    status: 501,
    detail: expect.stringContaining('unassignRoleFromUser'),
  })
  const english = await app.client('GET', '/v2/batch-operations/7', undefined, { 'accept-language': 'en' })
  expect(await english.json()).toMatchObject({
    title: 'Operation not offered',
    detail: expect.stringContaining('getBatchOperation'),
  })
})

test('a known address with another method says which it takes; search is no key', async () => {
  expect(await said('DELETE', '/v2/process-instances/search')).toMatchObject({
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    allow: 'POST',
  })
  expect(await said('PUT', '/v2/user-tasks/1')).toMatchObject({ status: 405, allow: 'GET, PATCH' })
})

test('what that interface has not is not found', async () => {
  expect(await said('GET', '/v2/nothing')).toMatchObject({ status: 404, code: 'NOT_FOUND', allow: null })
  expect(await said('GET', '/v2')).toMatchObject({ status: 404 })
  expect(await said('GET', '/v2/topology/more')).toMatchObject({ status: 404 })
})

test('every operation is served or refused by name: none is unknown', async () => {
  const answers = await Promise.all(
    operationList.map(async ({ id, method, path }) => {
      const answer = await app.request(method, `/v2${path.replace(/\{\w+\}/g, '1')}`)
      await answer.body?.cancel()
      return [id, answer.status] as const
    }),
  )
  // Nobody asks: what is served refuses him or tells what all may know.
  expect(answers.filter(([, status]) => ![200, 204, 401, 501].includes(status))).toEqual([])
  expect(new Set(operationList.map(({ method, path }) => `${method} ${path}`)).size).toBe(operationList.length)
})
