import { randomUUID } from 'node:crypto'
import type { Variables } from '@bihuan/engine'
import { type RowChange, remove, update, upsert } from '../db/row-change.ts'
import type { Row } from '../db/schema/index.ts'
import { accountInsert, addressOf, personInsert } from './account-row.ts'
import { type OrganisationFile, OrganisationFileError } from './organisation-file.ts'

/** The organisation as the tables have it. */
export interface OrganisationState {
  readonly units: readonly Row<'unit'>[]
  readonly levels: readonly Row<'unitLevel'>[]
  readonly roles: readonly Row<'role'>[]
  readonly people: readonly Pick<Row<'person'>, 'id' | 'username' | 'name' | 'email'>[]
  readonly positions: readonly Row<'position'>[]
  /** Ids of the people who can sign in. */
  readonly accounts: ReadonlySet<string>
}

/** Whom an account is made for. */
export interface AccountOf {
  readonly username: string
  readonly name: string
  readonly positions: readonly { readonly roleName: string; readonly unitName: string }[]
}

/** One thing to do, with its record. */
export interface Change {
  readonly kind: string
  /** What the trail tells of it: ids, and names of all but people, which it must outlive. */
  readonly value: Variables
  /** The same in words, for whoever does it. */
  readonly about: string
  /** Whom it makes an account for, with a password the file gives, or null for one that is made; null for no account. */
  readonly account: (AccountOf & { readonly password: string | null }) | null
  /** Rows of it. `hash` is that of the password where an account is made, `at` ms since 1970. */
  readonly rows: (hash: string | null, at: number) => readonly RowChange[]
}

type Simple = Pick<Change, 'kind' | 'value' | 'about'> & { readonly rows: (at: number) => readonly RowChange[] }
const simple = ({ rows, ...rest }: Simple): Change => ({ ...rest, account: null, rows: (_hash, at) => rows(at) })

/**
 * What has to be done for the organisation to be as the file says, in an order in which each finds what it needs. Nothing
 * when it is so already.
 * @throws OrganisationFileError with all that does not fit what is there
 */
export function planOrganisation(file: OrganisationFile, state: OrganisationState): readonly Change[] {
  const faults = [...movedUnits(file, state), ...takenMail(file, state)]
  if (faults.length > 0) throw new OrganisationFileError(faults)
  return [...units(file, state), ...levels(file, state), ...roles(file, state), ...people(file, state)]
}

/** A case keeps the way from its unit to the root: a unit that was moved would take its cases out of sight. */
function movedUnits(file: OrganisationFile, state: OrganisationState): string[] {
  const before = new Map(state.units.map((unit) => [unit.id, unit]))
  return file.units.flatMap(({ id, parent }) => {
    const known = before.get(id)
    if (!known || known.parentId === parent) return []
    const there = known.parentId === null ? 'at the root' : `below ${known.parentId}`
    return [`Expected unit ${id} to stay ${there}, where its cases are. Give the new one another id.`]
  })
}

function takenMail({ people }: OrganisationFile, state: OrganisationState): string[] {
  const wanted = new Map(people.flatMap(({ username, mail }) => (mail ? [[mail.toLowerCase(), username]] : [])))
  return state.people.flatMap(({ username, email }) => {
    const wanting = wanted.get(email)
    return wanting === undefined || wanting === username
      ? []
      : [`Expected a mail address of his own for ${wanting}, but ${email} is that of ${username}.`]
  })
}

/** Made or changed: a row of the file that the tables have otherwise or not at all. */
function put<N extends 'unit' | 'unitLevel' | 'role'>(
  what: 'unit' | 'level' | 'role',
  table: N,
  next: Row<N>,
  before: Row<N> | undefined,
): Change[] {
  const row = next as Variables
  if (before && Object.entries(row).every(([name, value]) => (before as Variables)[name] === value)) return []
  const kind = `${what}.${before ? 'changed' : 'created'}`
  return [simple({ kind, value: row, about: `${row.id ?? row.key} ${row.name}`, rows: () => [upsert(table, next)] })]
}

function units(file: OrganisationFile, state: OrganisationState): Change[] {
  const before = new Map(state.units.map((unit) => [unit.id, unit]))
  const paths = new Map<string, string>()
  return file.units.flatMap(({ id, name, level, parent }, place) => {
    const path = `${parent === null ? '/' : paths.get(parent)}${id}/`
    paths.set(id, path)
    return put('unit', 'unit', { id, name, level, parentId: parent, path, place }, before.get(id))
  })
}

function levels(file: OrganisationFile, state: OrganisationState): Change[] {
  const before = new Map(state.levels.map((level) => [level.key, level]))
  return file.levels.flatMap(({ key, name }) => put('level', 'unitLevel', { key, name }, before.get(key)))
}

function roles(file: OrganisationFile, state: OrganisationState): Change[] {
  const before = new Map(state.roles.map((role) => [role.key, role]))
  return file.roles.flatMap(({ key, name, level }) => put('role', 'role', { key, name, level }, before.get(key)))
}

type FilePerson = OrganisationFile['people'][number]
type Held = FilePerson['positions'][number]
const heldKey = ({ role, unit }: Held): string => `${role} ${unit}`

function people(file: OrganisationFile, state: OrganisationState): Change[] {
  const known = new Map(state.people.map((person) => [person.username, person]))
  const held = new Map<string, Row<'position'>[]>()
  for (const one of state.positions) held.set(one.personId, [...(held.get(one.personId) ?? []), one])
  const roleNames = new Map(file.roles.map(({ key, name }) => [key, name]))
  const unitNames = new Map(file.units.map(({ id, name }) => [id, name]))
  return file.people.flatMap((person) => {
    const before = known.get(person.username)
    // Nobody is entered who would be nothing.
    if (!before && person.positions.length === 0) return []
    const id = before?.id ?? randomUUID()
    const at = held.get(id) ?? []
    const hasAccount = before !== undefined && state.accounts.has(id)
    const account = {
      username: person.username,
      name: person.name,
      password: person.password,
      positions: person.positions.map(({ role, unit }) => ({
        roleName: roleNames.get(role) ?? role,
        unitName: unitNames.get(unit) ?? unit,
      })),
    }
    return [
      ...entered(id, person, before, account),
      ...(before && !hasAccount && person.positions.length > 0 ? [opened(id, person, account)] : []),
      ...positions(id, person, at),
      ...(hasAccount && person.positions.length === 0 ? [closed(id, person)] : []),
    ]
  })
}

/** A person who is new, or has another name or address. Names are not in the trail: an id can outlive them. */
function entered(
  id: string,
  { username, name, mail }: FilePerson,
  before: OrganisationState['people'][number] | undefined,
  account: NonNullable<Change['account']>,
): Change[] {
  if (!before)
    return [
      {
        kind: 'person.created',
        value: { id, username },
        about: `${username} ${name}`,
        account,
        rows: (hash, at) => [personInsert({ id, username, name, mail }, at), accountInsert(id, hash!, at)],
      },
    ]
  // An address that was given once stays until another is.
  const email = mail === undefined ? before.email : addressOf(username, mail)
  if (before.name === name && before.email === email) return []
  const rows = (at: number) => [update('person', { name, email, updatedAt: new Date(at) }, { id })]
  return [simple({ kind: 'person.changed', value: { id, username }, about: `${username} ${name}`, rows })]
}

/** Somebody who had left comes back, with a password of his own. */
const opened = (id: string, { username, name }: FilePerson, account: NonNullable<Change['account']>): Change => ({
  kind: 'person.opened',
  value: { id, username },
  about: `${username} ${name}`,
  account,
  rows: (hash, at) => [accountInsert(id, hash!, at)],
})

/** Who holds nothing any more cannot sign in, and whoever is signed in as him is out. */
const closed = (id: string, { username, name }: FilePerson): Change =>
  simple({
    kind: 'person.closed',
    value: { id, username },
    about: `${username} ${name}`,
    rows: () => [remove('account', { userId: id }), remove('session', { userId: id })],
  })

function positions(personId: string, person: FilePerson, held: readonly Row<'position'>[]): Change[] {
  const wanted = new Set(person.positions.map(heldKey))
  const before = new Set(held.map(({ role, unitId }) => heldKey({ role, unit: unitId })))
  const about = (role: string, unit: string) => `${person.username} ${person.name} ${role} ${unit}`
  const ended = held
    .filter(({ role, unitId }) => !wanted.has(heldKey({ role, unit: unitId })))
    .map(({ role, unitId }) => {
      const key = { personId, role, unitId }
      return simple({
        kind: 'position.ended',
        value: key,
        about: about(role, unitId),
        rows: () => [remove('position', key)],
      })
    })
  const begun = person.positions
    .filter((one, at, all) => !before.has(heldKey(one)) && all.findIndex((two) => heldKey(two) === heldKey(one)) === at)
    .map(({ role, unit }) => {
      const key = { personId, role, unitId: unit }
      const rows = (since: number) => [upsert('position', { ...key, since })]
      return simple({ kind: 'position.created', value: key, about: about(role, unit), rows })
    })
  // What excludes each other is never held at once.
  return [...ended, ...begun]
}
