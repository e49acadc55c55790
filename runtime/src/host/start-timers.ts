import { type Actor, type Due, nextDue } from '@bihuan/engine'
import { and, asc, eq, getTableColumns, lte, sql } from 'drizzle-orm'
import { prepared } from '../db/prepared.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { projectSystem, systemFact } from '../projection/system.ts'
import type { Clock } from './clock.ts'
import type { Deployments } from './deployments.ts'
import type { Retries } from './retries.ts'
import type { StartEvents } from './start-events.ts'
import type { SystemStream } from './system-stream.ts'

const PAGE = 200
const actor: Actor = { type: 'system', id: 'timer' }

type StartTimer = Row<'startTimer'>

export interface StartTimerParts {
  readonly store: Store
  /** The stream of the definitions. */
  readonly stream: SystemStream
  readonly deployments: Deployments
  readonly startEvents: Pick<StartEvents, 'begin'>
  readonly clock: Clock
  readonly retries: Retries
}

/** The start events that wait for a time, of the latest version of each process. */
export class StartTimers {
  readonly #parts: StartTimerParts
  readonly #due

  constructor(parts: StartTimerParts) {
    this.#parts = parts
    const { startTimer, processDefinition } = parts.store.tables
    this.#due = prepared(
      'start_timers_due',
      parts.store.read
        .select(getTableColumns(startTimer))
        .from(startTimer)
        .innerJoin(processDefinition, eq(processDefinition.key, startTimer.definitionKey))
        // Those of a retired process stand still until it is restored.
        .where(and(lte(startTimer.dueAt, sql.placeholder('now')), eq(processDefinition.retired, false)))
        .orderBy(asc(startTimer.dueAt), asc(startTimer.key))
        .limit(sql.placeholder('limit')),
    )
  }

  /** Starts the cases whose time has come. Gives how many timers it dealt with; those that failed are left for later. */
  async fireDue(): Promise<number> {
    const { clock, retries } = this.#parts
    const now = clock.now()
    let fired = 0
    for (const timer of await this.#due.execute({ now, limit: PAGE + retries.size }))
      if (retries.isReady(`startTimer:${timer.key}`, now) && (await this.#fire(timer, now))) fired += 1
    return fired
  }

  /**
   * Lets the times go by that came while a package was retired: to be called before it is restored, so that no case
   * begins for a time that is long over.
   */
  async skipMissed(packageId: string): Promise<void> {
    const { store, clock } = this.#parts
    const { startTimer, processDefinition } = store.tables
    const now = clock.now()
    const missed = await store.read
      .select(getTableColumns(startTimer))
      .from(startTimer)
      .innerJoin(processDefinition, eq(processDefinition.key, startTimer.definitionKey))
      .where(and(lte(startTimer.dueAt, now), eq(processDefinition.packageId, packageId)))
    for (const timer of missed) {
      let next = following(timer, now)
      while (next && next.dueAt <= now) next = nextDue(next, now)
      await this.#advance(timer, now, next)
    }
  }

  async #fire(timer: StartTimer, now: number): Promise<boolean> {
    const { startEvents, retries } = this.#parts
    const what = `startTimer:${timer.key}`
    try {
      await startEvents.begin(timer, { actor, requestId: what, variables: {} })
      await this.#advance(timer, now, following(timer, now))
      retries.done(what)
      return true
    } catch (error) {
      retries.failed(what, now, error)
      return false
    }
  }

  /**
   * Records that a timer has fired, and the one that follows. A version deployed meanwhile has closed it, and none is
   * deployed while this is written.
   */
  #advance({ key, ...timer }: StartTimer, now: number, next: Due | null): Promise<void> {
    const { store, stream, deployments } = this.#parts
    const { startTimer } = store.tables
    return deployments.alone(async () => {
      const open = await store.read.select({ key: startTimer.key }).from(startTimer).where(eq(startTimer.key, key))
      if (open.length === 0) return
      const { elementId, dueAt } = timer
      const circumstances = { at: now, actor, requestId: `startTimer:${key}` }
      await stream.append(circumstances, (newKey) => {
        const facts = [
          systemFact('startTimer.triggered', key, { elementId, dueAt }),
          ...(next
            ? [
                systemFact('startTimer.created', newKey(), {
                  ...timer,
                  dueAt: next.dueAt,
                  repetitions: next.repetitions,
                }),
              ]
            : []),
        ]
        return {
          command: { kind: 'startTimer.trigger', key, version: 1, value: {} },
          facts,
          changes: projectSystem(facts, circumstances),
        }
      })
    })
  }
}

/** The time after the one a timer waits for; null when it was the last. */
function following({ cron, endAt, ...timer }: StartTimer, now: number): Due | null {
  return nextDue({ ...timer, ...(cron !== null && { cron }), ...(endAt !== null && { endAt }) }, now)
}
