import {
  type Actor,
  type Key,
  NoticeFault,
  noticeOf,
  noticeVariables,
  parseCandidates,
  type Variables,
} from '@bihuan/engine'
import { asc, eq, or, type SQL, sql } from 'drizzle-orm'
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
      await this.#fail(key, mark, error.message)
    }
    return 'removed'
  }

  /**
   * Finds the people who hold the roles that the job's header `role` names as candidates are named: in the unit of the
   * case, or with `@level` in its ancestor of that level. Who holds several of them is found once.
   */
  readonly people: OutboxHandler = async ({ key, mark }) => {
    const job = await this.#open(key)
    if (!job) return 'done'
    const named = parseCandidates(job.headers.role ?? '')
    if (named.length === 0) return this.#fails(key, mark, 'header role: expected the name of a role')
    const units = await this.#unitsOf(job.instanceKey)
    const held: SQL[] = []
    const { person, position } = this.#store.tables
    for (const { role, level } of named) {
      const unit = level === null ? units[0] : units.find((one) => one.level === level)
      if (level !== null && !unit)
        return this.#fails(key, mark, `header role: expected a unit of level ${level} above the case`)
      held.push(sql`(${position.unitId} = ${unit?.id ?? null} and ${position.role} = ${role})`)
    }
    const people = await this.#store.read
      .selectDistinct({ id: person.id, name: person.name })
      .from(position)
      .innerJoin(person, eq(person.id, position.personId))
      .where(or(...held))
      .orderBy(asc(person.id))
    await this.#submit({
      kind: 'job.complete',
      key,
      actor: worker,
      requestId: requestId(key, mark),
      value: { variables: fitting(job, { people }) },
    })
    return 'removed'
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

  /** For good: what the model says must change first. */
  async #fails(key: Key, mark: number, message: string): Promise<'removed'> {
    await this.#fail(key, mark, message)
    return 'removed'
  }

  async #fail(key: Key, mark: number, message: string): Promise<void> {
    const value = { retries: 0, message, retryAt: null }
    await this.#submit({ kind: 'job.fail', key, actor: worker, requestId: requestId(key, mark), value })
  }
}

/** A listener of a user task is done without variables (Camunda 8: "User task listeners", limitations). */
const fitting = ({ listenerKind }: Row<'job'>, variables: Variables): Variables =>
  listenerKind === 'task' ? {} : variables

const requestId = (key: Key, mark: number) => `worker:${key}:${mark}`
