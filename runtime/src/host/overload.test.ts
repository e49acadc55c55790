import { line, model, node } from '@bihuan/engine/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { libsqlPlaces } from '../testing/place.ts'
import { clerk, code, HostPlay, keyOf, kinds, twoTasks } from '../testing/suite/host-play.ts'

const play = new HostPlay(libsqlPlaces)
beforeEach(() => play.open())
afterEach(() => play.close())

it('F19 turns away what is beyond its capacity before it is judged, finishes the rest, and takes all again afterwards', async () => {
  await play.reopen({ admission: { inFlight: 20 } })
  await play.deploy(twoTasks)
  const codes = await Promise.all(Array.from({ length: 100 }, (_, i) => code(play.start({ i }, `s${i}`))))
  expect(codes.filter((one) => one === 'accepted')).toHaveLength(20)
  expect(codes.filter((one) => one === 'OVERLOADED')).toHaveLength(80)
  expect(await play.rows('processInstance')).toHaveLength(20)
  expect(await play.host.figures()).toMatchObject({ inFlight: 0, shed: 80, queued: 0 })
  // Those turned away come again, with the ids they had.
  for (let from = 0; from < 100; from += 20)
    await Promise.all(Array.from({ length: 20 }, (_, i) => play.start({ i: from + i }, `s${from + i}`)))
  expect(await play.rows('processInstance')).toHaveLength(100)
  const numbers = (await play.rows('processInstance')).map(({ number }) => number)
  expect(new Set(numbers).size).toBe(100)
})

it('F19 turns away by the bytes that wait', async () => {
  await play.reopen({ admission: { queuedBytes: 50_000 } })
  await play.deploy(twoTasks)
  const text = 'x'.repeat(40_000)
  const answers: Promise<string>[] = []
  for (let i = 0; i < 3; i += 1) {
    answers.push(code(play.start({ text }, `s${i}`)))
    // Until it has been judged and waits for its group.
    await new Promise((turn) => process.nextTick(turn))
    for (let j = 0; j < 50; j += 1) await Promise.resolve()
  }
  const codes = await Promise.all(answers)
  expect(codes[0]).toBe('accepted')
  expect(codes.at(-1)).toBe('OVERLOADED')
  expect(await code(play.start({ text }, 'later'))).toBe('accepted')
})

it('F18 puts instances away by the memory they take, not only by their number, and reads them again', async () => {
  await play.reopen({ liveBytes: 300_000, rowsPerSnapshot: 1_000 })
  await play.deploy(twoTasks)
  const text = 'x'.repeat(20_000)
  const started = []
  for (let i = 0; i < 30; i += 1) started.push(await play.start({ text, i }, `s${i}`))
  const { liveInstances, liveBytes } = await play.host.figures()
  expect(liveBytes).toBeLessThanOrEqual(300_000)
  expect(liveInstances).toBeGreaterThan(5)
  expect(liveInstances).toBeLessThan(16)
  for (const { facts } of started)
    expect(kinds(await play.complete(keyOf(facts, 'userTask.created'), `c${facts[0]!.key}`))).toContain(
      'userTask.completed',
    )
  expect((await play.host.figures()).liveBytes).toBeLessThanOrEqual(300_000)
})

it('F18 counts nothing that is no longer in memory', async () => {
  await play.reopen({ liveLimit: 3 })
  await play.deploy(twoTasks)
  for (let i = 0; i < 10; i += 1) await play.start({ i }, `s${i}`)
  const few = await play.host.figures()
  expect(few.liveInstances).toBe(3)
  for (let i = 10; i < 20; i += 1) await play.start({ i }, `s${i}`)
  const later = await play.host.figures()
  expect(later.liveInstances).toBe(3)
  expect(Math.abs(later.liveBytes - few.liveBytes)).toBeLessThan(few.liveBytes * 0.2)
})

it('E14 pins each of 1,000 starts to one version while newer ones are deployed', async () => {
  const version = (n: number) =>
    model(
      `${node('startEvent', 's')}${node('userTask', `task${n}`, '<zeebe:userTask/>')}${node('endEvent', 'e')}${line('s', `task${n}`, 'e')}`,
    )
  await play.deploy(version(1), 'd1')
  const begin = (from: number) => Array.from({ length: 200 }, (_, i) => play.start({}, `s${from + i}`))
  const starts = []
  const deployments = []
  for (let n = 0; n < 5; n += 1) {
    starts.push(...begin(n * 200))
    if (n < 4) deployments.push(play.deploy(version(n + 2), `d${n + 2}`))
    await starts.at(-1)
  }
  const answers = await Promise.all(starts)
  await Promise.all(deployments)
  const versions = new Set<number>()
  for (const { version: given, facts, definitionKey } of answers) {
    const element = facts.find(({ kind }) => kind === 'userTask.created')
    expect(element?.value).toMatchObject({ elementId: `task${given}` })
    expect((await play.host.definition(definitionKey)).nodes[`task${given}`]).toBeDefined()
    versions.add(given)
  }
  expect(answers).toHaveLength(1_000)
  expect(versions.size).toBeGreaterThan(1)
  const rows = await play.rows('processInstance')
  expect(rows).toHaveLength(1_000)
  const byKey = new Map(answers.map((one) => [one.instanceKey, one]))
  for (const row of rows)
    expect(row).toMatchObject({
      version: byKey.get(row.key)?.version,
      definitionKey: byKey.get(row.key)?.definitionKey,
    })
  // Each goes on in the version it was begun in, after a restart too.
  await play.reopen()
  for (const one of [answers[0]!, answers.at(-1)!])
    expect(kinds(await play.complete(keyOf(one.facts, 'userTask.created'), `c${one.instanceKey}`, clerk))).toContain(
      'processInstance.completed',
    )
})
