import { line, model, node } from '@bihuan/engine/testing'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { addClient, killAll, makeDataFolder, removeDataFolder, serve } from '../server-process.ts'
import { type RawAnswer, RawClient, rawRequest } from './raw-client.ts'

const forReviewers = '<zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="township_reviewer"/>'
const drawing = model(
  `${node('startEvent', 's')}${node('userTask', 'a', forReviewers)}${node('endEvent', 'e')}${line('s', 'a', 'e')}`,
)

let data: string
let authorization: string
beforeAll(async () => {
  data = await makeDataFolder()
  authorization = await addClient(data)
}, 120_000)
afterEach(killAll)
afterAll(() => removeDataFolder(data))

/** Pages of each person that want to be told of changes, and callers who ask for much. Together a thousand. */
const PAGES_EACH = 50
const CALLERS = 850
const PEOPLE = ['clerk', 'reviewer', 'leader']

it('F18 a thousand connections that hardly read: with 256 MB it turns away or serves, goes on serving others, and does not fall', async () => {
  const server = await serve(data, authorization, {
    BIHUAN_DEMO: '1',
    NODE_OPTIONS: '--max-old-space-size=256',
  })
  const form = new FormData()
  form.append('resources', new Blob([drawing]), 'process.bpmn')
  expect((await server.request('POST', '/v2/deployments', form)).status).toBe(200)
  const cookies = await Promise.all(
    PEOPLE.map(async (username) => {
      const password = (await server.printed(`  ${username} `))?.split(/\s+/)[0]
      const answer = await fetch(`${server.address}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: server.address },
        body: JSON.stringify({ username, password }),
      })
      expect(answer.status).toBe(200)
      return answer.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; ')
    }),
  )
  const clients: RawClient[] = []
  /** The beginning of an answer; what follows is left where it is. */
  const begin = (request: string): Promise<RawAnswer> => {
    const client = new RawClient(server.address)
    clients.push(client)
    return client.head(request)
  }
  const lines = cookies.flatMap((cookie) =>
    Array.from({ length: PAGES_EACH }, () => begin(rawRequest('GET', '/api/inbox/events', { cookie }))),
  )
  const large = Array.from({ length: CALLERS }, () => begin(rawRequest('GET', '/api/openapi.json')))
  const answers = await Promise.all([...lines, ...large])
  expect(clients).toHaveLength(1_000)
  for (const answer of answers) {
    expect([200, 429, 503]).toContain(answer?.status)
    if (answer?.status !== 200) expect(Number(answer?.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  expect((await Promise.all(lines)).filter((answer) => answer?.status === 200).length).toBeGreaterThan(0)

  // Everybody's inbox changes, and nobody reads it.
  for (let i = 0; i < 100; i += 1) {
    const started = await server.request('POST', '/v2/process-instances', {
      processDefinitionId: 'process',
      tenantId: 'liuxi',
      variables: { text: 'x'.repeat(20_000) },
    })
    expect(started.status).toBe(200)
  }
  expect((await server.request('GET', '/api/health')).status).toBe(200)
  expect(server.child.exitCode).toBeNull()
  for (const { socket } of clients) socket.destroy()
  server.child.kill('SIGTERM')
  expect((await server.ended).code).toBe(0)
}, 180_000)
