import { line, model, node, timer } from '@bihuan/engine/testing'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { DAY, type HostPlay, keyOf, named, seed } from './host-play.ts'
import { waits } from './signals.ts'
import { begunBy, byMessage } from './starts.ts'

const decision = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="d">
  <decision id="fee" name="fee"><literalExpression><text>1</text></literalExpression></decision></definitions>`

/** What the database holds and this version cannot read: it stops who needs it, and nobody else. */
export function unreadable(play: HostPlay): void {
  let reported: string[]
  const reopen = () => {
    reported = []
    return play.reopen({ report: (what) => reported.push(what) })
  }

  it('opens with a decision it cannot read, and says so', async () => {
    await play.host.deploy([{ name: 'd.dmn', content: Buffer.from(decision) }], seed, 'd')
    const { decision: table } = play.host.store.tables
    await play.host.store.single.update(table).set({ xml: '<' })
    await reopen()
    expect(reported).toEqual(['decision'])
    await play.deploy(begunBy(''))
    expect((await play.start()).version).toBe(1)
  })

  it('hands a signal to everybody else when a case cannot be read, and tries that one again', async () => {
    await play.deploy(waits)
    const broken = await play.start({}, 's1')
    const sound = await play.start({}, 's2')
    await play.reopen()
    const { single, tables } = play.host.store
    await single.delete(tables.snapshot)
    await single.update(tables.payload).set({ records: '' }).where(eq(tables.payload.stream, broken.stream))
    await reopen()
    await play.host.broadcastSignal({ signalName: 'flood', variables: {}, actor: seed, requestId: 'b' })
    await play.host.settle()
    expect(await play.rows('userTask')).toMatchObject([{ instanceKey: sound.instanceKey }])
    expect(reported).toContain(`signal.broadcast:${(await play.rows('signal'))[0]!.key}`)
    expect(await play.rows('outbox')).toMatchObject([{ kind: 'signal.broadcast' }])
  })

  it('hands a signal to nobody twice, however long one case cannot be read', async () => {
    const staying = model(
      `${node('startEvent', 's')}${node('userTask', 'a')}${node('endEvent', 'e')}${line('s', 'a', 'e')}
       ${node('boundaryEvent', 'g', '', '<bpmn:signalEventDefinition signalRef="flood"/>', 'attachedToRef="a" cancelActivity="false"')}
       ${node('userTask', 'told')}${line('g', 'told')}`,
      '<bpmn:signal id="flood" name="flood"/>',
    )
    await play.deploy(staying)
    await play.deploy(
      named(
        begunBy('<bpmn:signalEventDefinition signalRef="flood"/>', '<bpmn:signal id="flood" name="flood"/>'),
        'begun',
      ),
      'd2',
    )
    const broken = await play.start({}, 's1')
    await play.start({}, 's2')
    await play.reopen()
    const { single, tables } = play.host.store
    await single.delete(tables.snapshot)
    await single.update(tables.payload).set({ records: '' }).where(eq(tables.payload.stream, broken.stream))
    await reopen()
    await play.host.broadcastSignal({ signalName: 'flood', variables: {}, actor: seed, requestId: 'b' })
    await play.host.settle()
    let steady = 0
    await play.reopen({ report: () => {}, requestDays: 30, steady: () => steady })
    play.pass(40 * DAY)
    steady += 40 * DAY
    await play.host.inspect()
    await play.host.settle()
    expect((await play.rows('userTask')).filter(({ elementId }) => elementId === 'told')).toHaveLength(1)
    expect(await play.rows('processInstance')).toHaveLength(3)
  })

  it('begins the processes that wait for a message beside one that cannot be read', async () => {
    await play.deploy(named(byMessage, 'broken'), 'd1')
    const { single, tables } = play.host.store
    await single.update(tables.processDefinition).set({ xml: '<' })
    await play.deploy(byMessage, 'd2')
    await reopen()
    await play.host.publishMessage({
      name: 'reported',
      correlationKey: 'k',
      timeToLive: 0,
      messageId: null,
      variables: {},
      actor: seed,
      requestId: 'm',
    })
    await play.host.settle()
    expect(await play.rows('processInstance')).toMatchObject([{ processId: 'process' }])
    expect(await play.rows('outbox')).toMatchObject([{ kind: 'message.correlate' }])
    expect(reported).toHaveLength(1)
  })

  it('fires the timer of one process behind 200 of another that cannot be read', async () => {
    await play.deploy(named(begunBy(timer('timeCycle', 'R/PT1H')), 'broken'), 'd1')
    const { single, tables } = play.host.store
    const [one] = await play.rows('startTimer')
    for (let key = 1; key < 200; key += 1) await single.insert(tables.startTimer).values({ ...one!, key })
    await single.update(tables.processDefinition).set({ xml: '<' })
    await play.deploy(begunBy(timer('timeCycle', 'R/PT1H')), 'd2')
    await reopen()
    play.pass(3_600_000)
    await play.host.settle()
    await play.host.settle()
    expect(reported).toHaveLength(200)
    expect(await play.rows('processInstance')).toMatchObject([{ processId: 'process' }])
  })

  it('CO23 lets cases go on in a model that this version would refuse, and says what it found', async () => {
    await play.deploy(begunBy(''))
    const started = await play.start({}, 'before')
    const { single, tables } = play.host.store
    const xml = begunBy('').replace('</bpmn:process>', `${node('complexGateway', 'refused')}</bpmn:process>`)
    await single.update(tables.processDefinition).set({ xml })
    const found: string[] = []
    await play.reopen({
      report: (what, error) => found.push(`${what}: ${error instanceof Error ? error.message : ''}`),
    })
    const { facts } = await play.complete(keyOf(started.facts, 'userTask.created'), 'c')
    expect(facts.at(-1)?.kind).toBe('processInstance.completed')
    expect(found).toEqual(['definition: Expected process process to be fit, but found ELEMENT_NOT_EXECUTED'])
  })

  it('names what keeps a process from being read', async () => {
    await play.deploy(begunBy(''))
    const { single, tables } = play.host.store
    await single.update(tables.processDefinition).set({ xml: node('startEvent', 's') })
    await reopen()
    await expect(play.start()).rejects.toThrow(/Expected process process in its own file, but found [A-Z_]+/)
  })
}
