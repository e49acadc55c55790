import { flow, line, model, node } from '@bihuan/engine/testing'
import { describe, expect, it } from 'vitest'
import { DAY, type HostPlay, keyOf, named, seed } from './host-play.ts'

const call = (binding: string) =>
  node('callActivity', 'call', `<zeebe:calledElement processId="child" bindingType="${binding}"/>`)

export const caller = (binding: string, first = '') =>
  model(
    `${node('startEvent', 's')}${first && node('userTask', first)}${call(binding)}${node('endEvent', 'e')}
     ${line('s', ...(first ? [first] : []), 'call', 'e')}`,
  )

/** A process to be called, whose task has the name of its version. */
export const child = (task: string) =>
  named(
    model(
      `${node('startEvent', 's')}${node('userTask', task, '<bihuan:stage name="Stage"/>', '', `name="${task}"`)}${node('endEvent', 'e')}${line('s', task, 'e')}`,
    ),
    'child',
  )

const onceAsked = (id: string, content: string) =>
  named(
    model(
      content,
      '<bpmn:message id="paid" name="paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=order"/></bpmn:extensionElements></bpmn:message>',
    ),
    id,
  )
const catchPaid = (id: string) =>
  node('intermediateCatchEvent', id, '', '<bpmn:messageEventDefinition messageRef="paid"/>')
const callOf = (id: string, processId: string) =>
  node('callActivity', id, `<zeebe:calledElement processId="${processId}" propagateAllChildVariables="false"/>`)

/** It waits twice for a message, and calls two processes that wait for it, one of them twice. */
const askedTogether = onceAsked(
  'process',
  `${node('startEvent', 's')}${node('parallelGateway', 'fork')}${catchPaid('m1')}${catchPaid('m2')}
   ${callOf('c1', 'payer')}${callOf('c2', 'payer')}${callOf('c3', 'other')}${node('endEvent', 'e')}
   ${flow('s', 'fork')}${['m1', 'm2', 'c1', 'c2', 'c3'].map((id) => flow('fork', id) + flow(id, 'e')).join('')}`,
)
const payer = (id: string) =>
  onceAsked(id, `${node('startEvent', 's')}${catchPaid('m')}${node('endEvent', 'e')}${line('s', 'm', 'e')}`)
/** A message begins it, too. */
const payerOrBegun = onceAsked(
  'payer',
  `${node('startEvent', 's')}${node('startEvent', 'by', '', '<bpmn:messageEventDefinition messageRef="paid"/>')}
   ${catchPaid('m')}${node('endEvent', 'e')}${flow('s', 'm')}${flow('by', 'm')}${flow('m', 'e')}`,
)

/** Processes that call others. */
export function calls(play: HostPlay): void {
  const openTasks = async () => (await play.sorted('userTask')).filter(({ state }) => state === 'created')
  const deployBoth = (binding: string, task: string, requestId: string) =>
    play.host.deploy(
      [
        { name: 'p.bpmn', content: Buffer.from(caller(binding)) },
        { name: 'c.bpmn', content: Buffer.from(child(task)) },
      ],
      seed,
      requestId,
    )

  it('calls the version that is latest then, and goes on with it after a restart', async () => {
    await play.deploy(child('one'), 'd1')
    await play.deploy(caller('latest', 'before'), 'd2')
    const first = await play.start({}, 's1')
    const second = await play.start({}, 's2')
    const called = await play.complete(keyOf(first.facts, 'userTask.created'), 'c1')
    await play.reopen()
    await play.deploy(child('two'), 'd3')
    await play.reopen()
    await play.complete(keyOf(second.facts, 'userTask.created'), 'c2')
    expect((await openTasks()).map(({ elementId }) => elementId)).toEqual(['one', 'two'])
    await play.reopen()
    await play.complete(keyOf(called.facts, 'userTask.created'), 'c3')
    expect((await play.rows('processInstance')).map(({ state }) => state).sort()).toEqual(['active', 'completed'])
  })

  it('calls the version deployed with the caller, whatever is deployed later', async () => {
    await deployBoth('deployment', 'one', 'd1')
    await play.deploy(child('two'), 'd2')
    await play.reopen()
    await play.start({}, 's1')
    // The caller is as it was, and still a version of its own: it was deployed with another.
    await deployBoth('deployment', 'three', 'd3')
    await play.start({}, 's2')
    expect((await openTasks()).map(({ elementId }) => elementId)).toEqual(['one', 'three'])
    expect((await play.sorted('processInstance')).map(({ version }) => version)).toEqual([1, 2])
  })

  it('tells what stands in a called process from what stands in the case', async () => {
    await deployBoth('latest', 'one', 'd1')
    const { definitionKey, instanceKey } = await play.start()
    const [task] = await openTasks()
    expect(task?.definitionKey).not.toBeNull()
    expect(task?.definitionKey).not.toBe(definitionKey)
    await play.reopen()
    await play.complete(task!.key, 'c')
    const rows = await play.sorted('elementInstance')
    const inside = rows.filter((row) => row.definitionKey === task!.definitionKey).map(({ elementId }) => elementId)
    expect(inside).toEqual(['child', 's', 'one', 'e'])
    expect(rows.filter((row) => row.definitionKey === null).map(({ elementId }) => elementId)).toEqual([
      's',
      'call',
      'e',
    ])
    expect((await play.rows('flowTaken')).map(({ flowId }) => flowId).sort()).toEqual(['call_e', 's_call'])
    expect(await play.rows('processInstance')).toMatchObject([
      { key: instanceKey, state: 'completed', stageElementId: null },
    ])
  })

  describe('a message reaches each process id once', () => {
    const publish = async (timeToLive: number, requestId: string) => {
      const { key } = await play.host.publishMessage({
        name: 'paid',
        correlationKey: 'o',
        timeToLive,
        messageId: null,
        variables: {},
        actor: seed,
        requestId,
      })
      return key
    }
    const deployAll = async (called = payer('payer')) => {
      await play.deploy(called, 'd1')
      await play.deploy(payer('other'), 'd2')
      await play.deploy(askedTogether, 'd3')
    }
    /** Of the waits, by definition, how many are over. */
    const done = async () =>
      (await play.sorted('elementInstance'))
        .filter(({ elementType, state }) => elementType === 'bpmn:IntermediateCatchEvent' && state === 'completed')
        .map(({ elementId, definitionKey }) => (definitionKey === null ? elementId : 'called'))
        .sort()

    it('ME4 those of a case and of what it calls, also after a restart', async () => {
      await deployAll()
      const { instanceKey } = await play.start({ order: 'o' })
      await play.host.settle()
      await play.reopen()
      const key = await publish(DAY, 'm1')
      await play.host.settle()
      expect(await done()).toEqual(['called', 'called', 'm1'])
      const { read, tables } = play.host.store
      const { processId } = tables.messageCorrelation
      const reached = await read.select({ processId }).from(tables.messageCorrelation).orderBy(processId)
      expect(reached.map((one) => one.processId)).toEqual(['other', 'payer', 'process'])
      // What is still buffered has reached them: it is offered again to nobody of theirs.
      await play.reopen()
      const { single } = play.host.store
      await single.insert(tables.outbox).values({ key, kind: 'message.correlate', dueAt: play.now(), mark: 0 })
      await play.start({ order: 'o' }, 's2')
      await play.host.settle()
      expect(await done()).toEqual(['called', 'called', 'm1'])
      const now = { name: 'paid', correlationKey: 'o', variables: {}, actor: seed, requestId: 'c' }
      expect(await play.host.correlateMessage(now)).toMatchObject({ instanceKey })
      await play.host.settle()
      expect((await done()).filter((one) => one !== 'called')).toEqual(['m1', 'm2'])
    })

    it('ME4 a buffered one, when they come to wait for it', async () => {
      await deployAll()
      await publish(DAY, 'm1')
      await play.host.settle()
      await play.start({ order: 'o' })
      await play.host.settle()
      expect(await done()).toEqual(['called', 'called', 'm1'])
    })

    it('F01 ME4 a host that was stopped between two of them goes on with the next', async () => {
      await deployAll()
      await play.start({ order: 'o' })
      await play.host.settle()
      const { single, read, tables } = play.host.store
      const [messageKey, at] = [7, play.now()]
      const message = { key: messageKey, name: 'paid', correlationKey: 'o', messageId: null, variables: {} }
      await single.insert(tables.message).values({ ...message, publishedAt: at, expiresAt: at })
      const open = await read.select().from(tables.subscription).orderBy(tables.subscription.key)
      const called = open.find(({ processId }) => processId === 'payer')!
      await play.host.submit({
        kind: 'message.correlate',
        key: called.key,
        actor: { type: 'system', id: 'outbox' },
        requestId: `message:${messageKey}:${called.key}`,
        value: { messageName: 'paid', messageKey, variables: {} },
      })
      await single.insert(tables.outbox).values({ key: messageKey, kind: 'message.correlate', dueAt: at, mark: 0 })
      await play.reopen()
      await play.host.settle()
      expect(await done()).toEqual(['called', 'called', 'm1'])
      expect(await play.rows('outbox')).toEqual([])
    })

    it('ME4 begins no case of a called process that it has reached', async () => {
      await deployAll(payerOrBegun)
      await play.start({ order: 'o' })
      await play.host.settle()
      await publish(0, 'm1')
      await play.host.settle()
      expect(await done()).toEqual(['called', 'called', 'm1'])
      expect(await play.rows('processInstance')).toHaveLength(1)
    })
  })
}
