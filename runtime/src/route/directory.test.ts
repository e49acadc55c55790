import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Directory, Holders } from '../contract/contract.ts'
import { openPackageApp, type PackageApp } from './test-packages.ts'

let packages: PackageApp
beforeAll(async () => {
  packages = await openPackageApp()
})
afterAll(() => packages.close())

const directory = async (who = packages.designer) => (await (await who('GET', '/api/directory')).json()) as Directory
const holders = (unit: string, candidates: string, who = packages.designer) =>
  who('GET', `/api/directory/holders?unit=${encodeURIComponent(unit)}&candidates=${encodeURIComponent(candidates)}`)
const items = async (answer: Response) => ((await answer.json()) as Holders).items

test('a designer chooses among roles that take part in cases, and his units with those above them', async () => {
  const whole = await directory()
  expect(whole.levels.map(({ key }) => key)).toEqual(['district', 'township', 'village'])
  expect(whole.roles.map(({ key }) => key)).toEqual(['clerk', 'reviewer'])
  expect(whole.units.map(({ id }) => id).sort()).toEqual(['district', 'east', 'town', 'town2', 'west'])
  expect((await directory(packages.other)).units.map(({ id }) => id).sort()).toEqual(['district', 'town2'])
})

test('candidates mean holders in the unit, or in its ancestor of the level', async () => {
  const [clerks, reviewers] = await items(await holders('east', 'clerk, reviewer@township'))
  expect(clerks).toMatchObject({ role: 'clerk', roleName: 'Clerk', unit: { id: 'east' }, count: 2 })
  expect(clerks!.people.map(({ name }) => name)).toEqual(['N clerk.east', 'N second.east'])
  expect(reviewers).toMatchObject({ unit: { id: 'town', level: 'township' }, count: 1 })
  // A role is held where the candidates say: a reviewer of the village is nobody.
  expect(await items(await holders('east', 'reviewer'))).toMatchObject([{ unit: { id: 'east' }, count: 0, people: [] }])
  expect(await items(await holders('town', 'clerk@village'))).toMatchObject([{ unit: null, count: 0 }])
  expect(await items(await holders('east', 'nobody'))).toMatchObject([{ role: 'nobody', roleName: 'nobody', count: 0 }])
  // Who looks after the system takes part in no case: nobody would come for the task.
  expect(await items(await holders('district', 'auditor'))).toMatchObject([{ unit: null, count: 0, people: [] }])
  expect(await items(await holders('east', ' , clerk,clerk'))).toHaveLength(1)
  expect(await items(await holders('east', ''))).toEqual([])
})

test('at most five are told by name, and no unit of others is asked about', async () => {
  const { organisation } = packages.app.server
  const actor = { type: 'system', id: 'test' } as const
  const positions = [{ role: 'clerk', unit: 'west' }]
  const people = Array.from({ length: 6 }, (_, i) => ({
    username: `more.${i}`,
    name: 'More',
    password: null,
    positions,
  }))
  await organisation.load({ levels: [], units: [], roles: [], people }, actor)
  const [clerks] = await items(await holders('west', 'clerk'))
  expect([clerks!.count, clerks!.people.length]).toEqual([7, 5])
  expect((await holders('east', 'clerk', packages.other)).status).toBe(404)
  expect((await holders('nowhere', 'clerk')).status).toBe(404)
  expect((await holders('east', 'x'.repeat(2_001))).status).toBe(422)
})
