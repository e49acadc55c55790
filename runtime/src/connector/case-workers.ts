import { type Actor, MAX_STARTS, Rejection, type UnitRef } from '@bihuan/engine'
import { eq } from 'drizzle-orm'
import type { Host } from '../host/host.ts'
import { unitLine } from '../identity/person.ts'
import { outcomeOf } from './http-worker.ts'
import { context, line, optionalText, span } from './input.ts'
import { type Attempt, done, failedForGood, InputFault, type Outcome, type Worker } from './worker.ts'

const YEAR = 366 * 24 * 3_600_000
const HOUR = 3_600_000
/** Who starts cases and publishes messages for a case. */
const actor: Actor = { type: 'system', id: 'connector' }

/**
 * `bihuan.start`: begins another case, in a unit within reach of its own, once however often it is tried: its request id
 * is the key of the job.
 */
export function startWorker(host: Host): Worker {
  return (attempt) =>
    begins(attempt, async (startDepth) => {
      const { variables, key } = attempt.job
      const processId = line(variables, 'processId')
      const unit = optionalText(variables, 'unit')
      const units = unit === null ? attempt.instance.units : await withinReach(host, attempt.instance.units, unit)
      if (units.length === 0) throw new InputFault('unit: expected the id of a unit')
      const requestId = `connector:${key}`
      const given = context(variables, 'variables')
      // A unit that was renamed in between is the same unit: a repeat is known by what was asked.
      const asked = { processId, unit: units[0]?.id ?? null, variables: given }
      const begun = await host.start({ processId, units, variables: given, actor, requestId, asked, startDepth })
      return done({
        startedCase: {
          processInstanceKey: String(begun.instanceKey),
          processId: begun.processId,
          version: begun.version,
          number: await numberOf(host, begun.instanceKey),
        },
      })
    })
}

/** `bihuan.message`: publishes a message to whoever waits for it, once: its id is the key of the job. */
export function messageWorker(host: Host): Worker {
  return (attempt) =>
    begins(attempt, async (startDepth) => {
      const { variables, key } = attempt.job
      const { key: messageKey } = await host.publishMessage({
        name: line(variables, 'messageName'),
        correlationKey: optionalText(variables, 'correlationKey', 200) ?? '',
        timeToLive: span(variables, 'timeToLive', { least: 0, most: YEAR, otherwise: HOUR }),
        messageId: `connector:${key}`,
        variables: context(variables, 'variables'),
        startDepth,
        actor,
        requestId: `connector:${key}`,
      })
      return done({ publishedMessage: { messageKey: String(messageKey) } })
    })
}

/**
 * The line of a unit that a case may begin another in: its own, one above it or one below it. What a neighbour is to do
 * is begun by the unit that stands over both. Throws `InputFault`.
 */
async function withinReach({ store }: Host, own: readonly UnitRef[], unit: string): Promise<readonly UnitRef[]> {
  const units = await unitLine(store, unit)
  const isAbove = own.some(({ id }) => id === unit)
  const isBelow = units.some(({ id }) => id === own[0]?.id)
  if (units.length > 0 && !isAbove && !isBelow)
    throw new InputFault('unit: expected the unit of the case, one above it or one below it')
  return units
}

/**
 * Does what may begin another case, told how deep that one would be. A case that stands at the end of a long line of
 * cases begins none: a process that begins itself would never end.
 */
async function begins({ instance }: Attempt, work: (startDepth: number) => Promise<Outcome>): Promise<Outcome> {
  if (instance.startDepth >= MAX_STARTS)
    return failedForGood('STARTED_TOO_DEEP', `expected at most ${MAX_STARTS} cases to begin one another`)
  return known(() => work(instance.startDepth + 1))
}

async function numberOf({ store }: Host, key: number): Promise<string | null> {
  const { processInstance } = store.tables
  const [row] = await store.read
    .select({ number: processInstance.number })
    .from(processInstance)
    .where(eq(processInstance.key, key))
  return row?.number ?? null
}

/** Codes of refusals that the next attempt would meet again. */
const forGood = new Set(['NOT_FOUND', 'PROCESS_RETIRED', 'IDEMPOTENCY_KEY_REUSED', 'BODY_INVALID'])

async function known(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Rejection && forGood.has(error.code))
      return failedForGood(error.code, 'the other case refused it')
    return outcomeOf(error)
  }
}
