import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyTrail } from '../audit/verify.ts'
import { ConnectorPlay, connectorModel, Target } from '../testing/connector-play.ts'

/** A busy machine may take its time. */
const patience = { timeout: 20_000 }
let play: ConnectorPlay
let target: Target
beforeEach(async () => {
  target = await new Target().listen()
  play = await ConnectorPlay.open({
    secrets: { TOKEN: 's3cret-token', NUMBER: '10086', ELSEWHERE: { value: 'not-for-you', hosts: ['api.example.cn'] } },
    bytes: 10_000,
  })
})
afterEach(async () => {
  await play.close()
  await target.close()
})

const call = (inputs: { readonly [name: string]: string } = {}, headers = {}, options = {}) =>
  connectorModel('bihuan.http', { url: `="${target.url}/orders"`, ...inputs }, headers, options)
const json = (status: number, body: unknown) => (response: Parameters<Target['answer']>[0]) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
/** What the operators see of the only job. */
const job = async () => (await play.rows('job'))[0]!
const incidents = async () => (await play.rows('incident')).map(({ code, facts }) => [code, facts.message])

describe('bihuan.http', () => {
  it('calls with what the inputs say and hands the answer to the case', async () => {
    target.answer = json(201, { id: 7, names: ['甲'] })
    await play.deploy(
      call(
        { method: '="POST"', headers: '={"X-Kind": "order"}', body: '={sum: amount, note: note}' },
        { resultVariable: 'answer', resultExpression: '={orderId: response.body.id, status: response.status}' },
      ),
    )
    await play.start({ amount: 5, note: '水泥' })
    await play.settle()
    expect(target.received).toMatchObject([
      {
        method: 'POST',
        path: '/orders',
        headers: {
          'x-kind': 'order',
          'content-type': 'application/json; charset=utf-8',
          'accept-encoding': 'identity',
        },
        body: '{"sum":5,"note":"水泥"}',
      },
    ])
    expect(await play.rows('processInstance')).toMatchObject([{ state: 'completed' }])
    expect(await play.variable('orderId')).toBe(7)
    expect(await play.variable('answer')).toMatchObject({ status: 201, body: { id: 7, names: ['甲'] } })
    expect(await play.rows('delivery')).toEqual([])
    expect((await verifyTrail(play.host.store)).intact).toBe(true)
  })

  it('F12 a fault of the target is tried again after a growing pause with the same key, and is then an incident', async () => {
    target.answer = json(500, {})
    await play.deploy(call({}, { retryBackoff: 'PT10S' }))
    await play.start()
    await play.settle()
    const first = await job()
    expect(first).toMatchObject({ state: 'failed', retries: 2, errorMessage: expect.stringMatching(/^HTTP_500: /) })
    const pauses = [first.retryAt! - play.host.clock.now()]
    await play.pass(pauses[0]! - 1)
    expect(target.received).toHaveLength(1)
    await play.pass(1)
    expect(target.received).toHaveLength(2)
    const second = await job()
    pauses.push(second.retryAt! - play.host.clock.now())
    expect(pauses[0]).toBeGreaterThanOrEqual(5_000)
    expect(pauses[0]).toBeLessThanOrEqual(10_000)
    expect(pauses[1]).toBeGreaterThanOrEqual(10_000)
    expect(pauses[1]).toBeLessThanOrEqual(20_000)
    expect(await play.rows('delivery')).toMatchObject([{ attempts: 2, dueAt: second.retryAt }])
    await play.pass(pauses[1]!)
    expect(await incidents()).toEqual([['JOB_RETRIES_EXHAUSTED', expect.stringMatching(/^HTTP_500: .* answered 500$/)]])
    await play.pass(3_600_000)
    expect(new Set(target.received.map(({ headers }) => headers['idempotency-key']))).toEqual(
      new Set([String(first.key)]),
    )
    expect(target.received).toHaveLength(3)

    target.answer = json(200, {})
    const [incident] = await play.rows('incident')
    const actor = { type: 'person', id: 'operator' } as const
    await play.host.submit({ kind: 'incident.resolve', key: incident!.key, actor, requestId: 'r', value: {} })
    await play.settle()
    expect(await play.rows('processInstance')).toMatchObject([{ state: 'completed' }])
    expect(target.received.at(-1)!.headers['idempotency-key']).toBe(String(first.key))
  })

  it('F12 a target that asks for a pause is given it', async () => {
    target.answer = (response) => response.writeHead(503, { 'retry-after': '120' }).end()
    await play.deploy(call())
    await play.start()
    await play.settle()
    expect((await job()).retryAt).toBe(play.host.clock.now() + 120_000)
  })

  it.each<[string, RegExp, { readonly [name: string]: string }, Target['answer'] | null]>([
    ['is down', /^UNREACHABLE: .*ECONNREFUSED/, {}, null],
    ['does not answer in time', /^(\w+_)?TIMEOUT: /, { timeout: '=0.05' }, () => {}],
    [
      'goes on answering for ever',
      /^(\w+_)?TIMEOUT: /,
      { timeout: '=0.2' },
      (response) => {
        const dripping = setInterval(() => response.write(' '), 5)
        response.on('close', () => clearInterval(dripping))
      },
    ],
    ['resets after processing', /^CONNECTION_RESET: /, {}, (response) => response.socket!.resetAndDestroy()],
    [
      'cuts its answer off',
      /^ANSWER_TRUNCATED: /,
      {},
      (response) => {
        response.writeHead(200, { 'content-length': '100' })
        response.write('half', () => response.socket!.destroy())
      },
    ],
    [
      'says that it answers with a gigabyte',
      /^ANSWER_TOO_LARGE: /,
      {},
      (response) => {
        response.writeHead(200, { 'content-length': String(2 ** 30) })
        response.flushHeaders()
      },
    ],
    [
      'answers with a gigabyte without saying so',
      /^ANSWER_TOO_LARGE: /,
      {},
      (response) => {
        const chunk = Buffer.alloc(65_536, 'x')
        const more = () => {
          while (!response.destroyed && response.write(chunk)) {}
        }
        response.on('drain', more)
        more()
      },
    ],
    ['speaks no HTTP', /^ANSWER_MALFORMED: /, {}, (response) => response.socket!.end('hello\r\n\r\n')],
    [
      'compresses unasked',
      /^ANSWER_ENCODED: /,
      {},
      (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
    ],
    [
      'answers with broken JSON',
      /^ANSWER_MALFORMED: /,
      {},
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":'),
    ],
    ['answers with bytes', /^ANSWER_MALFORMED: /, {}, (response) => response.end(Buffer.from([0xff, 0xfe]))],
  ])('F12 a target that %s is tried again, with the reason', async (_what, reason, inputs, answer) => {
    const model = call(inputs)
    if (answer) target.answer = answer
    else await target.close()
    await play.deploy(model)
    await play.start()
    await play.settle()
    expect(await job()).toMatchObject({ state: 'failed', retries: 2, errorMessage: expect.stringMatching(reason) })
    if (!answer) target = await new Target().listen()
  })

  it.each<[string, RegExp, { readonly [name: string]: string }, number]>([
    ['is refused by the target', /^HTTP_422: /, {}, 422],
    ['is sent elsewhere', /^REDIRECT_REFUSED: /, {}, 302],
    ['is not on the list', /^EGRESS_REFUSED: /, { url: '="http://127.0.0.2/"' }, 200],
    ['is no http', /^SCHEME_REFUSED: /, { url: '=scheme + "://127.0.0.1/"' }, 200],
    ['has a header with a second line', /^INPUT_INVALID: headers/, { headers: '={"X-Name": crlf}' }, 200],
    [
      'has a kind of content with a second line',
      /^INPUT_INVALID: contentType/,
      { method: '="POST"', body: '="x"', contentType: '=crlf' },
      200,
    ],
    ['sets a header of the connection', /^INPUT_INVALID: headers/, { headers: '={"Host": "other"}' }, 200],
    ['waits longer than a minute', /^INPUT_INVALID: timeout/, { timeout: '=61' }, 200],
    ['names a BPMN error that is no text', /^INPUT_INVALID: errorCodes/, { errorCodes: '={"200": 5}' }, 200],
    ['has an unknown method', /^INPUT_INVALID: method/, { method: '="TRACE"' }, 200],
    ['asks for a secret that is not there', /^SECRET_MISSING: /, { headers: '={"A": "{{secrets.NOTHING}}"}' }, 200],
    ['asks for a secret of another host', /^SECRET_MISSING: /, { headers: '={"A": "{{secrets.ELSEWHERE}}"}' }, 200],
    [
      'has a secret for a host',
      /^(URL_INVALID|INPUT_INVALID|SECRET_MISSING|EGRESS_REFUSED): /,
      { url: '="http://{{secrets.TOKEN}}.cn/"' },
      200,
    ],
  ])('a call that %s is an incident at once', async (_what, reason, inputs, status) => {
    target.answer = (response) => response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end()
    await play.deploy(call(inputs))
    await play.start({ crlf: 'a\r\nX-Other: b', scheme: 'gopher' })
    await play.settle()
    expect(await incidents()).toEqual([['JOB_RETRIES_EXHAUSTED', expect.stringMatching(reason)]])
    expect(target.received.length).toBe(/HTTP|REDIRECT/.test(reason.source) ? 1 : 0)
  })

  it('a status that the model names is a BPMN error', async () => {
    target.answer = json(404, { why: 'unknown' })
    const boundary = `<bpmn:boundaryEvent id="b" attachedToRef="call"><bpmn:outgoing>b_x</bpmn:outgoing><bpmn:errorEventDefinition errorRef="err"/></bpmn:boundaryEvent><bpmn:userTask id="x"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements><bpmn:incoming>b_x</bpmn:incoming></bpmn:userTask><bpmn:sequenceFlow id="b_x" sourceRef="b" targetRef="x"/>`
    await play.deploy(
      call({ errorCodes: '={"404": "NOT_THERE"}' }, {}, { after: boundary }).replace(
        /<bpmn:process/,
        '<bpmn:error id="err" errorCode="NOT_THERE"/><bpmn:process',
      ),
    )
    await play.start()
    await play.settle()
    const { userTask } = play.host.store.tables
    expect(await play.host.store.read.select().from(userTask)).toMatchObject([{ elementId: 'x' }])
    expect(await play.variable('response')).toMatchObject({ status: 404, body: { why: 'unknown' } })
  })

  it('secrets go out and never come in: not into trail, variables, incidents or jobs, even when the target repeats them', async () => {
    target.answer = (response, { headers }) => json(200, { seen: headers.authorization })(response)
    await play.deploy(
      call({
        method: '="POST"',
        url: `="${target.url}/x?key={{secrets.TOKEN}}"`,
        headers: '={"Authorization": "Bearer {{secrets.TOKEN}}"}',
        body: '={typed: typed}',
      }),
    )
    await play.start({ typed: '{{secrets.TOKEN}} {{secrets.ELSEWHERE}}' })
    await play.settle()
    const [received] = target.received
    expect(received).toMatchObject({
      path: '/x?key=s3cret-token',
      headers: { authorization: 'Bearer s3cret-token' },
      // What a person typed is no name of a secret.
      body: '{"typed":"{{secrets.TOKEN}} {{secrets.ELSEWHERE}}"}',
    })
    expect(await play.variable('response')).toMatchObject({ body: { seen: 'Bearer ***' } })
    const { store } = play.host
    for (const table of Object.values(store.tables))
      expect(JSON.stringify(await store.read.select().from(table))).not.toContain('s3cret-token')
  })

  it('a secret that looks like a number is taken out of an answer, and leaves its other numbers whole', async () => {
    target.answer = json(200, { total: 1008600, app: '10086', echo: 10086 })
    await play.deploy(call({ headers: '={"App": "{{secrets.NUMBER}}"}' }))
    await play.start()
    await play.settle()
    expect(await play.variable('response')).toMatchObject({ body: { total: 1008600, app: '***', echo: '***' } })
  })

  it('asks with HEAD for what is larger than an answer may be, or compressed: nothing of it comes', async () => {
    target.answer = (response) =>
      response.writeHead(200, { 'content-length': String(2 ** 30), 'content-encoding': 'gzip' }).end()
    await play.deploy(call({ method: '="HEAD"' }))
    await play.start()
    await play.settle()
    expect(await play.variable('response')).toMatchObject({
      status: 200,
      headers: { 'content-length': String(2 ** 30) },
      body: null,
    })
  })

  it.each([
    ['more than an answer may be', { 'content-length': String(2 ** 30) }],
    ['something compressed', { 'content-encoding': 'gzip' }],
  ])('a target that refuses and says so with %s has refused', async (_what, headers) => {
    target.answer = (response) => response.writeHead(404, headers).flushHeaders()
    await play.deploy(call())
    await play.start()
    await play.settle()
    expect(await incidents()).toEqual([['JOB_RETRIES_EXHAUSTED', expect.stringMatching(/^HTTP_404: /)]])
  })

  it('F12 a slow target holds up nobody else, and has no more than four calls at a time', async () => {
    const quick = await new Target().listen()
    let waiting = 0
    let most = 0
    const held: (() => void)[] = []
    target.answer = (response) => {
      waiting += 1
      most = Math.max(most, waiting)
      held.push(() => {
        waiting -= 1
        response.end()
      })
    }
    await play.deploy(call({}, {}, { id: 'slow' }))
    await play.deploy(connectorModel('bihuan.http', { url: `="${quick.url}/"` }, {}, { id: 'quick' }))
    for (let i = 0; i < 12; i += 1) await play.start({}, 'slow')
    for (let i = 0; i < 12; i += 1) await play.start({}, 'quick')
    const settled = play.settle()
    await expect.poll(() => quick.received.length, patience).toBe(12)
    await expect.poll(() => held.length, patience).toBe(4)
    const done = async () => (await play.rows('processInstance')).filter(({ state }) => state === 'completed').length
    await expect.poll(done, patience).toBe(12)
    while (target.received.length < 12 || held.length > 0) {
      for (const release of held.splice(0)) release()
      await new Promise((turn) => setImmediate(turn))
    }
    await settled
    expect(await done()).toBe(24)
    expect(most).toBe(4)
    await quick.close()
  })

  it('F12 what a stop broke off is done again with the same key, and a result is written once', async () => {
    target.answer = () => {}
    await play.deploy(call())
    await play.start()
    const settled = play.settle()
    await expect.poll(() => target.received.length, patience).toBe(1)
    await play.reopen()
    await settled.catch(() => {})
    target.answer = json(200, {})
    await play.settle()
    const keys = target.received.map(({ headers }) => headers['idempotency-key'])
    expect(keys).toHaveLength(2)
    expect(new Set(keys).size).toBe(1)
    expect(await play.rows('processInstance')).toMatchObject([{ state: 'completed' }])
    const { trail } = play.host.store.tables
    expect(await play.host.store.read.select().from(trail).where(eq(trail.kind, 'job.complete'))).toHaveLength(1)
  })

  it('I15 connects to the address that was judged, whatever the name says by then', async () => {
    await play.close()
    const asked: string[] = []
    play = await ConnectorPlay.open({
      egress: '127.0.0.1/32',
      resolve: async (host) => {
        asked.push(host)
        return [{ address: asked.length === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }]
      },
    })
    await play.deploy(connectorModel('bihuan.http', { url: `="http://rebound.example.cn:${target.port}/"` }))
    await play.start()
    await play.settle()
    expect(asked).toEqual(['rebound.example.cn'])
    expect(target.received).toMatchObject([{ headers: { host: `rebound.example.cn:${target.port}` } }])
  })

  it('a case that has ended meanwhile leaves nothing to send', async () => {
    await play.deploy(call())
    const { instanceKey } = await play.start()
    const actor = { type: 'person', id: 'operator' } as const
    await play.host.submit({
      kind: 'processInstance.cancel',
      key: instanceKey,
      actor,
      requestId: 'c',
      value: { reason: 'x' },
    })
    await play.settle()
    expect(target.received).toEqual([])
    expect(await play.rows('delivery')).toEqual([])
  })
})
