import { afterEach, beforeEach, expect, it } from 'vitest'
import { libsqlPlaces } from '../testing/place.ts'
import { DAY, HostPlay, keyOf, kinds, twoTasks } from '../testing/suite/host-play.ts'

const play = new HostPlay(libsqlPlaces)
beforeEach(() => play.open())
afterEach(() => play.close())

it('F13 answers a repeat from the first for as long as it says, and then forgets it, some at a time', async () => {
  await play.reopen({ requestDays: 30 })
  await play.deploy(twoTasks)
  const first = await play.start({ subject: 'x' })
  await Promise.all(Array.from({ length: 250 }, (_, i) => play.start({ i }, `s${i}`)))
  play.pass(29 * DAY)
  const task = keyOf(first.facts, 'userTask.created')
  await play.complete(task, 'recent')
  let steady = 0
  await play.reopen({ requestDays: 30, steady: () => steady })
  expect(await play.start({ subject: 'x' })).toEqual(first)
  await play.host.inspect()
  expect((await play.rows('request')).length).toBe(253)
  play.pass(2 * DAY)
  steady += 2 * DAY
  await play.host.inspect()
  expect((await play.rows('request')).length).toBe(53)
  await play.host.inspect()
  expect((await play.rows('request')).map(({ requestId }) => requestId)).toEqual(['recent'])
  expect(kinds(await play.complete(task, 'recent'))).toContain('userTask.completed')
})

it('F09 forgets nothing by a clock that was set ahead until it has gone on evenly for an hour', async () => {
  let steady = 0
  await play.reopen({ requestDays: 30, steady: () => steady })
  await play.deploy(twoTasks)
  const first = await play.start({ subject: 'x' })
  play.pass(366 * DAY)
  steady += 1_000
  await play.host.inspect()
  await play.host.inspect()
  expect(await play.start({ subject: 'x' })).toEqual(first)
  play.pass(DAY / 24)
  steady += DAY / 24
  await play.host.inspect()
  expect(await play.start({ subject: 'x' })).not.toEqual(first)
})
