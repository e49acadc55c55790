import { join } from 'node:path'
import { line, model, node } from '@bihuan/engine/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox, InboxView } from '../contract/contract.ts'
import { openReader, type Reader } from '../db/libsql-reader.ts'
import { drizzleOver } from '../db/libsql-store.ts'
import { loadPerson } from '../identity/person.ts'
import { openTestApp, START, type TestApp } from '../route/test-app.ts'
import { readInbox } from './inbox.ts'

const units = [
  { id: 'east', name: 'East', level: 'village' },
  { id: 'town', name: 'Town', level: 'township' },
  { id: 'district', name: 'District', level: 'district' },
]
const system = { type: 'system', id: 'test' } as const
/** How a task comes to people: to one who has it, to people by name, to the one holder of an office, to two of them. */
const ways = {
  assigned: 'assignee="=who"',
  named: 'candidateUsers="=who"',
  office: 'candidateGroups="reviewer@township"',
  shared: 'candidateGroups="clerk"',
} as const
type Way = keyof typeof ways

let app: TestApp
const ids = new Map<string, string>()
let minutes = 0
beforeAll(async () => {
  app = await openTestApp()
  const drawings = Object.entries(ways).map(([id, way]) => {
    const steps =
      node('startEvent', 'start') +
      node('userTask', 'task', `<zeebe:userTask/><zeebe:assignmentDefinition ${way}/>`) +
      node('endEvent', 'end') +
      line('start', 'task', 'end')
    return { name: `${id}.bpmn`, content: Buffer.from(model(steps).replaceAll('id="process"', `id="${id}"`)) }
  })
  await app.server.host.deploy(drawings, system, 'ways')
  const { read, tables } = app.server.host.store
  for (const { id, username } of await read.select().from(tables.person)) ids.set(username, id)
})
afterAll(() => app.close())

/** Starts a case a minute after the one before; gives its key. */
async function start(way: Way, who: unknown = null, starter?: string): Promise<string> {
  const { host, services } = app.server
  minutes += 1
  services.controllableClock!.pin(START + minutes * 60_000)
  const actor = starter === undefined ? system : ({ type: 'person', id: ids.get(starter)! } as const)
  const variables = { who } as never
  const { instanceKey } = await host.start({ processId: way, units, variables, actor, requestId: `${way}:${minutes}` })
  return String(instanceKey)
}

async function inbox(username: string, view: InboxView, cursor?: string): Promise<Inbox> {
  const who = await app.as(username)
  const answer = await who('GET', `/api/inbox?view=${view}${cursor === undefined ? '' : `&cursor=${cursor}`}`)
  expect(answer.status).toBe(200)
  return (await answer.json()) as Inbox
}

const cases = ({ items }: Inbox) => items.map(({ caseKey }) => caseKey)

test('what is assigned, offered by name and offered to an office comes in one order, page after page', async () => {
  const reviewer = ids.get('reviewer')!
  const started: string[] = []
  for (let i = 0; i < 57; i += 1) {
    const way = (['assigned', 'named', 'office'] as const)[i % 3]!
    started.push(await start(way, way === 'named' ? [reviewer] : reviewer))
  }
  const first = await inbox('reviewer', 'mine')
  const second = await inbox('reviewer', 'mine', first.next!)
  expect([...cases(first), ...cases(second)]).toEqual([...started].reverse())
  expect(first.items).toHaveLength(50)
  expect(second.next).toBeNull()
  expect(first.counts).toEqual({ mine: 57, claimable: 0, waiting: 0, done: 0 })
})

test('what others could take as well is offered; who has started it waits', async () => {
  const east = ids.get('clerk.east')!
  const west = ids.get('clerk.west')!
  const shared = await start('shared')
  const named = await start('named', [east, west])
  const alone = await start('named', [west], 'clerk.east')
  await start('assigned', west)

  const own = await inbox('clerk.east', 'claimable')
  expect(cases(own)).toEqual([named, shared])
  expect(own.counts).toEqual({ mine: 0, claimable: 2, waiting: 1, done: 0 })
  expect(cases(await inbox('clerk.east', 'waiting'))).toEqual([alone])
  expect(cases(await inbox('second.east', 'claimable'))).toEqual([shared])
  expect((await inbox('clerk.west', 'mine')).counts).toEqual({ mine: 2, claimable: 1, waiting: 0, done: 0 })

  const [item] = own.items
  const clerk = await app.as('clerk.east')
  expect((await clerk('POST', `/v2/user-tasks/${item!.taskKey}/assignment`, { assignee: east })).status).toBe(204)
  expect((await inbox('clerk.east', 'mine')).counts).toEqual({ mine: 1, claimable: 1, waiting: 1, done: 0 })
  expect((await inbox('clerk.west', 'claimable')).counts).toMatchObject({ claimable: 0, waiting: 1 })
})

test.each(['mine', 'claimable', 'waiting', 'done'] as const)(
  'P4 the inbox looks through nothing that is not the person’s: %s',
  async (view) => {
    const reader: Reader = openReader(join(app.folder, 'test.db'))
    try {
      const asked = new Set<string>()
      const read = drizzleOver({
        prepare(sql) {
          asked.add(sql)
          return reader.prepare(sql)
        },
      })
      const { services, host } = app.server
      const person = (await loadPerson(host.store, ids.get('reviewer')!))!
      const store = { ...host.store, read, tables: host.store.tables }
      await readInbox({ ...services, store }, person, { view, search: '', cursor: undefined })
      const plan = [...asked].flatMap((sql) =>
        (reader.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]).map(({ detail }) => detail),
      )
      expect(plan.some((step) => step.includes('SEARCH user_task USING COVERING INDEX user_task_assignee'))).toBe(true)
      // Tasks that name people are few. Else nothing is scanned, or looked up by its state alone, or among all that nobody has.
      const looks = plan.filter((step) => /^SCAN |\(state=\?\)|USING INDEX user_task_assignee/.test(step))
      expect(looks.filter((step) => !step.includes('user_task_named'))).toEqual([])
    } finally {
      reader.close()
    }
  },
)
