import { line, model, node } from '@bihuan/engine/testing'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { verifyTrail } from '../../src/audit/verify.ts'
import { openStore } from '../../src/host/open.ts'
import { addClient, killAll, makeDataFolder, removeDataFolder, type ServerProcess, serve } from '../server-process.ts'
import { type RawAnswer, RawClient, rawRequest } from './raw-client.ts'

let data: string
let authorization: string
beforeAll(async () => {
  data = await makeDataFolder()
  authorization = await addClient(data)
}, 60_000)
afterEach(killAll)
afterAll(() => removeDataFolder(data))

const drawing = model(
  `${node('startEvent', 's')}${node('userTask', 'a', '<zeebe:userTask/>')}${node('endEvent', 'e')}${line('s', 'a', 'e')}`,
)
/** Callers at once: some times as many as the server works for. */
const CALLERS = 600
/** Answers of a storm. */
const ANSWERS = 3_000

async function deploy(server: ServerProcess): Promise<void> {
  const form = new FormData()
  form.append('resources', new Blob([drawing]), 'process.bpmn')
  expect((await server.request('POST', '/v2/deployments', form)).status).toBe(200)
}

/** Callers that ask again as soon as they are answered, whatever the answer, on a new connection when theirs is closed. */
async function storm(server: ServerProcess, request: string): Promise<readonly RawAnswer[]> {
  const answers: RawAnswer[] = []
  const caller = async () => {
    let client = new RawClient(server.address)
    while (answers.length < ANSWERS) {
      const answer = await client.ask(request)
      answers.push(answer)
      if (answer !== null && answer.headers.get('connection') !== 'close') continue
      client.socket.destroy()
      client = new RawClient(server.address)
    }
    client.socket.destroy()
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
  return answers
}

it('F19 under several times its load it finishes what it takes, turns away the rest at once with Retry-After, and serves a new caller as soon as it is over', async () => {
  const server = await serve(data, authorization, { BIHUAN_DEMO: '1' })
  await deploy(server)
  const begin = rawRequest('POST', '/v2/process-instances', { authorization }, { processDefinitionId: 'process' })
  let isOver = false
  const storming = storm(server, begin).finally(() => {
    isOver = true
  })
  // Who watches the server is answered in the middle of it, on a connection of his own.
  const watched: RawAnswer[] = []
  const watching = (async () => {
    while (!isOver) {
      const watcher = new RawClient(server.address)
      watched.push(await watcher.ask(rawRequest('GET', '/api/health')))
      watcher.socket.destroy()
    }
  })()
  const answers = await storming
  // Whoever comes now stands behind nobody.
  const later = await server.request('POST', '/v2/process-instances', { processDefinitionId: 'process' })
  expect(later.status).toBe(200)
  await watching

  expect(answers.filter((answer) => answer === null)).toEqual([])
  const taken = answers.filter((answer) => answer?.status === 200)
  const turnedAway = answers.filter((answer) => answer?.status === 503)
  expect(taken.length + turnedAway.length).toBe(answers.length)
  // The server's own work goes on: turning away does not eat it up.
  expect(taken.length).toBeGreaterThan(256)
  expect(turnedAway.length).toBeGreaterThan(256)
  for (const answer of turnedAway) {
    expect(answer?.headers.get('retry-after')).toBe('2')
    expect(answer?.headers.get('content-type')).toContain('application/problem+json')
    expect(answer?.headers.get('connection')).toBe('close')
  }
  expect(watched.length).toBeGreaterThan(0)
  expect(watched.map((answer) => answer?.status)).toEqual(watched.map(() => 200))

  server.child.kill('SIGTERM')
  const { code, err } = await server.ended
  expect(code).toBe(0)
  // The log says how many, and not each.
  const said = err.split('\n').filter((one) => one.includes('"turned away"'))
  expect(said.length).toBeGreaterThan(0)
  expect(said.length).toBeLessThan(turnedAway.length / 4)
  const store = await openStore(`file:${data}/bihuan.db`)
  try {
    const rows = await store.read.select({ key: store.tables.processInstance.key }).from(store.tables.processInstance)
    // What was turned away has left nothing behind.
    expect(rows).toHaveLength(taken.length + 1)
    expect((await verifyTrail(store)).intact).toBe(true)
  } finally {
    await store.close()
  }
}, 120_000)
