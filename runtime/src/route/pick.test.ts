import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PickPeople, PickUnits } from '../contract/contract.ts'
import { readOrganisationFile } from '../identity/organisation-file.ts'
import { openTestApp, type Requester, type TestApp } from './test-app.ts'

let app: TestApp
let clerk: Requester
let reviewer: Requester

/** A second township of the same district, and somebody of the district itself. */
const elsewhere = `
levels: [district, township, village]
units:
  - { id: district, name: District, level: district, parent: null }
  - { id: town2, name: Town Two, level: township, parent: district }
  - { id: north, name: North, level: village, parent: town2 }
roles:
  - { key: clerk, name: Clerk, level: village }
  - { key: head, name: Head, level: district }
people:
  - { username: clerk.north, name: N clerk.north, password: a-long-password, positions: [{ role: clerk, unit: north }] }
  - { username: head, name: N head, password: a-long-password, positions: [{ role: head, unit: district }] }
`
const components = [
  { id: 'a', key: 'subject', type: 'textfield', label: 'Subject' },
  { id: 'b', key: 'who', type: 'person', label: 'Who' },
  { id: 'c', key: 'clerks', type: 'person', label: 'Clerks', multiple: true, role: 'clerk' },
  { id: 'd', key: 'where', type: 'unit', label: 'Where', level: 'village' },
  {
    id: 'e',
    path: 'visits',
    type: 'dynamiclist',
    label: 'Visits',
    defaultRepetitions: 0,
    components: [{ id: 'f', key: 'by', type: 'person', label: 'By' }],
  },
]

beforeAll(async () => {
  app = await openTestApp()
  const seeder = { type: 'system', id: 'test' } as const
  await app.server.organisation.load(readOrganisationFile(elsewhere), seeder)
  const schema = JSON.stringify({ id: 'petition', type: 'default', schemaVersion: 19, components })
  const form = { name: 'petition.form', content: new TextEncoder().encode(schema) }
  await app.server.host.deploy([form], seeder, 'deploy-people')
  clerk = await app.as('clerk.east')
  reviewer = await app.as('reviewer')
})
afterAll(() => app.close())

async function people(asker: Requester, query: string): Promise<PickPeople['items']> {
  const answer = await asker('GET', `/api/pick/people?${query}`)
  expect(answer.status).toBe(200)
  return ((await answer.json()) as PickPeople).items
}
const names = async (asker: Requester, query: string) => (await people(asker, query)).map((one) => one.name)
const units = async (asker: Requester, query: string) => {
  const answer = await asker('GET', `/api/pick/units?${query}`)
  return ((await answer.json()) as PickUnits).items.map((one) => one.id)
}

describe('people', () => {
  test('are found by name, below the township and on the own line, and nobody else of the district', async () => {
    expect(await names(clerk, 'search=N')).toEqual([
      'N clerk.east',
      'N clerk.west',
      'N head',
      'N reviewer',
      'N second.east',
    ])
    expect(await names(clerk, 'search=north')).toEqual([])
    expect(await names(await app.as('clerk.north'), 'search=N')).toEqual(['N clerk.north', 'N head'])
    expect(await names(await app.as('head'), 'search=N')).toEqual(['N head'])
  })
  test('only by a search, and caretakers never', async () => {
    expect(await names(clerk, '')).toEqual([])
    expect(await names(clerk, 'search=%20')).toEqual([])
    expect(await names(clerk, 'search=%25')).toEqual([])
    expect(await names(clerk, 'search=designer')).toEqual([])
    expect(await names(clerk, 'search=auditor')).toEqual([])
  })
  test('by role and unit, with the words of their positions and nothing more', async () => {
    expect(await names(reviewer, 'search=N&role=clerk')).toEqual(['N clerk.east', 'N clerk.west', 'N second.east'])
    expect(await names(reviewer, 'search=N&unit=west')).toEqual(['N clerk.west'])
    const [one] = await people(clerk, 'search=reviewer')
    expect(one).toEqual({ id: expect.any(String), name: 'N reviewer', about: 'Town Reviewer' })
  })
  test('at most 20', async () => {
    const many = Array.from(
      { length: 25 },
      (_, i) =>
        `  - { username: many.${i}, name: Many ${i}, password: a-long-password, positions: [{ role: clerk, unit: north }] }`,
    )
    await app.server.organisation.load(readOrganisationFile(`${elsewhere}${many.join('\n')}\n`), {
      type: 'system',
      id: 'test',
    })
    expect(await names(await app.as('clerk.north'), 'search=Many')).toHaveLength(20)
  })
})

describe('units', () => {
  test('are found by name within the same reach, by level when one is named', async () => {
    expect(await units(clerk, 'search=t')).toEqual(['district', 'town', 'east', 'west'])
    expect(await units(clerk, 'search=t&level=village')).toEqual(['east', 'west'])
    expect(await units(clerk, 'search=North')).toEqual([])
    expect(await units(clerk, '')).toEqual([])
  })
})

describe('answers that name people and units', () => {
  const start = (answers: object) =>
    clerk('POST', '/api/cases', { processId: 'petition', unitId: 'east', formKey: null, answers })
  const idOf = async (name: string, asker: Requester = clerk) => (await people(asker, `search=${name}`))[0]!.id
  const refused = async (answers: object) => {
    const answer = await start(answers)
    expect(answer.status).toBe(422)
    const { fields } = (await answer.json()) as { fields: { field: string; code: string }[] }
    return fields.map(({ field, code }) => `${field} ${code}`)
  }
  async function variables(answers: object): Promise<{ [name: string]: unknown }> {
    const answer = await start(answers)
    expect(answer.status).toBe(201)
    const { caseKey } = (await answer.json()) as { caseKey: string }
    const found = await app.client('POST', '/v2/variables/search', { filter: { processInstanceKey: caseKey } })
    const { items } = (await found.json()) as { items: { name: string; value: string }[] }
    return Object.fromEntries(items.map((item) => [item.name, JSON.parse(item.value)]))
  }

  test('are stored under the names on record', async () => {
    const west = await idOf('clerk.west')
    const stored = await variables({
      subject: 'x',
      who: { id: west, name: 'Somebody else' },
      clerks: [{ id: west, name: '?' }],
      where: { id: 'west', name: '?' },
      visits: [{ by: { id: west, name: '?' } }],
    })
    expect(stored.who).toEqual({ id: west, name: 'N clerk.west' })
    expect(stored.clerks).toEqual([{ id: west, name: 'N clerk.west' }])
    expect(stored.where).toEqual({ id: 'west', name: 'West' })
    expect(stored.visits).toEqual([{ by: { id: west, name: 'N clerk.west' } }])
  })
  test('refuse whom nobody knows, who is out of reach, who has another role, and a unit of another level', async () => {
    const north = await idOf('clerk.north', await app.as('clerk.north'))
    const judge = await idOf('reviewer')
    expect(await refused({ who: { id: 'nobody', name: 'N' } })).toEqual(['who FIELD_PERSON_UNKNOWN'])
    expect(await refused({ who: { id: north, name: 'N clerk.north' } })).toEqual(['who FIELD_PERSON_UNKNOWN'])
    expect(await refused({ clerks: [{ id: judge, name: 'N reviewer' }] })).toEqual(['clerks FIELD_PERSON_UNKNOWN'])
    expect(await refused({ where: { id: 'town', name: 'Town' } })).toEqual(['where FIELD_UNIT_UNKNOWN'])
    expect(await refused({ visits: [{ by: { id: judge, name: 'x' } }, { by: { id: 'nobody', name: 'x' } }] })).toEqual([
      'visits[1].by FIELD_PERSON_UNKNOWN',
    ])
  })
})
