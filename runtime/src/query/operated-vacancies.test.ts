import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openReader } from '../db/libsql-reader.ts'
import { drizzleOver } from '../db/libsql-store.ts'
import type { Store } from '../db/store.ts'
import { openTestApp } from '../route/test-app.ts'
import type { Services } from '../services.ts'
import { libsqlPlaces, type Place, postgresqlPlaces } from '../testing/place.ts'
import { readVacantGroups, readVacantTasks } from './operated-vacancies.ts'

const client = { type: 'client', id: 'test', name: 'Test' } as const
const all = { search: '', cursor: undefined }

test('P4 goes from office to office, and in those that nobody holds along their open tasks alone', async () => {
  const app = await openTestApp()
  const reader = openReader(join(app.folder, 'test.db'))
  try {
    const asked = new Set<string>()
    const scan = drizzleOver({
      prepare(sql) {
        asked.add(sql)
        return reader.prepare(sql)
      },
    })
    const { services, host } = app.server
    const watched = { ...services, store: { ...host.store, scan, tables: host.store.tables } }
    await readVacantGroups(watched, client, all)
    for (const group of [{}, { role: 'clerk', unitId: 'east' }, { assignee: 'somebody' }])
      await readVacantTasks(watched, client, { group, caseKey: null, cursor: undefined })
    expect(asked.size).toBe(4)
    for (const sql of asked) {
      const plan = reader.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]
      const steps = plan.map(({ detail }) => detail)
      // The first office is looked up in an index; offices, assignees and what waits for them are gone through.
      const isOwn = /^SCAN (office|has|waiting|the_first|CONSTANT ROW|task_candidate USING COVERING INDEX)/
      expect(steps.filter((step) => step.startsWith('SCAN ') && !isOwn.test(step))).toEqual([])
      expect(steps.filter((step) => /AUTOMATIC|\(unit_id>\?\)/.test(step))).toEqual([])
      expect(steps.some((step) => step.includes('user_task USING INDEX sqlite_autoindex_user_task_1 (key=?)'))).toBe(
        true,
      )
    }
  } finally {
    reader.close()
    await app.close()
  }
})

afterAll(() => postgresqlPlaces.end())

describe.each([libsqlPlaces, postgresqlPlaces])('what nobody can go on with, read from $name', (places) => {
  let place: Place
  let store: Store
  beforeEach(async () => {
    place = places.make()
    store = await place.open()
  })
  afterEach(async () => {
    await store.close()
    await place.remove()
  })

  const put = (table: keyof Store['tables'], rows: readonly object[]) =>
    store.single.insert(store.tables[table]).values(rows as never)

  const task = (key: number, given: object = {}) => ({
    key,
    instanceKey: 1,
    elementInstanceKey: key + 100,
    elementId: 'step',
    name: 'Step',
    state: 'created',
    candidateUsers: [],
    priority: 50,
    createdAt: key,
    ...given,
  })
  const candidate = (taskKey: number, role: string, unitId: string, claimable = true) => ({
    taskKey,
    role,
    unitId,
    instanceKey: 1,
    claimable,
  })

  test('groups and their tasks', async () => {
    const unit = { id: 'east', name: 'East', level: 'village', path: '/east/', place: 0 }
    const instance = {
      key: 1,
      definitionKey: 2,
      processId: 'p',
      processName: 'Process',
      version: 3,
      unitId: 'east',
      unitName: 'East',
      unitLevel: 'village',
      unitPath: '/east/',
      units: [],
      state: 'active',
      startedByType: 'system',
      startedBy: 'x',
      startedAt: 0,
    }
    await put('unit', [unit])
    await put('role', [{ key: 'elder', name: 'Elder' }])
    await put('processInstance', [instance])
    await put('position', [
      { personId: 'ann', role: 'clerk', unitId: 'east', since: 0 },
      { personId: 'carl', role: 'auditor', unitId: 'east', since: 0 },
    ])
    await put('userTask', [
      ...[10, 11, 12].map((key) => task(key)),
      task(13, { assignee: 'gone' }),
      task(14, { assignee: 'ann' }),
      task(15, { assignee: 'gone', state: 'completed', endedAt: 9 }),
      task(16),
    ])
    await put('taskCandidate', [
      candidate(10, 'elder', 'east'),
      candidate(11, 'elder', 'east'),
      candidate(11, 'clerk', 'east'),
      candidate(12, 'elder', 'east', false),
      candidate(13, 'clerk', 'east', false),
      candidate(16, 'auditor', 'east'),
      candidate(16, 'elder', 'away'),
    ])
    const services = { store, host: { clock: { now: () => 0 } } } as unknown as Services
    const { items } = await readVacantGroups(services, client, all)
    const elder = { role: 'elder', roleName: 'Elder' }
    expect(items).toMatchObject([
      { post: expect.anything(), count: 1 },
      { post: expect.anything(), count: 1 },
      { processId: 'p', post: null, assignee: { id: 'gone', name: 'gone' }, count: 1, only: { unit: { id: 'east' } } },
      { elementId: 'step', post: { ...elder, unit: { id: 'east', name: 'East', level: 'village' } }, count: 1 },
    ])
    expect(items.slice(0, 2)).toContainEqual(
      expect.objectContaining({ post: { ...elder, unit: { id: 'away', name: 'away', level: '' } } }),
    )
    expect(items.slice(0, 2)).toContainEqual(
      expect.objectContaining({
        post: { role: 'auditor', roleName: 'auditor', unit: expect.objectContaining(unitOf(unit)) },
      }),
    )
    const found = await readVacantGroups(services, client, { ...all, search: 'Elder' })
    expect(found.items).toHaveLength(2)
    const keysOf = async (group: object) => {
      const { items } = await readVacantTasks(services, client, { group, caseKey: 1, cursor: undefined })
      return items.map(({ key }) => key)
    }
    expect(await keysOf({ role: 'elder', unitId: 'east' })).toEqual(['10'])
    expect(await keysOf({ role: 'clerk', unitId: 'east' })).toEqual([])
    expect(await keysOf({ assignee: 'gone' })).toEqual(['13'])
    expect(await keysOf({ assignee: 'ann' })).toEqual([])
    expect(await keysOf({})).toEqual(['10', '13', '16', '16'])
  })
})

const unitOf = ({ id, name, level }: { id: string; name: string; level: string }) => ({ id, name, level })
