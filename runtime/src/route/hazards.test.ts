import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allRoutes } from './app.ts'
import { openTestApp, type Requester, type TestApp } from './test-app.ts'

let app: TestApp
let cadre: Requester

beforeAll(async () => {
  app = await openTestApp()
  cadre = await app.as('clerk.east')
})
afterAll(() => app.close())

const isProblem = (answer: Response) => answer.headers.get('content-type')?.startsWith('application/problem+json')
const rows = async () =>
  (await app.server.services.store.read.select().from(app.server.services.store.tables.trail)).length

const bodies: readonly (readonly [name: string, body: string, status: number])[] = [
  ['empty', '', 400],
  ['not JSON', '{', 400],
  ['another shape', '[]', 422],
  ['null', 'null', 422],
  ['the same name twice', '{"processId":"a","processId":"b"}', 400],
  ['__proto__', '{"__proto__":{"x":1}}', 400],
  ['depth 10^6', '['.repeat(1e6), 400],
  ['1e400', '{"answers":1e400}', 400],
  ['half a surrogate pair', '{"processId":"\\ud800"}', 400],
  ['too large', `"${'x'.repeat(2 * 1024 * 1024)}"`, 413],
]
for (const [name, body, status] of bodies) {
  test(`I12 a body that is ${name} is refused with ${status}`, async () => {
    const answer = await cadre('POST', '/api/cases', body)
    expect(answer.status).toBe(status)
    expect(isProblem(answer)).toBe(true)
    const problem = (await answer.json()) as { messages: { [language: string]: { text: string } } }
    expect(problem.messages['zh-CN']!.text).not.toBe('')
    expect(problem.messages.en!.text).not.toBe('')
  })
}

test('I12 bytes that are not UTF-8 are refused', async () => {
  const cookie = (
    await app.request('POST', '/api/session', { username: 'clerk.east', password: 'a-long-password' })
  ).headers.getSetCookie()[0]!
  const answer = await app.server.app.request('/api/cases', {
    method: 'POST',
    headers: { host: 'localhost', origin: 'http://localhost', cookie, 'content-type': 'application/json' },
    body: new Uint8Array([0x22, 0xff, 0xfe, 0x22]),
  })
  expect(answer.status).toBe(400)
})

test('A09 a write from another site, or from no known site, is refused and changes nothing', async () => {
  const body = { processId: 'petition', unitId: 'east', formKey: null, answers: { subject: 'x' } }
  const before = await rows()
  const attempts: { readonly [name: string]: string }[] = [
    { origin: 'https://elsewhere.example' },
    { origin: 'http://sub.localhost' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: '' },
  ]
  for (const headers of attempts) {
    const answer = await cadre('POST', '/api/cases', body, headers)
    expect(answer.status, JSON.stringify(headers)).toBe(403)
    expect(await answer.json()).toMatchObject({ code: 'ORIGIN_REFUSED' })
  }
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    expect((await cadre('POST', '/api/cases', JSON.stringify(body), { 'content-type': type })).status).toBe(400)
  }
  expect(await rows()).toBe(before)
})

test('what is not there is a problem in both languages, not a page', async () => {
  for (const path of ['/api/none', '/v2/none', '/v2/clock/none']) {
    const answer = await cadre('GET', path)
    expect(answer.status).toBe(404)
    expect(isProblem(answer)).toBe(true)
  }
})

test('I17 random requests on every route: no 5xx', async () => {
  const routes = allRoutes(app.server.services).filter(
    (route) => route.path !== '/api/session' && route.output !== 'stream' && !route.path.includes('clock'),
  )
  const word = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom('1', '0', '9007199254740993', '..%2f..', '%00', '%ff', '1073741825', 'petition', '-1', "'"),
  )
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.record(
      {
        filter: fc.dictionary(
          fc.constantFrom('state', 'name', 'processInstanceKey', '$eq', 'dueDate', 'x'),
          fc.jsonValue({ maxDepth: 2 }),
          { maxKeys: 3 },
        ),
        page: fc.jsonValue({ maxDepth: 2 }),
      },
      { requiredKeys: [] },
    ),
    fc.record({
      processId: fc.constantFrom('petition', 'none'),
      unitId: fc.constantFrom('east', 'west', ''),
      formKey: fc.constant(null),
      answers: fc.dictionary(fc.constantFrom('subject', 'photos', 'x'), fc.jsonValue({ maxDepth: 2 })),
    }),
    fc.record(
      {
        variables: fc.jsonValue({ maxDepth: 2 }),
        type: fc.jsonValue({ maxDepth: 1 }),
        timeout: fc.integer(),
        maxJobsToActivate: fc.integer(),
      },
      { requiredKeys: [] },
    ),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...routes),
      fc.constantFrom(cadre, app.client),
      fc.array(word, { minLength: 3, maxLength: 3 }),
      value,
      fc.string({ maxLength: 30 }),
      async (route, who, words, body, search) => {
        let next = 0
        const path = route.path.replace(
          /:\w+/g,
          () => encodeURIComponent(words[next++]!.replace(/\p{Cs}/gu, 'x')).replaceAll('%25', '%') || '1',
        )
        const query =
          route.query.length === 0
            ? ''
            : `?${route.query.map((name) => `${name}=${encodeURIComponent(search.replace(/\p{Cs}/gu, ''))}`).join('&')}`
        const answer = await who(
          route.method,
          `${path}${query}`,
          route.method === 'GET' || route.input === null ? undefined : JSON.stringify(body),
        )
        await answer.body?.cancel()
        // A dot makes another address of it, which may be that of an operation /v2 says it does not offer.
        const isNotOffered = route.path.startsWith('/v2/') && answer.status === 501
        if (!isNotOffered)
          expect(answer.status, `${route.method} ${path}${query} ${JSON.stringify(body)}`).toBeLessThan(500)
      },
    ),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 1500) },
  )
}, 120_000)

test('a refusal is named in the language asked for, and faults of a shape are said in both', async () => {
  type Told = { title: string; detail: string; messages: { [language: string]: { text: string } } }
  const bodies: readonly (readonly [body: unknown, chinese: RegExp, english: RegExp])[] = [
    [{ processId: 1, unitId: 'east', formKey: null, answers: {} }, /应是文字/, /it should be text/],
    [{ processId: 'x'.repeat(300), unitId: 'east', formKey: null, answers: {} }, /字数不超过 200/, /at most 200/],
    [{ unitId: 'east', formKey: null, answers: {} }, /“processId”.*缺少/, /"processId".*missing/],
    [{ processId: 'x', unitId: 'e', formKey: null, answers: {}, more: 1 }, /“more”.*没有这一项/, /"more".*no such/],
    [{ processId: 'x', unitId: 'e', formKey: 'abc', answers: {} }, /写法不对/, /written in another way/],
    ['{"a":1,"a":2}', /两次： a/, /twice: a/],
  ]
  for (const [body, chinese, english] of bodies) {
    const answers = await Promise.all(
      ['en-GB,en;q=0.9', 'zh-CN'].map(async (language) => {
        const answer = await cadre('POST', '/api/cases', body, { 'accept-language': language })
        expect(answer.headers.get('content-language')).toBe(language === 'zh-CN' ? 'zh-CN' : 'en')
        return (await answer.json()) as Told
      }),
    )
    const [inEnglish, inChinese] = answers as [Told, Told]
    expect(inEnglish.detail).toMatch(english)
    expect(inChinese.detail).toMatch(chinese)
    expect(inChinese.detail).not.toMatch(/must|should/)
    expect(inEnglish.title).toMatch(/^(Unexpected|Unreadable) content$/)
    expect(inChinese.title).toMatch(/^内容/)
    expect(inEnglish.messages).toEqual(inChinese.messages)
  }
})

test('HEAD opens no stream that nobody reads', async () => {
  for (let time = 0; time < 20; time++) expect((await cadre('HEAD' as 'GET', '/api/inbox/events')).status).toBe(200)
  const open = await cadre('GET', '/api/inbox/events')
  expect(open.status).toBe(200)
  await open.body!.cancel()
})

test('an address that takes other methods says which, one that is none is not found', async () => {
  const attempts: readonly (readonly [method: string, path: string, allow: string | null])[] = [
    ['POST', '/api/inbox', 'GET'],
    ['PUT', '/api/session', 'DELETE, GET, POST'],
    ['DELETE', '/api/cases/1', 'GET'],
    ['OPTIONS', '/api/startable/petition/draft', 'PUT'],
    ['GET', '/hooks/any', 'POST'],
    ['POST', '/metrics', 'GET'],
    ['POST', '/api/none', null],
    ['POST', '/api/cases/1/none', null],
  ]
  for (const [method, path, allow] of attempts) {
    const answer = await cadre(method, path)
    expect([answer.status, answer.headers.get('allow')], `${method} ${path}`).toEqual([allow ? 405 : 404, allow])
    expect(await answer.json()).toMatchObject({ code: allow ? 'METHOD_NOT_ALLOWED' : 'NOT_FOUND' })
  }
})

test("what a program sends over /v2 in a person's name leaves what he was typing alone when it is refused", async () => {
  const typed = { subject: 'half a sentence' }
  expect((await cadre('PUT', '/api/startable/petition/draft', { answers: typed })).status).toBe(200)
  const drafts = async () => {
    const { read, tables } = app.server.services.store
    return (await read.select().from(tables.draft)).map(({ about, answers }) => ({ about, answers }))
  }
  const before = await drafts()
  expect(before).toContainEqual({ about: 'start:petition', answers: typed })
  for (const variables of [{}, { subject: 'x'.repeat(51) }, { none: 1 }])
    expect(
      (await cadre('POST', '/v2/process-instances', { processDefinitionId: 'petition', variables })).status,
    ).toBeGreaterThanOrEqual(400)
  expect(await drafts()).toEqual(before)
})
