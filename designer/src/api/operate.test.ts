import { afterEach, expect, it, vi } from 'vitest'
import { resolveGroup } from './operate.ts'

afterEach(() => vi.unstubAllGlobals())

it('E03 a group that is tried again goes on where an answer was lost: each page is asked for under a key of its own', async () => {
  const asked: [cursor: string | null, key: string | null][] = []
  let isLost = true
  vi.stubGlobal('fetch', async (_url: string, { body, headers }: { body: string; headers: HeadersInit }) => {
    const { cursor = null } = JSON.parse(body) as { cursor?: string }
    asked.push([cursor, new Headers(headers).get('idempotency-key')])
    if (cursor === '2' && isLost) {
      isLost = false
      throw new TypeError('the reply was lost')
    }
    const next = { 1: '2', 2: null }[cursor ?? ''] ?? (cursor === null ? '1' : null)
    return Response.json({ resolved: 100, stuckAgain: 1, failed: [], next })
  })
  const group = { processId: 'p', elementId: 'e', code: 'NO_FLOW_TAKEN' }
  await expect(resolveGroup(group, 'mended', 'intent')).rejects.toThrow()
  expect(await resolveGroup(group, 'mended', 'intent')).toEqual({ resolved: 300, stuckAgain: 3, failed: [] })
  const keys = new Map(asked)
  expect(new Set(keys.values()).size).toBe(3)
  expect(asked).toEqual([...keys, ...keys])
  await resolveGroup(group, 'mended', 'another')
  expect(asked.at(-1)![1]).not.toBe(keys.get('2'))
})
