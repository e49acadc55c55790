import { line, model, node, timer } from '@bihuan/engine/testing'
import { expect, it } from 'vitest'
import { code, DAY, type HostPlay, named, seed } from './host-play.ts'

/** A timer and a message, side by side in their own scopes. */
export const waiting = model(
  `${node('startEvent', 's')}
   ${node('intermediateCatchEvent', 'w', '', timer('timeDuration', 'P30D'))}
   ${node('intermediateCatchEvent', 'm', '', '<bpmn:messageEventDefinition messageRef="paid"/>')}
   ${node('endEvent', 'e')}${line('s', 'w', 'm', 'e')}`,
  '<bpmn:message id="paid" name="paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=order"/></bpmn:extensionElements></bpmn:message>',
)

export const paid = model(
  `${node('startEvent', 's')}${node('intermediateCatchEvent', 'm', '', '<bpmn:messageEventDefinition messageRef="paid"/>')}${node('endEvent', 'e')}${line('s', 'm', 'e')}`,
  '<bpmn:message id="paid" name="paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=order"/></bpmn:extensionElements></bpmn:message>',
)

/** Timers and messages. */
export function waits(play: HostPlay): void {
  it('F10 fires 300 timers that came due while it was down, each once, the oldest first', async () => {
    await play.deploy(waiting)
    for (let i = 0; i < 300; i += 1) {
      play.pass(1000)
      await play.start({ order: String(i) }, `s${i}`)
    }
    expect(await play.rows('timer')).toHaveLength(300)
    play.pass(31 * DAY)
    await play.reopen()
    const fired: number[] = []
    play.host.onCommitted(
      ({ stream, facts }) => facts.some(({ kind }) => kind === 'timer.triggered') && fired.push(stream),
    )
    await Promise.all([play.host.settle(), play.host.settle()])
    expect(fired).toHaveLength(300)
    expect(fired).toEqual([...fired].sort((a, b) => a - b))
    expect(await play.rows('timer')).toHaveLength(0)
    await play.host.settle()
    expect(fired).toHaveLength(300)
  })

  it('keeps a message for its time to live and correlates it once to a process', async () => {
    await play.deploy(waiting)
    const publish = (correlationKey: string, timeToLive: number, requestId: string, messageId: string | null = null) =>
      play.host.publishMessage({
        name: 'paid',
        correlationKey,
        timeToLive,
        messageId,
        variables: { by: requestId },
        actor: seed,
        requestId,
      })
    await play.start({ order: 'o1' }, 's1')
    await play.start({ order: 'o1' }, 's2')
    await publish('o1', 60 * DAY, 'kept', 'id')
    await publish('o2', 60 * DAY, 'elsewhere')
    await publish('o1', 0, 'too early')
    expect(await code(publish('o1', DAY, 'same id', 'id'))).toBe('MESSAGE_ID_TAKEN')
    await play.host.settle()
    play.pass(31 * DAY)
    await play.host.settle()
    const states = (await play.rows('processInstance')).map(({ state }) => state).sort()
    expect(states).toEqual(['active', 'completed'])
    await publish('o1', 0, 'second')
    await play.host.settle()
    expect((await play.rows('processInstance')).map(({ state }) => state)).toEqual(['completed', 'completed'])
    expect(await play.rows('outbox')).toHaveLength(0)
    let steady = 0
    await play.reopen({ steady: () => steady })
    play.pass(61 * DAY)
    steady += 61 * DAY
    await play.host.inspect()
    expect(await play.rows('message')).toHaveLength(0)
  })

  it('offers a kept message to a case that waits for it later, behind 100 that its process has had', async () => {
    const { single, tables } = play.host.store
    await play.deploy(paid)
    const made = { name: 'paid', correlationKey: 'o', messageId: null, publishedAt: 0, expiresAt: play.now() + DAY }
    for (let key = 1; key <= 100; key += 1) {
      await single.insert(tables.message).values({ ...made, key, variables: {} })
      await single.insert(tables.messageCorrelation).values({ messageKey: key, processId: 'process', instanceKey: 1 })
    }
    await play.host.publishMessage({
      name: 'paid',
      correlationKey: 'o',
      timeToLive: DAY,
      messageId: null,
      variables: {},
      actor: seed,
      requestId: 'm',
    })
    await play.host.settle()
    await play.start({ order: 'o' })
    await play.host.settle()
    expect(await play.rows('processInstance')).toMatchObject([{ state: 'completed' }])
  })

  it('offers a message to every process, behind 100 cases of one of them', async () => {
    await play.deploy(paid, 'd1')
    await play.deploy(named(paid, 'other'), 'd2')
    for (let i = 0; i < 100; i += 1) await play.start({ order: 'o' }, `s${i}`)
    await play.start({ order: 'o' }, 'other', 'other')
    await play.host.publishMessage({
      name: 'paid',
      correlationKey: 'o',
      timeToLive: 0,
      messageId: null,
      variables: {},
      actor: seed,
      requestId: 'm',
    })
    await play.host.settle()
    const ended = (await play.rows('processInstance')).filter(({ state }) => state === 'completed')
    expect(ended.map(({ processId }) => processId).sort()).toEqual(['other', 'process'])
  })
}
