import { line, model, node, timer } from '@bihuan/engine/testing'
import { expect, it } from 'vitest'
import { code, type HostPlay, keyOf, seed } from './host-play.ts'

const HOUR = 3_600_000

/** A process that its start event begins, with a task. */
export const begunBy = (definition: string, roots = '', task = 'a') =>
  model(
    `${node('startEvent', 's', '', definition)}${node('userTask', task, '<zeebe:assignmentDefinition assignee="clerk"/>')}${node('endEvent', 'e')}${line('s', task, 'e')}`,
    roots,
  )
export const byMessage = begunBy(
  '<bpmn:messageEventDefinition messageRef="reported"/>',
  '<bpmn:message id="reported" name="reported"/>',
)

/** Start events that wait: for a message, a time, variables that meet a condition. */
export function starts(play: HostPlay): void {
  const cases = () => play.sorted('processInstance')
  const publish = async (correlationKey: string, requestId: string, timeToLive = 0) => {
    await play.host.publishMessage({
      name: 'reported',
      correlationKey,
      timeToLive,
      messageId: null,
      variables: { by: requestId },
      actor: seed,
      requestId,
    })
    await play.host.settle()
  }

  it('begins one case at a time for a correlation key; the next message waits for its end', async () => {
    await play.deploy(byMessage)
    await publish('k', 'm1')
    await publish('k', 'kept', HOUR)
    await publish('k', 'lost')
    await publish('other', 'm2')
    expect(await cases()).toHaveLength(2)
    await play.reopen()
    const tasks = await play.sorted('userTask')
    await play.complete(tasks[0]!.key, 'c')
    // By itself, and at once.
    await expect.poll(async () => (await cases()).length).toBe(3)
    await play.host.settle()
    const by = (await play.rows('variable'))
      .sort((a, b) => a.instanceKey - b.instanceKey)
      .filter(({ name }) => name === 'by')
      .map(({ value }) => value)
    expect(by).toEqual(['m1', 'm2', 'kept'])
    expect((await cases()).map(({ state }) => state)).toEqual(['completed', 'active', 'active'])
    expect(await cases()).toMatchObject([{ startedByType: 'system' }, {}, {}])
    expect(await play.rows('outbox')).toEqual([])
  })

  it('E03 begins one case when many messages of a correlation key come at once', async () => {
    await play.deploy(byMessage)
    const correlate = (requestId: string) => {
      const given = { name: 'reported', correlationKey: 'k', variables: {}, actor: seed, requestId }
      return play.host.correlateMessage(given).catch((error: unknown) => error)
    }
    await Promise.all([...Array.from({ length: 8 }, (_, index) => correlate(`c${index}`)), publish('k', 'm')])
    await play.host.settle()
    expect(await cases()).toHaveLength(1)
  })

  it('begins a case with every message without a correlation key', async () => {
    await play.deploy(byMessage)
    await publish('', 'm1')
    await publish('', 'm2')
    expect(await cases()).toHaveLength(2)
  })

  it('begins as often as a cycle says, once each, also after a restart', async () => {
    await play.deploy(begunBy(timer('timeCycle', 'R3/PT1H')))
    await play.host.settle()
    expect(await cases()).toEqual([])
    play.pass(HOUR)
    await Promise.all([play.host.settle(), play.host.settle()])
    expect(await cases()).toHaveLength(1)
    await play.reopen()
    play.pass(10 * HOUR)
    await play.host.settle()
    expect(await cases()).toHaveLength(3)
    expect(await play.rows('startTimer')).toEqual([])
  })

  it('begins when a cron expression says, of the latest version alone', async () => {
    // At 08:00 on working days; it is Monday, 9 o'clock.
    await play.deploy(begunBy(timer('timeCycle', '0 0 8 ? * MON-FRI')), 'd1')
    await play.deploy(begunBy(timer('timeCycle', '0 0 8 ? * MON-FRI'), '', 'b'), 'd2')
    expect(await play.rows('startTimer')).toMatchObject([{ dueAt: Date.parse('2026-03-03T08:00:00+08:00') }])
    play.pass(24 * HOUR)
    await play.host.settle()
    expect((await play.rows('userTask')).map(({ elementId }) => elementId)).toEqual(['b'])
    expect(await play.rows('startTimer')).toMatchObject([{ dueAt: Date.parse('2026-03-04T08:00:00+08:00') }])
  })

  it('begins nothing of a retired package, and again when it is restored', async () => {
    const files = { 'package.yaml': 'id: pack\nname: Pack\n', 'p.bpmn': begunBy(timer('timeCycle', 'R/PT1H')) }
    const resources = Object.entries(files).map(([name, text]) => ({ name, content: Buffer.from(text) }))
    await play.host.deploy(resources, seed, 'd')
    await play.host.packages.setRetired('pack', true, 'r', seed, 'retire')
    const waiting = await play.rows('startTimer')
    play.pass(3 * HOUR)
    await play.host.settle()
    expect(await cases()).toEqual([])
    // It stands still: no row of the trail says that it has fired.
    expect(await play.rows('startTimer')).toEqual(waiting)
    await play.host.packages.setRetired('pack', false, 'r', seed, 'restore')
    await play.host.settle()
    expect(await cases()).toEqual([])
    play.pass(HOUR)
    await play.host.settle()
    expect(await cases()).toHaveLength(1)
  })

  it('E03 publishes nothing for a process that takes no new cases', async () => {
    const files = { 'package.yaml': 'id: pack\nname: Pack\n', 'p.bpmn': byMessage }
    const resources = Object.entries(files).map(([name, text]) => ({ name, content: Buffer.from(text) }))
    await play.host.deploy(resources, seed, 'd')
    await play.host.packages.setRetired('pack', true, 'r', seed, 'retire')
    const { read, tables } = play.host.store
    const rows = async () => (await read.select({ sequence: tables.trail.sequence }).from(tables.trail)).length
    const before = await rows()
    const given = { name: 'reported', correlationKey: 'k', variables: {}, actor: seed, requestId: 'c' }
    expect(await code(play.host.correlateMessage(given))).toBe('MESSAGE_NOT_CORRELATED')
    expect(await rows()).toBe(before)
  })

  it('begins what a condition is met for, and refuses a name that cannot be read', async () => {
    await play.deploy(
      begunBy(
        '<bpmn:conditionalEventDefinition><bpmn:condition>=level &gt; 2</bpmn:condition></bpmn:conditionalEventDefinition>',
      ),
    )
    const evaluate = (level: number, requestId: string) =>
      play.host.evaluateConditions({ definitionKey: null, units: [], variables: { level }, actor: seed, requestId })
    expect(await evaluate(1, 'e1')).toEqual([])
    const started = await evaluate(3, 'e2')
    expect(started).toHaveLength(1)
    expect(await evaluate(3, 'e2')).toEqual(started)
    const unreadable = begunBy(
      '<bpmn:messageEventDefinition messageRef="m"/>',
      '<bpmn:message id="m" name="=case.number"/>',
    )
    expect(await code(play.deploy(unreadable, 'bad'))).toBe('DEPLOYMENT_REFUSED')
  })

  it('keeps the start event with the case', async () => {
    await play.deploy(byMessage)
    await publish('', 'm')
    const [one] = await cases()
    const [task] = await play.rows('userTask')
    expect(keyOf((await play.complete(task!.key, 'c')).facts, 'processInstance.completed')).toBe(one!.key)
  })
}
