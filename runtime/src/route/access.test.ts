import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allRoutes } from './app.ts'
import type { Route } from './route.ts'
import { openTestApp, type Requester, type TestApp } from './test-app.ts'

const EXPECTED = fileURLToPath(new URL('./access.expected.txt', import.meta.url))

/** Kinds of caller, by the letter of their column. */
const kinds = {
  A: 'anonymous',
  C: 'cadre',
  O: "other village's cadre",
  R: 'reviewer',
  D: 'designer',
  P: 'operator',
  S: 'sys',
  G: 'sec',
  U: 'audit',
  K: 'client',
} as const

let app: TestApp
let callers: { readonly [kind in keyof typeof kinds]: Requester }
let caseKey: string
let taskKey: string
let packageId: string

beforeAll(async () => {
  app = await openTestApp()
  callers = {
    A: app.request,
    C: await app.as('clerk.east'),
    O: await app.as('clerk.west'),
    R: await app.as('reviewer'),
    D: await app.as('designer'),
    P: await app.as('operator'),
    S: await app.as('sysadmin'),
    G: await app.as('secadmin'),
    U: await app.as('auditor'),
    K: app.client,
  }
  const body = { processId: 'petition', unitId: 'east', formKey: null, answers: { subject: 'x' } }
  caseKey = ((await (await callers.C('POST', '/api/cases', body)).json()) as { caseKey: string }).caseKey
  const one = (await (await callers.C('GET', `/api/cases/${caseKey}`)).json()) as { tasks: { key: string }[] }
  taskKey = one.tasks[0]!.key
  const made = await callers.D('POST', '/api/packages', { name: 'x', from: { kind: 'blank' } })
  packageId = ((await made.json()) as { id: string }).id
})
afterAll(() => app.close())

/** Address of a route with real keys where it has parameters, so that a closed door is not mistaken for an empty room. */
function addressOf(route: Route): string {
  const own = route.path.includes('/tasks/') || route.path.includes('/user-tasks/') ? taskKey : caseKey
  return route.path
    .replace(':processId', 'petition')
    .replace('/packages/:id', `/packages/${packageId}`)
    .replace(/:key/, own)
    .replace(/:\w+/g, '1')
}

/** `-` the door is closed (401, 403), `.` it opens and there is nothing for this caller (404), `+` it opens. */
async function knock(route: Route, who: Requester): Promise<string> {
  const sendsNothing = route.method === 'GET' || route.input === null
  // A body no route takes: doors are judged before what is carried through them.
  const answer = await who(route.method, addressOf(route), sendsNothing ? undefined : '"?"')
  await answer.body?.cancel()
  if (answer.status === 401 || answer.status === 403) return '-'
  return answer.status === 404 ? '.' : '+'
}

test('caretakers see no case: designer, operator and the three administrators (A06)', async () => {
  for (const kind of ['D', 'P', 'S', 'G', 'U'] as const) {
    for (const path of [
      `/api/cases/${caseKey}`,
      `/api/tasks/${taskKey}`,
      `/api/inbox`,
      '/api/cases',
      `/v2/process-instances/${caseKey}`,
    ]) {
      expect((await callers[kind]('GET', path)).status, `${kind} ${path}`).toBe(403)
    }
    expect((await callers[kind]('POST', '/v2/user-tasks/search', {})).status).toBe(403)
    expect((await callers[kind]('POST', '/v2/variables/search', {})).status).toBe(403)
  }
})

test('A01 every route × every kind of caller is as the expected file says', async () => {
  const lines: string[] = []
  // Signing out last, or the callers after it would be nobody.
  const routes = [...allRoutes(app.server.services)].filter(
    (route) => !(route.method === 'DELETE' && route.path === '/api/session'),
  )
  routes.push(
    ...allRoutes(app.server.services).filter((route) => route.method === 'DELETE' && route.path === '/api/session'),
  )
  // What acts on the one task changes what others see of it: a reader's view comes first.
  routes.sort(
    (a, b) =>
      Number(a.method !== 'GET') - Number(b.method !== 'GET') ||
      Number(a.path === '/api/session') - Number(b.path === '/api/session'),
  )
  for (const route of routes) {
    const row: string[] = []
    for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
      row.push(`${kind}${await knock(route, callers[kind])}`)
    }
    lines.push(`${route.method.padEnd(6)} ${route.path.padEnd(44)} ${route.policy.padEnd(12)} ${row.join(' ')}`)
  }
  const legend = [
    '# Who gets through which door. Kept by hand: a change here is a decision. Columns:',
    `# ${Object.entries(kinds)
      .map(([letter, name]) => `${letter} ${name}`)
      .join(', ')}`,
    '# - refused (401, 403)   . nothing there for this caller (404)   + let through',
  ]
  const found = `${[...legend, ...lines.sort((a, b) => a.slice(7).localeCompare(b.slice(7), 'en') || a.localeCompare(b, 'en'))].join('\n')}\n`
  if (process.env.WRITE_ACCESS === '1') writeFileSync(EXPECTED, found)
  expect(found).toBe(readFileSync(EXPECTED, 'utf8'))
})
