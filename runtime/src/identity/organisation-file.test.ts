import { expect, test } from 'vitest'
import { OrganisationFileError, readOrganisationFile } from './organisation-file.ts'

const faultsOf = (text: string): readonly string[] => {
  try {
    readOrganisationFile(text)
  } catch (error) {
    if (error instanceof OrganisationFileError) return error.faults
    throw error
  }
  return []
}

test('units come parents first, whatever their order in the file', () => {
  const { units } = readOrganisationFile(`
units:
  - { id: village, name: V, level: village, parent: town }
  - { id: root, name: R, level: district }
  - { id: town, name: T, level: township, parent: root }
roles: []
`)
  expect(units.map((unit) => unit.id)).toEqual(['root', 'town', 'village'])
})

test('all faults are told at once: a cycle, a double, an unknown unit and role, roles that exclude each other', () => {
  const faults = faultsOf(`
units:
  - { id: root, name: R, level: district }
  - { id: a, name: A, level: township, parent: b }
  - { id: b, name: B, level: township, parent: a }
roles:
  - { key: clerk, name: C }
  - { key: clerk, name: C }
people:
  - { username: one, name: One, positions: [{ role: clerk, unit: nowhere }, { role: nothing, unit: root }] }
  - { username: two, name: Two, positions: [{ role: auditor, unit: root }, { role: system_administrator, unit: root }] }
`).join('\n')
  for (const named of ['a, b', 'clerk stands twice', 'nowhere', 'nothing', 'two']) expect(faults).toContain(named)
})

test('what is not YAML, or has another shape, is refused', () => {
  for (const text of ['units: [', 'units: 1', 'units: []', 'units: []\nroles: []\nextra: 1'])
    expect(faultsOf(text), text).not.toEqual([])
})

test('a person may have a mail address: one, and nobody else’s', () => {
  const people = (...mails: string[]) => `
units: [{ id: root, name: R, level: district }]
roles: [{ key: clerk, name: C }]
people:
${mails.map((mail, i) => `  - { username: user${i}, name: N, mail: '${mail}', positions: [{ role: clerk, unit: root }] }`).join('\n')}
`
  expect(readOrganisationFile(people('a@example.cn')).people).toMatchObject([{ mail: 'a@example.cn' }])
  expect(faultsOf(people('a@example.cn', 'A@example.cn')).join()).toContain('a@example.cn stands twice')
  for (const mail of ['a@b, c@d', 'A <a@b>', 'nobody', 'a@b\nc']) expect(faultsOf(people(mail)), mail).not.toEqual([])
})
