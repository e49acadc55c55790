import { randomUUID } from 'node:crypto'
import type { Actor, Variables } from '@bihuan/engine'
import { eq, inArray } from 'drizzle-orm'
import { insert, type RowChange, upsert } from '../db/row-change.ts'
import type { Store } from '../db/store.ts'
import type { Host } from '../host/host.ts'
import { type OrganisationFile, OrganisationFileError } from './organisation-file.ts'
import { hashPassword, makePassword } from './password.ts'
import { roleConflict } from './role.ts'

/** An account that was made, with its password: shown once, kept nowhere. */
export interface NewAccount {
  readonly username: string
  readonly password: string
  readonly name: string
  readonly positions: readonly { readonly roleName: string; readonly unitName: string }[]
}

/** A role that may not stand beside those a person holds. */
export class RoleConflict extends Error {
  constructor(username: string, role: string, other: string) {
    super(`Expected ${username} to hold ${role} alone, but ${other} is held too. Give it to somebody else.`)
    this.name = 'RoleConflict'
  }
}

/**
 * The organisation: units, roles, people and their positions. Each change is a fact of the organisation stream and its
 * row, written together; doing the same again changes nothing, so what was cut off is finished by repeating it.
 */
export class Organisation {
  readonly #store: Store
  readonly #host: Pick<Host, 'record' | 'clock'>

  constructor(store: Store, host: Pick<Host, 'record' | 'clock'>) {
    this.#store = store
    this.#host = host
  }

  /** Whether anybody can sign in. */
  async isEmpty(): Promise<boolean> {
    const { person } = this.#store.tables
    const rows = await this.#store.read.select({ id: person.id }).from(person).limit(1)
    return rows.length === 0
  }

  /**
   * Loads an organisation file. Gives the accounts it made; people who exist already keep their passwords and addresses.
   * Throws `OrganisationFileError` where a mail address is somebody else's already, before anything is written.
   */
  async load(file: OrganisationFile, actor: Actor): Promise<readonly NewAccount[]> {
    await this.#checkMail(file)
    const paths = new Map<string, string>()
    for (const [place, unit] of file.units.entries()) {
      const path = `${unit.parent === null ? '/' : paths.get(unit.parent)}${unit.id}/`
      paths.set(unit.id, path)
      await this.putUnit({ ...unit, parentId: unit.parent, path, place }, actor)
    }
    for (const level of file.levels) await this.putLevel(level, actor)
    for (const role of file.roles) await this.putRole(role, actor)
    const accounts: NewAccount[] = []
    for (const person of file.people) {
      const password = person.password ?? makePassword()
      const { username, name, mail } = person
      const { id, isNew } = await this.addPerson(
        { username, name, password, ...(mail !== undefined && { mail }) },
        actor,
      )
      for (const held of person.positions) await this.addPosition(id, person.username, held.role, held.unit, actor)
      if (!isNew) continue
      accounts.push({
        username: person.username,
        password,
        name: person.name,
        positions: person.positions.map((held) => ({
          roleName: file.roles.find((role) => role.key === held.role)?.name ?? held.role,
          unitName: file.units.find((unit) => unit.id === held.unit)?.name ?? held.unit,
        })),
      })
    }
    return accounts
  }

  async #checkMail({ people }: OrganisationFile): Promise<void> {
    const { person } = this.#store.tables
    const wanted = new Map(people.flatMap(({ username, mail }) => (mail ? [[mail.toLowerCase(), username]] : [])))
    if (wanted.size === 0) return
    const holders = await this.#store.read
      .select({ username: person.username, email: person.email })
      .from(person)
      .where(inArray(person.email, [...wanted.keys()]))
    const faults = holders.flatMap(({ username, email }) =>
      wanted.get(email) === username
        ? []
        : [`Expected a mail address of his own for ${wanted.get(email)}, but ${email} is that of ${username}.`],
    )
    if (faults.length > 0) throw new OrganisationFileError(faults)
  }

  async putUnit(
    row: { id: string; name: string; level: string; parentId: string | null; path: string; place: number },
    actor: Actor,
  ): Promise<void> {
    const { unit } = this.#store.tables
    const [before] = await this.#store.read.select().from(unit).where(eq(unit.id, row.id)).limit(1)
    const { id, name, level, parentId, path, place } = row
    const next = { id, name, level, parentId, path, place }
    if (before && Object.entries(next).every(([key, value]) => before[key as keyof typeof before] === value)) return
    await this.#record(before ? 'unit.changed' : 'unit.created', actor, next, [upsert('unit', next)])
  }

  async putLevel(row: { key: string; name: string }, actor: Actor): Promise<void> {
    const { unitLevel } = this.#store.tables
    const [before] = await this.#store.read.select().from(unitLevel).where(eq(unitLevel.key, row.key)).limit(1)
    if (before?.name === row.name) return
    const next = { key: row.key, name: row.name }
    await this.#record(before ? 'level.changed' : 'level.created', actor, next, [upsert('unitLevel', next)])
  }

  async putRole(row: { key: string; name: string; level: string | null }, actor: Actor): Promise<void> {
    const { role } = this.#store.tables
    const [before] = await this.#store.read.select().from(role).where(eq(role.key, row.key)).limit(1)
    if (before && before.name === row.name && before.level === row.level) return
    const next = { key: row.key, name: row.name, level: row.level }
    await this.#record(before ? 'role.changed' : 'role.created', actor, next, [upsert('role', next)])
  }

  /** Adds a person who can sign in. The name is not in the trail: only the id is, which can outlive the name. */
  async addPerson(
    given: { username: string; name: string; password: string; mail?: string },
    actor: Actor,
  ): Promise<{ readonly id: string; readonly isNew: boolean }> {
    const { person } = this.#store.tables
    const [before] = await this.#store.read
      .select({ id: person.id })
      .from(person)
      .where(eq(person.username, given.username))
      .limit(1)
    if (before) return { id: before.id, isNew: false }
    const id = randomUUID()
    const now = new Date(this.#host.clock.now())
    const row = {
      id,
      name: given.name,
      username: given.username,
      email: given.mail?.toLowerCase() ?? `${given.username}@people.invalid`,
      emailVerified: true,
      image: null,
      createdAt: now,
      updatedAt: now,
    }
    const credential = {
      id: randomUUID(),
      accountId: id,
      providerId: 'credential',
      userId: id,
      accessToken: null,
      refreshToken: null,
      idToken: null,
      accessTokenExpiresAt: null,
      refreshTokenExpiresAt: null,
      scope: null,
      password: await hashPassword(given.password),
      createdAt: now,
      updatedAt: now,
    }
    await this.#record('person.created', actor, { id, username: given.username }, [
      insert('person', row),
      insert('account', credential),
    ])
    return { id, isNew: true }
  }

  /** Gives a person a role in a unit. Throws `RoleConflict` where the roles exclude each other (三员分立). */
  async addPosition(personId: string, username: string, role: string, unitId: string, actor: Actor): Promise<void> {
    const { position } = this.#store.tables
    const held = await this.#store.read.select().from(position).where(eq(position.personId, personId))
    if (held.some((one) => one.role === role && one.unitId === unitId)) return
    const conflict = roleConflict([...held.map((one) => one.role), role])
    if (conflict) {
      const other = conflict.role === role ? conflict.other : conflict.role
      await this.#host.record('security', 'position.refused', actor, { personId, role, unitId, other })
      throw new RoleConflict(username, role, other)
    }
    const row = { personId, role, unitId, since: this.#host.clock.now() }
    await this.#record('position.created', actor, row, [upsert('position', row)])
  }

  #record(kind: string, actor: Actor, value: Variables, changes: readonly RowChange[]): Promise<void> {
    return this.#host.record('organisation', kind, actor, value, changes)
  }
}
