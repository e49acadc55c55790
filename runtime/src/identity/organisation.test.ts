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
