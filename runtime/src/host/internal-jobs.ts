import {
  type Actor,
  type CommandValues,
  type HeldRole,
  heldByNobody,
  type Key,
  NoticeFault,
  noticeOf,
  noticeVariables,
  rolesToList,
  type Variables,
} from '@bihuan/engine'
import { and, asc, eq, inArray, or } from 'drizzle-orm'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import type { Clock } from './clock.ts'
import type { OutboxHandler } from './outbox.ts'
import type { Answer, Submission } from './submission.ts'

const worker: Actor = { type: 'system', id: 'worker' }

/** Job types that the host does itself. */
export const internalJobTypes: readonly string[] = ['bihuan.notice', 'bihuan.people']

/** Whether a type is one of the house: its jobs are done here, and lent to nobody. */
export const isBuiltIn = (type: string): boolean => type.startsWith('bihuan.')

/** The workers inside the host: they publish notices and look people up. */
export class InternalJobs {
  readonly #store: Store
  readonly #clock: Clock
  readonly #submit: (submission: Submission<'job.complete' | 'job.fail'>) => Promise<Answer>

  constructor(
    store: Store,
    clock: Clock,
    submit: (submission: Submission<'job.complete' | 'job.fail'>) => Promise<Answer>,
  ) {
    this.#store = store
    this.#clock = clock
    this.#submit = submit
  }

  /** Publishes the notice of a job; a notice that cannot be published becomes an incident that says which input. */
  readonly notice: OutboxHandler = async ({ key, mark }) => {
    const job = await this.#open(key)
    if (!job) return 'done'
    try {
      const notice = noticeOf(job.variables, this.#clock.now())
      const value = { variables: fitting(job, noticeVariables(key, notice)), notice }
      await this.#submit({ kind: 'job.complete', key, actor: worker, requestId: requestId(key, mark), value })
    } catch (error) {
      if (!(error instanceof NoticeFault)) throw error
      // For good: what the model says must change first.
      return this.#fail(key, mark, { retries: 0, message: error.message, retryAt: null })
    }
    return 'removed'
  }

  /**
   * Finds the people who hold the roles that the job's header `role` names as candidates are named: in the unit of the
   * case, or with `@level` in its ancestor of that level. Who holds several of them is found once. Nobody is an incident:
   * a list of none would be voted through at once.
   */
  readonly people: OutboxHandler = async ({ key, mark }) => {
    const job = await this.#open(key)
    if (!job) return 'done'
    const wanted = rolesToList(job.headers, await this.#unitsOf(job.instanceKey))
    if ('failure' in wanted) return this.#fail(key, mark, wanted.failure)
    const { person, position } = this.#store.tables
    const held = wanted.roles.map(({ role, unit }) => and(eq(position.unitId, unit.id), eq(position.role, role)))
    const people = await this.#store.read
      .selectDistinct({ id: person.id, name: person.name })
      .from(position)
      .innerJoin(person, eq(person.id, position.personId))
      .where(or(...held))
      .orderBy(asc(person.id))
    if (people.length === 0 && givesVariables(job))
      return this.#fail(key, mark, heldByNobody(await this.#inWords(wanted.roles)))
    await this.#submit({
      kind: 'job.complete',
      key,
      actor: worker,
      requestId: requestId(key, mark),
      value: { variables: fitting(job, { people }) },
    })
    return 'removed'
  }

  /** Roles as the organisation names them; one it does not have stays as the model names it. */
  async #inWords(roles: readonly HeldRole[]): Promise<readonly HeldRole[]> {
    const { role } = this.#store.tables
    const keys = roles.map((one) => one.role)
    const named = await this.#store.read.select().from(role).where(inArray(role.key, keys))
    const nameOf = new Map(named.map(({ key, name }) => [key, name]))
    return roles.map((one) => ({ ...one, role: nameOf.get(one.role) ?? one.role }))
  }

  /** The unit of a case, then its ancestors; none for a case of no unit. */
  async #unitsOf(instanceKey: Key): Promise<Row<'processInstance'>['units']> {
    const { processInstance } = this.#store.tables
    const [row] = await this.#store.read
      .select({ units: processInstance.units })
      .from(processInstance)
      .where(eq(processInstance.key, instanceKey))
    return row?.units ?? []
  }

  async #open(key: Key): Promise<Row<'job'> | null> {
    const { job } = this.#store.tables
    const [found] = await this.#store.read.select().from(job).where(eq(job.key, key))
    return found && (found.state === 'created' || found.state === 'failed') ? found : null
  }

  async #fail(key: Key, mark: number, value: CommandValues['job.fail']): Promise<'removed'> {
    await this.#submit({ kind: 'job.fail', key, actor: worker, requestId: requestId(key, mark), value })
    return 'removed'
  }
}

/** A listener of a user task is done without variables (Camunda 8: "User task listeners", limitations). */
const fitting = (job: Row<'job'>, variables: Variables): Variables => (givesVariables(job) ? variables : {})

const givesVariables = ({ listenerKind }: Row<'job'>): boolean => listenerKind !== 'task'

const requestId = (key: Key, mark: number) => `worker:${key}:${mark}`
