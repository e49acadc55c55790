import type { Key } from '@bihuan/engine'
import { flow, line, model, node, timer } from '@bihuan/engine/testing'
import { expect, it } from 'vitest'
import { code, DAY, type HostPlay, kinds, seed } from './host-play.ts'

const timed = model(
  `${node('startEvent', 's')}${node('intermediateCatchEvent', 'w', '', timer('timeDuration', 'P30D'))}${node('userTask', 'a')}${line('s', 'w', 'a')}`,
)

/** A message, a signal and a job, side by side. */
const asked = model(
  `${node('startEvent', 's')}${node('parallelGateway', 'fork')}
   ${node('intermediateCatchEvent', 'm', '', '<bpmn:messageEventDefinition messageRef="paid"/>')}
   ${node('intermediateCatchEvent', 'g', '', '<bpmn:signalEventDefinition signalRef="flood"/>')}
   ${node('serviceTask', 'j', '<zeebe:taskDefinition type="pay"/>')}${node('endEvent', 'e')}
   ${line('s', 'fork')}${['m', 'g', 'j'].map((id) => flow('fork', id) + flow(id, 'e')).join('')}`,
  '<bpmn:message id="paid" name="paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=order"/></bpmn:extensionElements></bpmn:message><bpmn:signal id="flood" name="flood"/>',
)

/** A message that does not interrupt, at a task. */
export const told = model(
  `${node('startEvent', 's')}${node('userTask', 'a')}${node('endEvent', 'e')}${line('s', 'a', 'e')}
   ${node('boundaryEvent', 'm', '', '<bpmn:messageEventDefinition messageRef="paid"/>', 'attachedToRef="a" cancelActivity="false"')}
   ${node('endEvent', 'x')}${flow('m', 'x')}`,
  '<bpmn:message id="paid" name="paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=order"/></bpmn:extensionElements></bpmn:message>',
)

/** What is suspended rests and keeps nobody else waiting. */
export function suspended(play: HostPlay): void {
  let reported: string[]
  let count = 0
  const operate = (kind: 'processInstance.suspend' | 'processInstance.resume', key: Key) => {
    count += 1
    return play.host.submit({ kind, key, actor: seed, requestId: `o${count}`, value: { reason: 'asked' } })
  }
  const suspend = (key: Key) => operate('processInstance.suspend', key)
  const resume = (key: Key) => operate('processInstance.resume', key)
  const at = async (elementId: string) =>
    (await play.rows('elementInstance')).filter((row) => row.elementId === elementId).map(({ state }) => state)
  const publish = (timeToLive: number, requestId: string) =>
    play.host.publishMessage({
      name: 'paid',
      correlationKey: 'o',
      timeToLive,
      messageId: null,
      variables: {},
      actor: seed,
      requestId,
    })
  const reopen = () => {
    reported = []
    return play.reopen({ report: (what) => reported.push(what) })
  }

  it('OP2 leaves 201 timers of a suspended case alone, fires those of others behind them, and its own when it is resumed', async () => {
    await play.deploy(timed)
    const { instanceKey } = await play.start({}, 'resting')
    const [one] = await play.rows('timer')
    const { single, tables } = play.host.store
    for (let key = 1; key <= 200; key += 1) await single.insert(tables.timer).values({ ...one!, key })
    await suspend(instanceKey)
    play.pass(1000)
    await play.start({}, 'active')
    await reopen()
    play.pass(31 * DAY)
    await play.host.settle()
    expect(await play.rows('userTask')).toHaveLength(1)
    expect(await play.rows('timer')).toHaveLength(201)
    await resume(instanceKey)
    await play.host.settle()
    expect(await play.rows('userTask')).toHaveLength(2)
    expect(await play.rows('timer')).toEqual([])
    expect(reported).toEqual([])
  })

  it('OP2 leaves 200 entries of the outbox of a suspended case alone, and does what lies behind them', async () => {
    await play.deploy(asked)
    const { instanceKey } = await play.start({ order: 'o' })
    await play.host.settle()
    await suspend(instanceKey)
    await reopen()
    const { single, tables } = play.host.store
    const entry = { kind: 'multiInstance.continue', dueAt: 0, mark: 0 } as const
    for (let i = 1; i <= 200; i += 1)
      await single.insert(tables.outbox).values({ ...entry, key: instanceKey + i * 1000 })
    await publish(0, 'to nobody')
    await play.host.settle()
    expect(await play.rows('outbox')).toHaveLength(200)
    await resume(instanceKey)
    await play.host.settle()
    expect(await play.rows('outbox')).toEqual([])
    expect(reported).toEqual([])
  })

  it('OP2 correlates a message that still waits when the case is resumed, and no signal that came meanwhile', async () => {
    await play.deploy(asked)
    const { instanceKey } = await play.start({ order: 'o' })
    await play.host.settle()
    await suspend(instanceKey)
    await reopen()
    await publish(0, 'lost')
    await play.host.broadcastSignal({ signalName: 'flood', variables: {}, actor: seed, requestId: 'b' })
    await play.host.settle()
    expect([await at('m'), await at('g'), await play.rows('outbox'), await play.rows('signal')]).toEqual([
      ['active'],
      ['active'],
      [],
      [],
    ])
    await resume(instanceKey)
    await play.host.settle()
    expect([await at('m'), await at('g')]).toEqual([['active'], ['active']])
    await suspend(instanceKey)
    await publish(DAY, 'kept')
    await play.host.settle()
    expect(await at('m')).toEqual(['active'])
    await resume(instanceKey)
    await play.host.settle()
    expect([await at('m'), await at('g'), await play.rows('outbox')]).toEqual([['completed'], ['active'], []])
    expect(reported).toEqual([])
  })

  it('OP2 hands all messages that wait to an event that does not interrupt, when it opens and when its case is resumed', async () => {
    await play.deploy(told)
    for (const id of ['1', '2']) await publish(DAY, id)
    const { instanceKey } = await play.start({ order: 'o' })
    await play.host.settle()
    expect(await at('m')).toEqual(['completed', 'completed'])
    await suspend(instanceKey)
    for (const id of ['3', '4', '5']) await publish(DAY, id)
    await play.host.settle()
    expect(await at('m')).toHaveLength(2)
    await resume(instanceKey)
    await play.host.settle()
    expect(await at('m')).toHaveLength(5)
    await play.host.settle()
    expect(await at('m')).toHaveLength(5)
  })

  it('OP2 lends no job of a suspended case, and takes no answer to one that was lent before', async () => {
    await play.deploy(asked)
    const { instanceKey } = await play.start({ order: 'o' })
    const ask = () => play.host.activateJobs({ type: 'pay', worker: 'w', timeout: 1000, maxJobs: 10 })
    const [lent] = await ask()
    const done = (requestId: string) =>
      play.host.submit({ kind: 'job.complete', key: lent!.key, actor: seed, requestId, value: { variables: {} } })
    await suspend(instanceKey)
    expect(await code(done('early'))).toBe('PROCESS_INSTANCE_SUSPENDED')
    play.pass(1000)
    expect(await ask()).toEqual([])
    // Nothing to wait for: a worker that waits would ask again at once, for as long as the case rests.
    expect(await play.host.nextJobAt('pay', play.now())).toBeNull()
    await resume(instanceKey)
    expect(await ask()).toMatchObject([{ key: lent!.key }])
    expect(kinds(await done('late'))).toContain('job.completed')
  })
}
