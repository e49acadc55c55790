import { each, io, line, model, node } from '@bihuan/engine/testing'
import { expect, it } from 'vitest'
import { verifyTrail } from '../../audit/verify.ts'
import { type HostPlay, named, seed } from './host-play.ts'

export const job = model(
  `${node('startEvent', 's')}${node('serviceTask', 'j', `<zeebe:taskDefinition type="pay" retries="2"/>${io({ amount: '=sum' })}`)}${node('endEvent', 'e')}${line('s', 'j', 'e')}`,
)
/** Its worker is given all variables there are. */
const wide = named(
  model(
    `${node('startEvent', 's')}${node('serviceTask', 'j', '<zeebe:taskDefinition type="pay"/>')}${node('endEvent', 'e')}${line('s', 'j', 'e')}`,
  ),
  'wide',
)
const badNotice = model(
  `${node('startEvent', 's')}${node('serviceTask', 'n', `<zeebe:taskDefinition type="bihuan.notice"/>${io({ kind: '="result"', title: '=subject', days: '=window' })}`)}${node('endEvent', 'e')}${line('s', 'n', 'e')}`,
)
const fanOut = model(
  `${node('startEvent', 's')}${node('userTask', 'a', '<zeebe:userTask/>', each({ items: 'for i in 1..1200 return i', element: 'i' }))}${node('endEvent', 'e')}${line('s', 'a', 'e')}`,
)

/** Jobs of workers outside, and those the host does itself. */
export function jobs(play: HostPlay): void {
  it('lends a job to one worker at a time, again after a failure, and makes an incident when retries are used up', async () => {
    await play.deploy(job)
    await play.start({ sum: 5 })
    const ask = () => play.host.activateJobs({ type: 'pay', worker: 'w', timeout: 1000, maxJobs: 10 })
    const [lent, none] = await Promise.all([ask(), ask()])
    expect(lent).toMatchObject([{ type: 'pay', retries: 2, variables: { amount: 5 } }])
    expect(none).toEqual([])
    const { key } = lent[0]!
    const fail = (retries: number, requestId: string) =>
      play.host.submit({
        kind: 'job.fail',
        key,
        actor: seed,
        requestId,
        value: { retries, message: 'no', retryAt: play.now() + 5000 },
      })
    await fail(1, 'f1')
    expect(await ask()).toEqual([])
    play.pass(5000)
    expect(await ask()).toHaveLength(1)
    await fail(0, 'f0')
    expect(await play.rows('incident')).toMatchObject([{ code: 'JOB_RETRIES_EXHAUSTED', state: 'active', jobKey: key }])
    expect(await ask()).toEqual([])
    await play.host.submit({
      kind: 'incident.resolve',
      key: (await play.rows('incident'))[0]!.key,
      actor: seed,
      requestId: 'r',
      value: {},
    })
    expect(await ask()).toHaveLength(1)
  })

  it('lends no job twice to many who ask at once, and every job to somebody', async () => {
    await play.deploy(job)
    for (let i = 0; i < 40; i += 1) await play.start({ sum: i }, `start${i}`)
    const ask = (worker: string) => play.host.activateJobs({ type: 'pay', worker, timeout: 1000, maxJobs: 3 })
    const lent = (await Promise.all(Array.from({ length: 20 }, (_, i) => ask(`w${i}`)))).flat()
    expect(new Set(lent.map(({ key }) => key)).size).toBe(lent.length)
    expect(lent).toHaveLength(40)
    expect(await ask('late')).toEqual([])
    expect(await play.host.nextJobAt('pay', play.now())).toBe(play.now() + 1000)
    expect(await play.host.nextJobAt('pay', play.now() + 1000)).toBeNull()
    play.pass(1000)
    expect(await ask('late')).toHaveLength(3)
    expect(await play.host.activateJobs({ type: 'bihuan.http', worker: 'w', timeout: 1, maxJobs: 1 })).toEqual([])
  })

  it('F04 lends no more at once than an answer should hold, and the rest when asked again', async () => {
    await play.deploy(wide)
    for (let i = 0; i < 5; i += 1) await play.start({ text: 'x'.repeat(1_500_000) }, `s${i}`, 'wide')
    const ask = () => play.host.activateJobs({ type: 'pay', worker: 'w', timeout: 1000, maxJobs: 10 })
    expect([(await ask()).length, (await ask()).length, (await ask()).length]).toEqual([3, 2, 0])
  })

  it('F12 takes back what never reached its worker, and not what another has by then', async () => {
    await play.deploy(job)
    for (let i = 0; i < 2; i += 1) await play.start({ sum: i }, `start${i}`)
    const ask = (worker: string) => play.host.activateJobs({ type: 'pay', worker, timeout: 1000, maxJobs: 2 })
    const lost = await ask('gone')
    await play.host.giveBackJobs(lost)
    const lent = await ask('there')
    expect(lent.map(({ key }) => key)).toEqual(lost.map(({ key }) => key))
    await play.host.giveBackJobs(lost)
    await play.host.giveBackJobs([])
    expect(await ask('late')).toEqual([])
  })

  it('lends to a worker of some units the jobs of their cases alone, and has it wait for no others', async () => {
    await play.deploy(job)
    await play.start({ sum: 1 })
    const ask = (...within: readonly string[]) =>
      play.host.activateJobs({ type: 'pay', worker: 'w', timeout: 1000, maxJobs: 10, within })
    expect(await ask('/t1/v/', '/t2/')).toEqual([])
    expect(await play.host.nextJobAt('pay', play.now())).toBeNull()
    expect(await ask('/t2/', '/t1/')).toHaveLength(1)
  })

  it('gives a worker that names variables these alone, exactly as they are', async () => {
    const variables = {
      sum: 0.1 + 0.2,
      large: 12345678901234567000,
      none: null,
      yes: true,
      'a.b[0]': [1, { c: '"\\' }],
      'back\\slash': 'x',
      说明: '“是”\n',
      'in "quotes"': { d: -1e300 },
    }
    await play.deploy(wide)
    await play.start({ ...variables, other: 'x'.repeat(1000) }, 's1', 'wide')
    for (const names of [
      ['sum'],
      ['absent'],
      Object.keys(variables).filter((name) => !name.includes('"')),
      ['in "quotes"'],
    ]) {
      const [one] = await play.host.activateJobs({
        type: 'pay',
        worker: 'w',
        timeout: 1000,
        maxJobs: 1,
        variables: names,
      })
      const wanted = Object.entries(variables).filter(([name]) => names.includes(name))
      expect([names, one!.variables]).toEqual([names, Object.fromEntries(wanted)])
      play.pass(1000)
    }
  })

  it('lends what failed and what is new by age, and is lent for longer while nobody else has it', async () => {
    await play.deploy(job)
    for (let i = 0; i < 3; i += 1) await play.start({ sum: i }, `start${i}`)
    const ask = (maxJobs: number) => play.host.activateJobs({ type: 'pay', worker: 'w', timeout: 1000, maxJobs })
    const [first] = await ask(1)
    const fail = { retries: 1, message: 'no', retryAt: null }
    await play.host.submit({ kind: 'job.fail', key: first!.key, actor: seed, requestId: 'f', value: fail })
    expect((await ask(2)).map(({ variables }) => variables.amount)).toEqual([0, 1])
    expect(await play.host.extendJob(first!.key, 5000)).not.toBeNull()
    play.pass(1000)
    expect((await ask(3)).map(({ variables }) => variables.amount)).toEqual([1, 2])
    play.pass(4000)
    expect(await play.host.extendJob(first!.key, 5000)).toBeNull()
    // As Zeebe: who comes late may still answer, by its key.
    const late = {
      kind: 'job.complete',
      key: first!.key,
      actor: seed,
      requestId: 'late',
      value: { variables: {} },
    } as const
    await play.host.submit(late)
    expect(await play.host.extendJob(first!.key, 5000)).toBeNull()
  })

  it('makes an incident of a notice without a title, and publishes it after the correction', async () => {
    await play.deploy(badNotice)
    const { instanceKey } = await play.start({ subject: '', window: 7 })
    await play.host.settle()
    const [incident] = await play.rows('incident')
    expect(incident).toMatchObject({ code: 'JOB_RETRIES_EXHAUSTED', facts: { message: 'title: expected a text' } })
    expect(await play.rows('notice')).toEqual([])
    expect(await play.rows('outbox')).toEqual([])
    const [open] = await play.rows('job')
    const set = { scopeKey: open!.elementInstanceKey, variables: { title: 'Bridge' }, local: true }
    await play.host.submit({ kind: 'variables.set', key: instanceKey, actor: seed, requestId: 'v', value: set })
    await play.host.submit({ kind: 'incident.resolve', key: incident!.key, actor: seed, requestId: 'r', value: {} })
    await play.host.settle()
    expect(await play.rows('notice')).toMatchObject([
      { key: open!.key, kind: 'result', title: 'Bridge', until: Date.parse('2026-03-10T00:00:00+08:00') },
    ])
    expect(await play.rows('processInstance')).toMatchObject([{ state: 'completed' }])
    expect(await play.rows('outbox')).toEqual([])
    expect((await verifyTrail(play.host.store)).intact).toBe(true)
  })

  it('creates a fan-out of 1,200 in follow-up commands', async () => {
    await play.deploy(fanOut)
    await play.start()
    await play.host.settle()
    expect(await play.rows('userTask')).toHaveLength(1200)
    expect(await play.rows('outbox')).toEqual([])
  })
}
