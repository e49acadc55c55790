import { describe, expect, it } from 'vitest'
import { faultOf } from '../fuzz/judge.ts'
import type { Planned } from '../fuzz/request.ts'
import { Run } from '../fuzz/run.ts'
import type { Answer } from '../fuzz/wire.ts'

const SEED = Date.now() % 1_000_000

describe('hostile requests', () => {
  it('I17 none of 5,000 makes a server fail, fall, hang or change what it refuses to', async () => {
    const lines: string[] = [`seed ${SEED}`]
    const run = new Run({ count: 5000, seed: SEED, say: (line) => lines.push(line) })
    const { requests, failed, restarts, changed, wrong, statuses } = await run.run()
    expect({ requests, failed, restarts, changed, wrong }, lines.join('\n')).toEqual({
      requests: 5000,
      failed: 0,
      restarts: 0,
      changed: 0,
      wrong: 0,
    })
    // They get past the door: some are done, and the rest is refused for many reasons.
    for (const status of ['200', '201', '204', '400', '401', '403', '404', '405', '409', '422'])
      expect(statuses.get(status) ?? 0, status).toBeGreaterThan(0)
  }, 600_000)
})

describe('what is wrong about an answer', () => {
  const planned: Planned = {
    kind: 'fitting',
    caller: 'client',
    method: 'POST',
    target: '/api/cases',
    headers: [['Accept-Language', 'en']],
    body: null,
    language: 'en',
    raw: null,
    isCut: false,
  }
  const problem = {
    type: 'urn:bihuan:problem:NOT_FOUND',
    title: 'Not found',
    status: 404,
    code: 'NOT_FOUND',
    messages: { 'zh-CN': { text: '没有找到' }, en: { text: 'Not found' } },
  }
  const answer = (
    status: number,
    body: object | string = problem,
    headers: { readonly [name: string]: string } = {},
  ): Answer => ({
    outcome: 'answered',
    status,
    headers: new Map(
      Object.entries({ 'content-type': 'application/problem+json', 'content-language': 'en', ...headers }),
    ),
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ms: 1,
  })

  it.each<[string, Answer, RegExp]>([
    ['an error of the server', answer(500), /status 500/],
    ['a server that is too busy', answer(503, { ...problem, status: 503 }), /status 503/],
    ['no answer in time', { outcome: 'late', ms: 1 }, /no answer/],
    ['a line that is cut', { outcome: 'cut', ms: 1 }, /without an answer/],
    ['a page', answer(404, '<h1>404</h1>', { 'content-type': 'text/html' }), /without a problem/],
    ['no code', answer(404, { ...problem, code: undefined }), /without a code/],
    ['another status inside', answer(404, { ...problem, status: 400 }), /RFC 9457/],
    ['one language', answer(404, { ...problem, messages: { en: { text: 'x' } } }), /both languages/],
    ['Chinese for English', answer(404, { ...problem, messages: { ...problem.messages, en: { text: '无' } } }), /both/],
    ['another language than was asked for', answer(404, problem, { 'content-language': 'zh-CN' }), /another language/],
    ['the inside', answer(404, { ...problem, detail: 'at x (/srv/a.ts:1:2)' }), /the inside/],
    ['half an answer', answer(200, '{"a":', { 'content-type': 'application/json' }), /no JSON/],
  ])('%s', (_, given, told) => {
    expect(faultOf(planned, given)).toMatch(told)
  })

  it('is nothing about a problem told as it should be, nor about what is not offered', () => {
    expect(faultOf(planned, answer(404))).toBeNull()
    const unserved = { ...problem, status: 501, code: 'NOT_IMPLEMENTED', type: 'urn:bihuan:problem:NOT_IMPLEMENTED' }
    expect(faultOf(planned, answer(501, unserved))).toBeNull()
    expect(faultOf(planned, answer(200, '{}', { 'content-type': 'application/json' }))).toBeNull()
  })
})
