import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type Requester, type TestApp } from './test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

/** Reads one person's events; `next` waits for the next whole event. */
async function listen(who: Requester, headers: { readonly [name: string]: string } = {}) {
  const answer = await who('GET', '/api/inbox/events', undefined, headers)
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  const reader = answer.body!.getReader()
  const decoder = new TextDecoder()
  let text = ''
  return {
    async next(): Promise<string> {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end >= 0) {
          const event = text.slice(0, end)
          text = text.slice(end + 2)
          if (event.includes('event:')) return event
          continue
        }
        const { value, done } = await reader.read()
        if (done) return 'ended'
        text += decoder.decode(value)
      }
    },
    stop: () => reader.cancel(),
  }
}

const start = (who: Requester, unitId: string) =>
  who('POST', '/api/cases', { processId: 'petition', unitId, formKey: null, answers: { subject: 'x' } })

test('those whom a case concerns are told, with nothing about it; others are not', async () => {
  const east = await app.as('clerk.east')
  const west = await app.as('clerk.west')
  const second = await listen(await app.as('second.east'))
  const other = await listen(west)
  await start(east, 'east')
  const event = await second.next()
  expect(event).toMatch(/^id: \S+\nevent: changed\ndata: \{\}$/)
  // West's first event comes from its own case, not from East's.
  await start(west, 'west')
  const id = (one: string) => Number(/-(\d+)\n/.exec(one)![1])
  expect(id(await other.next())).toBeGreaterThan(id(event))

  await second.stop()
  await start(east, 'east')
  const last = /id: (\S+)/.exec(event)![1]!
  const back = await listen(await app.as('second.east'), { 'last-event-id': last })
  expect(await back.next()).toContain('changed')
  await back.stop()
  await other.stop()
})

test('F18 one person holds at most eight streams', async () => {
  const who = await app.as('reviewer')
  const open = await Promise.all(Array.from({ length: 8 }, () => listen(who)))
  expect((await who('GET', '/api/inbox/events')).status).toBe(429)
  await Promise.all(open.map((one) => one.stop()))
  const again = await listen(who)
  await again.stop()
})
