import { KEYS_PER_STREAM, Rejection } from '@bihuan/engine'
import { between, eq } from 'drizzle-orm'
import type { Logger } from 'pino'
import { ofCase } from '../db/of-case.ts'
import type { Store } from '../db/store.ts'
import type { Host } from '../host/host.ts'
import { workPositions } from '../identity/role.ts'
import type { Person } from '../identity/who.ts'

const MAX_LISTENERS = 2000
const MAX_LISTENERS_EACH = 8
/** Keeps proxies from closing a silent line. */
const BEAT_MS = 25_000
/** A line lives no longer, so that nobody listens on after signing out or losing an office. */
const LIFE_MS = 10 * 60_000

interface Listener {
  readonly person: Person
  send(id: number): void
  stop(): void
}

/** Kinds after which an inbox may look different. */
const touching = (kind: string): boolean =>
  kind.startsWith('userTask.') ||
  kind.startsWith('processInstance.') ||
  kind.startsWith('messageSubscription.') ||
  kind.startsWith('incident.') ||
  kind.startsWith('timer.')

interface Parts {
  readonly store: Store
  readonly host: Pick<Host, 'onCommitted' | 'clock'>
  readonly log: Logger
}

/**
 * Tells people's open pages that their inbox may have changed. Nothing about the case goes over this line, only that
 * there is something to look up.
 */
export class InboxEvents {
  readonly #services: Parts
  readonly #listeners = new Set<Listener>()
  /** Ids of this run; those of a run before are never equal to one of these. */
  readonly #run: string
  /** Changes so far, of anybody's inbox: who comes back (`Last-Event-ID`) with another number may have missed one. */
  #counter = 0
  #isEnded = false

  constructor(services: Parts) {
    this.#services = services
    this.#run = services.host.clock.now().toString(36)
    services.host.onCommitted(({ stream, facts }) => {
      if (!facts.some((fact) => touching(fact.kind))) return
      this.#counter += 1
      if (this.#listeners.size === 0) return
      this.#tell(stream).catch((error: unknown) => services.log.error({ error }, 'inbox events'))
    })
  }

  /** Tells people that something came for them that is no record of a case: a notification. */
  tellPeople(ids: readonly string[]): void {
    this.#counter += 1
    const people = new Set(ids)
    for (const listener of this.#listeners) if (people.has(listener.person.id)) listener.send(this.#counter)
  }

  /** Whom a stream concerns: who has a part in its case, and who holds a position its tasks or acts were offered to. */
  async #tell(stream: number): Promise<void> {
    const { read, tables } = this.#services.store
    const { actionCandidate, participant, processInstance, taskCandidate } = tables
    // Keys of a stream lie side by side: the case is the one between its bounds.
    const [instance] = await read
      .select({ key: processInstance.key })
      .from(processInstance)
      .where(between(processInstance.key, stream * KEYS_PER_STREAM, (stream + 1) * KEYS_PER_STREAM - 1))
      .limit(1)
    if (!instance) return
    const { key } = instance
    const people = new Set(
      (await read.select({ id: participant.personId }).from(participant).where(eq(participant.instanceKey, key))).map(
        (row) => row.id,
      ),
    )
    const offered = await read
      .selectDistinct({ role: taskCandidate.role, unitId: taskCandidate.unitId })
      .from(taskCandidate)
      .where(ofCase(taskCandidate.taskKey, key))
    const acts = await read
      .selectDistinct({ role: actionCandidate.role, unitId: actionCandidate.unitId })
      .from(actionCandidate)
      .where(eq(actionCandidate.instanceKey, key))
    const positions = new Set([...offered, ...acts].map((row) => `${row.role} ${row.unitId}`))
    const id = this.#counter
    for (const listener of this.#listeners) {
      const isConcerned =
        people.has(listener.person.id) ||
        workPositions(listener.person).some((held) => positions.has(`${held.role} ${held.unit.id}`))
      if (!isConcerned) continue
      listener.send(id)
    }
  }

  /** Ends every stream: the server stops, and pages come back when it is there again. */
  end(): void {
    this.#isEnded = true
    for (const listener of [...this.#listeners]) listener.stop()
  }

  /** A stream of server-sent events for one person, until the request ends. */
  listen(person: Person, lastEventId: string | null, signal: AbortSignal): Response {
    const own = [...this.#listeners].filter((one) => one.person.id === person.id).length
    if (this.#isEnded) throw new Rejection('SHUTTING_DOWN')
    if (own >= MAX_LISTENERS_EACH) throw new Rejection('TOO_MANY_REQUESTS', { seconds: 30 })
    if (this.#listeners.size >= MAX_LISTENERS) throw new Rejection('OVERLOADED', { seconds: 30 })
    const text = new TextEncoder()
    const listeners = this.#listeners
    const last = this.#counter
    const hasMissed = lastEventId !== null && lastEventId !== `${this.#run}-${last}`
    const run = this.#run
    let stop = () => {}
    const body = new ReadableStream<Uint8Array>(
      {
        start(controller) {
          const write = (line: string) => {
            // A reader that does not read is let go; it comes back with its last id.
            if ((controller.desiredSize ?? 0) <= 0) return stop()
            controller.enqueue(text.encode(line))
          }
          const listener: Listener = {
            person,
            send: (id) => write(`id: ${run}-${id}\nevent: changed\ndata: {}\n\n`),
            stop: () => stop(),
          }
          const beat = setInterval(() => write(': \n\n'), BEAT_MS)
          // The page comes back by itself, and is then asked again who it is and what it holds.
          const end = setTimeout(() => stop(), LIFE_MS)
          end.unref()
          beat.unref()
          stop = () => {
            clearInterval(beat)
            clearTimeout(end)
            listeners.delete(listener)
            signal.removeEventListener('abort', stop)
            try {
              controller.close()
            } catch {
              // Closed by the other side already.
            }
          }
          listeners.add(listener)
          signal.addEventListener('abort', stop)
          write('retry: 3000\n\n')
          if (hasMissed) listener.send(last)
        },
        cancel: () => stop(),
      },
      { highWaterMark: 64 },
    )
    return new Response(body, {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      },
    })
  }
}
