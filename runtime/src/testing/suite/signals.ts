import { MAX_STARTS } from '@bihuan/engine'
import { flow, line, model, node } from '@bihuan/engine/testing'
import { expect, it } from 'vitest'
import { type HostPlay, keyOf, named, seed } from './host-play.ts'

const roots = '<bpmn:signal id="flood" name="flood"/>'
const signal = '<bpmn:signalEventDefinition signalRef="flood"/>'

/** Waits for the signal, then for a person. */
export const waits = model(
  `${node('startEvent', 's')}${node('intermediateCatchEvent', 'w', '', signal)}${node('userTask', 'a')}${node('endEvent', 'e')}${line('s', 'w', 'a', 'e')}`,
  roots,
)
/** Waits for it, throws it, and waits for it again. */
export const both = named(
  model(
    `${node('startEvent', 's')}${node('parallelGateway', 'fork')}
     ${node('intermediateCatchEvent', 'w', '', signal)}${node('endEvent', 'e1')}
     ${node('userTask', 'a')}${node('intermediateThrowEvent', 't', '', signal)}${node('intermediateCatchEvent', 'late', '', signal)}${node('endEvent', 'e2')}
     ${flow('s', 'fork')}${line('fork', 'w', 'e1')}${line('fork', 'a', 't', 'late', 'e2')}`,
    roots,
  ),
  'both',
)
export const begun = named(
  model(
    `${node('startEvent', 's', '', signal)}${node('userTask', 'a')}${node('endEvent', 'e')}${line('s', 'a', 'e')}`,
    roots,
  ),
  'begun',
)

/** Begins with the signal that it throws at its end. */
const again = named(
  model(`${node('startEvent', 's', '', signal)}${node('endEvent', 'e', '', signal)}${line('s', 'e')}`, roots),
  'again',
)

/** Signals between cases, within one, and from outside. */
export function signals(play: HostPlay): void {
  const at = async (elementId: string) =>
    (await play.rows('elementInstance')).filter((row) => row.elementId === elementId).map(({ state }) => state)
  const broadcast = (requestId: string) =>
    play.host.broadcastSignal({ signalName: 'flood', variables: { level: 3 }, actor: seed, requestId })

  it('reaches every case that waits for it then, its own too, and nobody who comes later', async () => {
    await play.deploy(waits, 'd1')
    await play.deploy(both, 'd2')
    await play.start({}, 's1')
    await play.start({}, 's2')
    const thrower = await play.start({}, 's3', 'both')
    await play.host.settle()
    expect(await at('w')).toEqual(['active', 'active', 'active'])
    await play.complete(keyOf(thrower.facts, 'userTask.created'), 'c')
    await play.reopen()
    await play.host.settle()
    expect(await at('w')).toEqual(['completed', 'completed', 'completed'])
    expect(await at('late')).toEqual(['active'])
    expect(await play.rows('signal')).toEqual([])
    expect(await play.rows('outbox')).toEqual([])
  })

  it('F10 reaches who waits for it, also when the clock was set back since they began to', async () => {
    await play.deploy(waits, 'd1')
    await play.start({}, 's1')
    play.pass(-3_600_000)
    await broadcast('b')
    await play.host.settle()
    expect(await at('w')).toEqual(['completed'])
  })

  it('comes from outside once for one request, and begins the processes that wait for it', async () => {
    await play.deploy(waits, 'd1')
    await play.deploy(begun, 'd2')
    await play.start({}, 's1')
    const first = await broadcast('b')
    expect(await broadcast('b')).toEqual(first)
    await play.host.settle()
    await play.host.settle()
    expect(await at('w')).toEqual(['completed'])
    const started = (await play.rows('processInstance')).filter(({ processId }) => processId === 'begun')
    expect(started).toHaveLength(1)
    const variables = (await play.rows('variable')).filter(({ name }) => name === 'level')
    expect(variables.map(({ value }) => value)).toEqual([3, 3])
  })

  it('SG8 a process that begins itself by its own signal is stopped by an incident', async () => {
    await play.deploy(again, 'd1')
    await broadcast('b')
    await play.host.settle()
    await expect
      .poll(async () => {
        await play.host.settle()
        return play.rows('incident')
      })
      .toMatchObject([{ code: 'STARTED_TOO_DEEP', facts: { limit: MAX_STARTS } }])
    const cases = await play.rows('processInstance')
    expect(cases.map(({ startDepth }) => startDepth)).toEqual(Array.from({ length: MAX_STARTS + 1 }, (_, i) => i))
  })
}
