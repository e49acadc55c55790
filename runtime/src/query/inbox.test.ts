import { join } from 'node:path'
import { line, model, node } from '@bihuan/engine/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList, Inbox, InboxView } from '../contract/contract.ts'
import { openReader, type Reader } from '../db/libsql-reader.ts'
import { drizzleOver } from '../db/libsql-store.ts'
import { loadPerson } from '../identity/person.ts'
import type { Person } from '../identity/who.ts'
import { openTestApp, START, type TestApp } from '../route/test-app.ts'
import type { Services } from '../services.ts'
import { readCases } from './case.ts'
import { readInbox } from './inbox.ts'

const above = [
  { id: 'town', name: 'Town', level: 'township' },
  { id: 'district', name: 'District', level: 'district' },
]
const inEast = [{ id: 'east', name: 'East', level: 'village' }, ...above]
const inWest = [{ id: 'west', name: 'West', level: 'village' }, ...above]
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
async function start(way: Way, who: unknown = null, starter?: string, units = inEast): Promise<string> {
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

test('cases come once each, newest first, page after page, whatever tells of them', async () => {
  const clerk = await app.as('clerk.west')
  const list = async (query: string) => (await (await clerk('GET', `/api/cases?${query}`)).json()) as CaseList
  const keysOf = ({ items }: CaseList) => items.map(({ key }) => key)
  const west = ids.get('clerk.west')!
  const before = keysOf(await list(''))
  const started: string[] = []
  for (let i = 0; i < 54; i += 1) {
    const way = (['assigned', 'shared', 'named'] as const)[i % 3]!
    started.unshift(await start(way, way === 'named' ? [west] : west, i % 2 === 0 ? 'clerk.west' : undefined, inWest))
  }
  const first = await list('')
  const second = await list(`cursor=${first.next}`)
  expect(first.items).toHaveLength(50)
  expect([...keysOf(first), ...keysOf(second)]).toEqual([...started, ...before])
  expect(second.next).toBeNull()

  const [ended] = started
  await app.server.host.submit({
    kind: 'processInstance.cancel',
    key: Number(ended),
    actor: system,
    requestId: `cancel:${ended}`,
    value: { reason: 'over' },
  })
  expect(keysOf(await list('state=ended'))).toEqual([ended])
  expect(keysOf(await list('state=open'))).toEqual(started.slice(1, 51))
  expect(keysOf(await list('search=nothing like it'))).toEqual([])
  // Who began a case and waits for others waits no longer when it has ended.
  const waits = await start('assigned', ids.get('clerk.east'), 'clerk.west', inWest)
  expect(cases(await inbox('clerk.west', 'waiting'))).toContain(waits)
  const cancel = { kind: 'processInstance.cancel', key: Number(waits), actor: system } as const
  await app.server.host.submit({ ...cancel, requestId: `cancel:${waits}`, value: { reason: 'over' } })
  expect(cases(await inbox('clerk.west', 'waiting'))).not.toContain(waits)
})

/** What the database says of how it finds what is asked for in `work`. */
async function plansOf(username: string, work: (services: Services, person: Person) => Promise<unknown>) {
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
    const person = (await loadPerson(host.store, ids.get(username)!))!
    await work({ ...services, store: { ...host.store, read, tables: host.store.tables } }, person)
    return [...asked].flatMap((sql) =>
      (reader.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]).map(({ detail }) => detail),
    )
  } finally {
    reader.close()
  }
}

test('P4 the list of cases goes along what the person has, and no further than its page', async () => {
  const asked = { search: '', cursor: undefined, state: undefined }
  const plan = await plansOf('clerk.west', (services, person) => readCases(services, person, asked))
  for (const index of ['participant_person', 'task_candidate_office', 'action_candidate_open'])
    expect(plan.some((step) => step.startsWith('SEARCH') && step.includes(`INDEX ${index} `))).toBe(true)
  expect(plan.filter((step) => /^SCAN |TEMP B-TREE/.test(step))).toEqual([])
})

test.each(['mine', 'claimable', 'waiting', 'done'] as const)(
  'P4 the inbox looks through nothing that is not the person’s: %s',
  async (view) => {
    const asked = { view, search: '', cursor: undefined }
    const plan = await plansOf('reviewer', (services, person) => readInbox(services, person, asked))
    expect(plan.some((step) => step.includes('SEARCH user_task USING COVERING INDEX user_task_open'))).toBe(true)
    // Tasks that name people are few, and what is found is counted. Else nothing is scanned, or looked up by its state alone, or among all that nobody has.
    const looks = plan.filter((step) => /^SCAN (?!found$)|\(state=\?\)|USING INDEX user_task_open/.test(step))
    expect(looks.filter((step) => !step.includes('user_task_named'))).toEqual([])
  },
)
