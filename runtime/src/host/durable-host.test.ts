import type { Actor, Fact, Key } from '@bihuan/engine'
import { each, io, line, model, node, timer } from '@bihuan/engine/testing'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildRow, emptyHead } from '../audit/chain.ts'
import { verifyTrail } from '../audit/verify.ts'
import { openLibsqlStore } from '../db/libsql-store.ts'
import { insert, update } from '../db/row-change.ts'
import { differingTables, rebuild } from '../projection/rebuild.ts'
import { type TemporaryHost, temporaryHost } from '../testing/open.ts'
import type { Answer } from './host.ts'

const clerk: Actor = { type: 'person', id: 'clerk' }
const seed: Actor = { type: 'system', id: 'seed' }
const DAY = 86_400_000
const units = [
  { id: 'v1', name: 'Village', level: 'village' },
  { id: 't1', name: 'Town', level: 'township' },
]
const clerks =
  '<zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="village_clerk, village_clerk, reviewer@township"/>'

/** Two tasks in a row; the case has a title and a number. */
const twoTasks = model(
  `<bpmn:extensionElements><bihuan:case title="=subject" numberPrefix="SY"/></bpmn:extensionElements>
   ${node('startEvent', 's')}${node('userTask', 'a', `${clerks}`, '', 'name="A"')}${node('userTask', 'b', clerks, '', 'name="B"')}${node('endEvent', 'e')}
   ${line('s', 'a', 'b', 'e')}`,
)
/** A timer and a message, side by side in their own scopes. */
const waiting = model(
  `${node('startEvent', 's')}
   ${node('intermediateCatchEvent', 'w', '', timer('timeDuration', 'P30D'))}
   ${node('intermediateCatchEvent', 'm', '', '<bpmn:messageEventDefinition messageRef="paid"/>')}
   ${node('endEvent', 'e')}${line('s', 'w', 'm', 'e')}`,
  '<bpmn:message id="paid" name="paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=order"/></bpmn:extensionElements></bpmn:message>',
)
const job = model(
  `${node('startEvent', 's')}${node('serviceTask', 'j', `<zeebe:taskDefinition type="pay" retries="2"/>${io({ amount: '=sum' })}`)}${node('endEvent', 'e')}${line('s', 'j', 'e')}`,
)
const badNotice = model(
  `${node('startEvent', 's')}${node('serviceTask', 'n', `<zeebe:taskDefinition type="bihuan.notice"/>${io({ kind: '="result"', title: '=subject', days: '=window' })}`)}${node('endEvent', 'e')}${line('s', 'n', 'e')}`,
)
const fanOut = model(
  `${node('startEvent', 's')}${node('userTask', 'a', '<zeebe:userTask/>', each({ items: 'for i in 1..1200 return i', element: 'i' }))}${node('endEvent', 'e')}${line('s', 'a', 'e')}`,
)

let temporary: TemporaryHost
beforeEach(async () => {
  temporary = await temporaryHost()
})
afterEach(() => temporary.remove())

const host = () => temporary.host
const deploy = (xml: string, requestId = 'deploy') =>
  host().deploy([{ name: 'p.bpmn', content: Buffer.from(xml) }], seed, requestId)
const start = (variables = {}, requestId = 'start') =>
  host().start({ processId: 'process', units, variables, actor: clerk, requestId })
const complete = (key: Key, requestId: string, actor = clerk, variables = {}) =>
  host().submit({ kind: 'userTask.complete', key, actor, requestId, value: { variables, formKey: null } })
const keyOf = (facts: readonly Fact[], kind: Fact['kind']): Key => {
  const found = facts.find((fact) => fact.kind === kind)
  if (!found) throw new Error(`Expected ${kind}`)
  return found.key
}
const kinds = ({ facts }: Answer) => facts.map(({ kind }) => kind)
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error: { code?: string }) => error.code ?? String(error),
  )
const rows = <
  N extends
    | 'userTask'
    | 'taskCandidate'
    | 'processInstance'
    | 'timer'
    | 'outbox'
    | 'message'
    | 'notice'
    | 'incident'
    | 'snapshot',
>(
  name: N,
) => host().store.read.select().from(host().store.tables[name])

describe('the durable host', () => {
  it('answers a repeated request from the first, and refuses its id for something else (F13, E03)', async () => {
    await deploy(twoTasks)
    const first = await start({ subject: 'x' })
    const again = await Promise.all([start({ subject: 'x' }), start({ subject: 'x' })])
    for (const answer of again) expect(answer).toEqual(first)
    await temporary.reopen()
    expect(await start({ subject: 'x' })).toEqual(first)
    expect(await code(start({ subject: 'y' }))).toBe('IDEMPOTENCY_KEY_REUSED')
    expect(await rows('processInstance')).toHaveLength(1)
    const task = keyOf(first.facts, 'userTask.created')
    const twice = await Promise.all([complete(task, 'c'), complete(task, 'c')])
    expect(twice[0]).toEqual(twice[1])
    expect(await code(complete(task, 'c', clerk, { other: 1 }))).toBe('IDEMPOTENCY_KEY_REUSED')
  })

  it('lets one of fifty complete a task and tells the others (E01, E02)', async () => {
    await deploy(twoTasks)
    const task = keyOf((await start({ subject: 'x' })).facts, 'userTask.created')
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, i) => code(complete(task, `c${i}`, { type: 'person', id: `p${i}` }))),
    )
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'USER_TASK_COMPLETED')).toHaveLength(49)
    expect((await verifyTrail(host().store)).intact).toBe(true)
  })

  it('writes inbox rows with the case: candidates once each, by the unit of the case', async () => {
    await deploy(twoTasks)
    const task = keyOf((await start({ subject: 'Bridge' })).facts, 'userTask.created')
    expect(await rows('processInstance')).toMatchObject([
      { title: 'Bridge', number: 'SY-2026-0001', unitPath: '/t1/v1/', state: 'active' },
    ])
    const candidates = async () =>
      (await rows('taskCandidate')).map(({ role, unitId, claimable }) => `${role}@${unitId} ${claimable}`).sort()
    expect(await candidates()).toEqual(['reviewer@t1 true', 'village_clerk@v1 true'])
    await host().submit({
      kind: 'userTask.assign',
      key: task,
      actor: clerk,
      requestId: 'a',
      value: { assignee: 'clerk', allowOverride: false },
    })
    expect(await candidates()).toEqual(['reviewer@t1 false', 'village_clerk@v1 false'])
  })

  it('counts case numbers on after a restart, and gives one back that was not used', async () => {
    await deploy(twoTasks)
    await start({ subject: 'a' }, 's1')
    await temporary.reopen()
    await start({ subject: 'b' }, 's2')
    temporary.clock.pin(Date.parse('2026-12-31T17:00:00Z'))
    await start({ subject: 'c' }, 's3')
    expect((await rows('processInstance')).map(({ number }) => number)).toEqual([
      'SY-2026-0001',
      'SY-2026-0002',
      'SY-2027-0001',
    ])
  })

  it('goes on when somebody else has written the stream: reloads and judges again', async () => {
    await deploy(twoTasks)
    const started = await start({ subject: 'x' })
    const { stream } = started
    const { tables, read } = host().store
    const [head] = await read.select().from(tables.stream).where(eq(tables.stream.stream, stream))
    const foreign = buildRow(
      stream,
      { sequence: head!.sequence, hash: head!.hash, records: head!.records },
      {
        kind: 'variables.set',
        key: started.instanceKey,
        version: 1,
        value: {},
        at: 1,
        actor: seed,
        requestId: 'foreign',
      },
      [
        {
          kind: 'variables.set',
          key: started.instanceKey,
          version: 1,
          value: { scopeKey: started.instanceKey, variables: { foreign: true } },
        },
      ],
    )
    // A second server, as PostgreSQL allows: it has read the same head and was faster.
    await host().store.write([
      {
        lock: insert('trail', foreign.trail),
        changes: [insert('payload', foreign.payload), update('stream', foreign.head, { stream })],
        owner: null,
      },
    ])
    const answer = await complete(keyOf(started.facts, 'userTask.created'), 'c')
    expect(answer.sequence).toBe(3)
    expect((await verifyTrail(host().store)).intact).toBe(true)
  })

  it('gives up after five conflicts', async () => {
    await deploy(twoTasks)
    const started = await start({ subject: 'x' })
    // A row ahead of the head: every attempt meets it.
    const ahead = buildRow(
      started.stream,
      { ...emptyHead, sequence: 1 },
      { kind: 'x', key: null, version: 1, value: {}, at: 1, actor: seed, requestId: '' },
      [],
    )
    await host().store.write([{ lock: insert('trail', ahead.trail), changes: [], owner: null }])
    expect(await code(complete(keyOf(started.facts, 'userTask.created'), 'c'))).toBe('STATE_CONFLICT')
  })

  it('F04 answers a failed disk with 507, judges what came after it anew, and recovers', async () => {
    let failing = false
    await host().close()
    await temporary.reopen({
      point: (name) => {
        if (failing && name === 'trail.written') throw Object.assign(new Error('disk'), { code: 'SQLITE_IOERR_WRITE' })
      },
    })
    await deploy(twoTasks)
    const task = keyOf((await start({ subject: 'x' })).facts, 'userTask.created')
    failing = true
    const both = await Promise.all([code(complete(task, 'c1')), code(complete(task, 'c2'))])
    expect(both).toEqual(['STORAGE_UNAVAILABLE', 'STORAGE_UNAVAILABLE'])
    expect(host().health()).toEqual({ status: 'storage_unavailable', reason: 'SQLITE_IOERR_WRITE' })
    failing = false
    expect(kinds(await complete(task, 'c1'))).toContain('userTask.completed')
    expect(host().health().status).toBe('up')
    expect((await verifyTrail(host().store)).intact).toBe(true)
  })

  it('F10 fires 300 timers that came due while it was down, each once, the oldest first', async () => {
    await deploy(waiting)
    for (let i = 0; i < 300; i += 1) {
      temporary.clock.pin(temporary.clock.now() + 1000)
      await start({ order: String(i) }, `s${i}`)
    }
    expect(await rows('timer')).toHaveLength(300)
    temporary.clock.pin(temporary.clock.now() + 31 * DAY)
    await temporary.reopen()
    const fired: number[] = []
    host().onCommitted(
      ({ stream, facts }) => facts.some(({ kind }) => kind === 'timer.triggered') && fired.push(stream),
    )
    await Promise.all([host().settle(), host().settle()])
    expect(fired).toHaveLength(300)
    expect(fired).toEqual([...fired].sort((a, b) => a - b))
    expect(await rows('timer')).toHaveLength(0)
    await host().settle()
    expect(fired).toHaveLength(300)
  })

  it('keeps a message for its time to live and correlates it once to a process', async () => {
    await deploy(waiting)
    const publish = (correlationKey: string, timeToLive: number, requestId: string, messageId: string | null = null) =>
      host().publishMessage({
        name: 'paid',
        correlationKey,
        timeToLive,
        messageId,
        variables: { by: requestId },
        actor: seed,
        requestId,
      })
    await start({ order: 'o1' }, 's1')
    await start({ order: 'o1' }, 's2')
    await publish('o1', 60 * DAY, 'kept', 'id')
    await publish('o2', 60 * DAY, 'elsewhere')
    await publish('o1', 0, 'too early')
    expect(await code(publish('o1', DAY, 'same id', 'id'))).toBe('STATE_CONFLICT')
    await host().settle()
    temporary.clock.pin(temporary.clock.now() + 31 * DAY)
    await host().settle()
    const states = (await rows('processInstance')).map(({ state }) => state).sort()
    expect(states).toEqual(['active', 'completed'])
    await publish('o1', 0, 'second')
    await host().settle()
    expect((await rows('processInstance')).map(({ state }) => state)).toEqual(['completed', 'completed'])
    expect(await rows('outbox')).toHaveLength(0)
    temporary.clock.pin(temporary.clock.now() + 61 * DAY)
    await host().settle()
    expect(await rows('message')).toHaveLength(0)
  })

  it('lends a job to one worker at a time, again after a failure, and makes an incident when retries are used up', async () => {
    await deploy(job)
    await start({ sum: 5 })
    const ask = () => host().activateJobs({ type: 'pay', worker: 'w', timeout: 1000, maxJobs: 10 })
    const [lent, none] = await Promise.all([ask(), ask()])
    expect(lent).toMatchObject([{ type: 'pay', retries: 2, variables: { amount: 5 } }])
    expect(none).toEqual([])
    const { key } = lent[0]!
    const fail = (retries: number, requestId: string) =>
      host().submit({
        kind: 'job.fail',
        key,
        actor: seed,
        requestId,
        value: { retries, message: 'no', retryAt: temporary.clock.now() + 5000 },
      })
    await fail(1, 'f1')
    expect(await ask()).toEqual([])
    temporary.clock.pin(temporary.clock.now() + 5000)
    expect(await ask()).toHaveLength(1)
    await fail(0, 'f0')
    expect(await rows('incident')).toMatchObject([{ code: 'JOB_RETRIES_EXHAUSTED', state: 'active', jobKey: key }])
    expect(await ask()).toEqual([])
    await host().submit({
      kind: 'incident.resolve',
      key: (await rows('incident'))[0]!.key,
      actor: seed,
      requestId: 'r',
      value: {},
    })
    expect(await ask()).toHaveLength(1)
  })

  it('makes an incident of a notice without a title, and publishes it after the correction', async () => {
    await deploy(badNotice)
    const { instanceKey } = await start({ subject: '', window: 7 })
    await host().settle()
    const [incident] = await rows('incident')
    expect(incident).toMatchObject({ code: 'JOB_RETRIES_EXHAUSTED', facts: { message: 'title: expected a text' } })
    expect(await rows('notice')).toEqual([])
    expect(await rows('outbox')).toEqual([])
    const [open] = await host().store.read.select().from(host().store.tables.job)
    const set = { scopeKey: open!.elementInstanceKey, variables: { title: 'Bridge' }, local: true }
    await host().submit({ kind: 'variables.set', key: instanceKey, actor: seed, requestId: 'v', value: set })
    await host()
      .submit({ kind: 'job.complete', key: open!.key, actor: seed, requestId: 'by hand', value: { variables: {} } })
      .catch(() => {})
    expect((await verifyTrail(host().store)).intact).toBe(true)
  })

  it('creates a fan-out of 1,200 in follow-up commands', async () => {
    await deploy(fanOut)
    await start()
    await host().settle()
    expect(await rows('userTask')).toHaveLength(1200)
    expect(await rows('outbox')).toEqual([])
  })

  it('puts the least used case away with a snapshot and reads it back', async () => {
    await host().close()
    await temporary.reopen({ liveLimit: 1 })
    await deploy(twoTasks)
    const one = await start({ subject: 'one' }, 's1')
    await start({ subject: 'two' }, 's2')
    await host().settle()
    expect((await rows('snapshot')).map(({ stream }) => stream)).toContain(one.stream)
    expect(kinds(await complete(keyOf(one.facts, 'userTask.created'), 'c'))).toContain('userTask.created')
  })

  it('rebuilds every table from the trail to the same rows', async () => {
    await deploy(twoTasks, 'd1')
    const one = await start(
      { subject: 'one', photos: [{ id: 'f1', name: 'a.jpg', type: 'image/jpeg', size: 1 }] },
      's1',
    )
    await complete(keyOf(one.facts, 'userTask.created'), 'c', clerk, { yes: true })
    await start({ subject: 'two' }, 's2')
    await deploy(job, 'd2')
    await start({ sum: 1 }, 's3')
    await deploy(waiting, 'd3')
    await start({ order: 'o' }, 's4')
    await host().setParameters({ packageId: 'process', unitId: 'v1', effectiveFrom: 0, values: { a: 1 } }, seed, 'p')
    await host().settle()
    const other = await openLibsqlStore(`${temporary.folder}/rebuilt.db`, { lock: false })
    const { rows: count } = await rebuild(host().store, other)
    expect(count).toBeGreaterThan(8)
    expect(await differingTables(host().store, other)).toEqual([])
    await other.single.update(other.tables.userTask).set({ assignee: 'nobody' })
    expect(await differingTables(host().store, other)).toEqual(['userTask'])
    await other.close()
  })
})
