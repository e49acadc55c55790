import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TemporaryHost, temporaryHost } from '../testing/open.ts'
import { Organisation } from './organisation.ts'
import { readOrganisationFile } from './organisation-file.ts'

let temporary: TemporaryHost
beforeEach(async () => {
  temporary = await temporaryHost()
})
afterEach(() => temporary.remove())

const actor = { type: 'system', id: 'test' } as const
const file = (...people: readonly (readonly [username: string, mail: string])[]) =>
  readOrganisationFile(`
units: [{ id: root, name: R, level: district }]
roles: [{ key: clerk, name: C }]
people:
${people.map(([username, mail]) => `  - { username: ${username}, name: N, mail: '${mail}', positions: [{ role: clerk, unit: root }] }`).join('\n')}
`)

test('a mail address that is somebody else’s already is refused, and nothing of the file is written', async () => {
  const { store } = temporary.host
  const organisation = new Organisation(store, temporary.host)
  await organisation.load(file(['first', 'A@example.cn']), actor)
  const usernames = async () =>
    (await store.read.select().from(store.tables.person)).map(({ username }) => username).sort()
  await expect(organisation.load(file(['third', 'c@example.cn'], ['second', 'a@Example.cn']), actor)).rejects.toThrow(
    'Expected a mail address of his own for second, but a@example.cn is that of first.',
  )
  expect(await usernames()).toEqual(['first'])
  await organisation.load(file(['first', 'a@example.cn'], ['second', 'b@example.cn']), actor)
  expect(await usernames()).toEqual(['first', 'second'])
})

const town = (people: string) =>
  readOrganisationFile(`
levels: [{ key: township, name: 镇 }, { key: village, name: 村 }]
units: [{ id: town, name: 柳溪镇, level: township }, { id: east, name: 东村, level: village, parent: town }]
roles: [{ key: clerk, name: 文书, level: village }, { key: reviewer, name: 审核员, level: township }, { key: auditor, name: 审计员 }]
people: [${people}]
`)
const clerk = '{ role: clerk, unit: east }'

/** Loads a file; gives what was done, in words, and the accounts. */
async function loaded(people: string) {
  const organisation = new Organisation(temporary.host.store, temporary.host)
  const planned = (await organisation.plan(town(people))).map(({ kind, about }) => `${kind} ${about}`)
  const done: string[] = []
  const accounts = await organisation.load(town(people), actor, ({ kind, about }) => done.push(`${kind} ${about}`))
  expect(done).toEqual(planned)
  return { done, accounts: accounts.map(({ username }) => username) }
}

test('whoever stands in the file holds what stands there and no more; whom it does not name stays as he is', async () => {
  const { store } = temporary.host
  await loaded(
    `{ username: wang, name: 王五, positions: [${clerk}] }, { username: zhao, name: 赵六, positions: [${clerk}] }`,
  )
  // The same again changes nothing.
  expect(await loaded(`{ username: wang, name: 王五, positions: [${clerk}] }`)).toEqual({ done: [], accounts: [] })
  const moved = await loaded(
    '{ username: wang, name: 王伍, mail: W@example.cn, positions: [{ role: reviewer, unit: town }] }',
  )
  expect(moved).toEqual({
    done: [
      'person.changed wang 王伍',
      'position.ended wang 王伍 clerk east',
      'position.created wang 王伍 reviewer town',
    ],
    accounts: [],
  })
  // An address that was given stays; what excludes each other may follow each other.
  expect((await loaded('{ username: wang, name: 王伍, positions: [{ role: auditor, unit: town }] }')).done).toEqual([
    'position.ended wang 王伍 reviewer town',
    'position.created wang 王伍 auditor town',
  ])
  const { person, position } = store.tables
  const rows = await store.read.select().from(person)
  expect(rows.map(({ username, email }) => [username, email]).sort()).toEqual([
    ['wang', 'w@example.cn'],
    ['zhao', 'zhao@people.invalid'],
  ])
  expect((await store.read.select().from(position)).map(({ role }) => role).sort()).toEqual(['auditor', 'clerk'])
})

test('who holds nothing any more cannot sign in; who comes back gets a password anew', async () => {
  const { store } = temporary.host
  const { account, session } = store.tables
  await loaded(`{ username: wang, name: 王五, positions: [${clerk}] }`)
  const [{ userId } = { userId: '' }] = await store.read.select().from(account)
  const at = new Date()
  const row = {
    id: 's',
    token: 't',
    userId,
    expiresAt: at,
    ipAddress: null,
    userAgent: null,
    createdAt: at,
    updatedAt: at,
  }
  await store.single.insert(session).values(row)
  const left = '{ username: wang, name: 王五, positions: [] }'
  expect((await loaded(left)).done).toEqual(['position.ended wang 王五 clerk east', 'person.closed wang 王五'])
  expect([...(await store.read.select().from(account)), ...(await store.read.select().from(session))]).toEqual([])
  expect((await loaded(left)).done).toEqual([])
  expect(await new Organisation(store, temporary.host).resetPassword('wang', actor)).toBeNull()
  expect(await loaded(`{ username: wang, name: 王五, positions: [${clerk}] }`)).toEqual({
    done: ['person.opened wang 王五', 'position.created wang 王五 clerk east'],
    accounts: ['wang'],
  })
  const before = await store.read.select().from(account)
  expect(await new Organisation(store, temporary.host).resetPassword('wang', actor)).toMatch(/^\w{4}-\w{4}-\w{4}$/)
  const after = await store.read.select().from(account)
  expect(after.map((one) => one.userId)).toEqual([userId])
  expect(after[0]!.password).not.toBe(before[0]!.password)
})

test('a unit stays where its cases are', async () => {
  await loaded('')
  const moved = readOrganisationFile(`
units: [{ id: town, name: 柳溪镇, level: township }, { id: other, name: 别镇, level: township }, { id: east, name: 东村, level: village, parent: other }]
roles: []
`)
  const organisation = new Organisation(temporary.host.store, temporary.host)
  await expect(organisation.load(moved, actor)).rejects.toThrow('Expected unit east to stay below town')
})
