import type { Page } from 'playwright-core'

/** What the server answered. */
export interface Answered<T> {
  readonly status: number
  readonly body: T
}

/** A request as the page itself would make it, with the session of whoever is signed in there. */
export function call<T>(page: Page, method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answered<T>> {
  return page.evaluate(
    async ([how, where, given]) => {
      const answer = await fetch(`/api${where}`, {
        method: how,
        headers: {
          ...(how === 'POST' ? { 'Idempotency-Key': crypto.randomUUID() } : {}),
          ...(given === null ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(given === null ? {} : { body: given }),
      })
      return { status: answer.status, body: await answer.json() }
    },
    [method, path, body === undefined ? null : JSON.stringify(body)] as const,
  ) as Promise<Answered<T>>
}

/** Sends a file as that person. @returns what a form field keeps of it */
export function upload(page: Page, bytes: Uint8Array, name: string): Promise<object> {
  return page.evaluate(
    async ([text, called]) => {
      const whole = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
      const form = new FormData()
      form.append('file', new File([whole], called, { type: 'image/jpeg' }))
      const answer = await fetch('/api/files', { method: 'POST', body: form })
      return (await answer.json()) as object
    },
    [Buffer.from(bytes).toString('base64'), name] as const,
  )
}

/** Keeps the bodies of all that the server answers to this page from now on; a stream of events has no end to wait for. */
export function keepBodies(page: Page): () => Promise<string> {
  const bodies: Promise<string>[] = []
  page.on('response', (answer) => {
    if ((answer.headers()['content-type'] ?? '').startsWith('text/event-stream')) return
    // What was asked for by a page that was left has no body any more: the person never got it.
    bodies.push(answer.text().catch(() => ''))
  })
  return async () => (await Promise.all(bodies)).join('\n')
}
