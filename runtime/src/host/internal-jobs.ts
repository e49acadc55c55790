import { type Actor, type Key, NoticeFault, noticeOf, noticeVariables, type Variables } from '@bihuan/engine'
import { and, asc, eq } from 'drizzle-orm'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import type { Answer, Clock, Submission } from './host.ts'
import type { OutboxHandler } from './outbox.ts'

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

  /** Finds the people who hold the role named in the job's header `role` in the unit of the case. */
  readonly people: OutboxHandler = async ({ key, mark }) => {
    const job = await this.#open(key)
    if (!job) return 'done'
    const { role } = job.headers
    if (!role) {
      await this.#fail(key, mark, 'header role: expected the name of a role')
      return 'removed'
    }
    const { person, position, processInstance } = this.#store.tables
    const people = await this.#store.read
      .select({ id: person.id, name: person.name })
      .from(position)
      .innerJoin(person, eq(person.id, position.personId))
      .innerJoin(processInstance, eq(processInstance.unitId, position.unitId))
      .where(and(eq(processInstance.key, job.instanceKey), eq(position.role, role)))
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

  async #open(key: Key): Promise<Row<'job'> | null> {
    const { job } = this.#store.tables
    const [found] = await this.#store.read.select().from(job).where(eq(job.key, key))
    return found && (found.state === 'created' || found.state === 'failed') ? found : null
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
