import type { Actor } from '@bihuan/engine'
import { eq } from 'drizzle-orm'
import { type RowChange, remove, upsert } from '../db/row-change.ts'
import type { Store } from '../db/store.ts'
import type { Recording } from '../host/recording.ts'
import { accountInsert } from './account-row.ts'
import type { OrganisationFile } from './organisation-file.ts'
import { type AccountOf, type Change, type OrganisationState, planOrganisation } from './organisation-plan.ts'
import { hashPassword, makePassword } from './password.ts'
import { roleConflict } from './role.ts'

/** An account that was made, with its password: shown once, kept nowhere. */
export interface NewAccount extends AccountOf {
  readonly password: string
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
  readonly #record: (kind: string, actor: Actor, value: Change['value'], rows: readonly RowChange[]) => Promise<void>
  readonly #host: Omit<Recording, 'store'>

  constructor(store: Store, host: Omit<Recording, 'store'>) {
    this.#store = store
    this.#host = host
    this.#record = (kind, actor, value, rows) => host.record('organisation', kind, actor, value, rows)
  }

  /** Whether anybody can sign in. */
  async isEmpty(): Promise<boolean> {
    const { person } = this.#store.tables
    const rows = await this.#store.read.select({ id: person.id }).from(person).limit(1)
    return rows.length === 0
  }

  /**
   * Makes the organisation as the file says. Whoever stands in it holds the positions that stand there and no others, and
   * without any can no longer sign in; whom and what it does not name stays as it is. Gives the accounts it made; people
   * who have one keep their passwords.
   * @param tell told of each change once it is written, with the account where one was made
   * @throws OrganisationFileError where the file does not fit what is there, before anything is written
   */
  async load(
    file: OrganisationFile,
    actor: Actor,
    tell: (change: Change, account: NewAccount | null) => void = () => {},
  ): Promise<readonly NewAccount[]> {
    const accounts: NewAccount[] = []
    for (const change of await this.plan(file)) {
      const account = change.account && { ...change.account, password: change.account.password ?? makePassword() }
      const hash = account && (await hashPassword(account.password))
      await this.#record(change.kind, actor, change.value, change.rows(hash, this.#host.clock.now()))
      if (account) accounts.push(account)
      tell(change, account)
    }
    return accounts
  }

  /** What `load` would do, in that order. Throws as it does. */
  async plan(file: OrganisationFile): Promise<readonly Change[]> {
    return planOrganisation(file, await this.#state())
  }

  async #state(): Promise<OrganisationState> {
    const { read, tables } = this.#store
    const { id, username, name, email } = tables.person
    const accounts = await read.select({ id: tables.account.userId }).from(tables.account)
    return {
      units: await read.select().from(tables.unit),
      levels: await read.select().from(tables.unitLevel),
      roles: await read.select().from(tables.role),
      people: await read.select({ id, username, name, email }).from(tables.person),
      positions: await read.select().from(tables.position),
      accounts: new Set(accounts.map((one) => one.id)),
    }
  }

  /**
   * Gives a person a new password, which is shown this once, and ends his sessions. Null when there is nobody of that name
   * who can sign in.
   */
  async resetPassword(username: string, actor: Actor): Promise<string | null> {
    const { person, account } = this.#store.tables
    const [found] = await this.#store.read
      .select({ id: person.id })
      .from(person)
      .innerJoin(account, eq(account.userId, person.id))
      .where(eq(person.username, username))
      .limit(1)
    if (!found) return null
    const { id } = found
    const password = makePassword()
    const rows = [
      remove('account', { userId: id }),
      remove('session', { userId: id }),
      accountInsert(id, await hashPassword(password), this.#host.clock.now()),
    ]
    await this.#record('person.passwordReset', actor, { id, username }, rows)
    return password
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
}
