import type { Caller } from './caller.ts'
import type { Call, Entry, History, Proof, Sender } from './history.ts'
import type { Random } from './random.ts'

/** What all workers know of the cases there are; some of it is out of date, as it is for everyone. */
export class Known {
  readonly tasks: number[] = []
  readonly cases: { readonly key: number; readonly ref: string }[] = []
  readonly references: string[] = []

  /** Remembers the newest of a kind, not all. */
  static keep<T>(list: T[], ...more: readonly T[]): void {
    list.push(...more)
    if (list.length > 60) list.splice(0, list.length - 60)
  }
}

/** One worker: who he is, and what he does when he does something. */
export interface Worker {
  readonly name: string
  readonly sender: Sender
  readonly isPerson: boolean
  readonly random: Random
  /** Counts his requests, which makes their keys. */
  count: number
}

export interface Field {
  readonly caller: Caller
  readonly history: History
  readonly known: Known
}

export const caseEnds = ['processInstance.completed', 'processInstance.terminated'] as const
export const taskEnds = ['userTask.completed', 'userTask.canceled'] as const
export const jobEnds = ['job.completed', 'job.errorThrown', 'job.canceled', 'job.failed'] as const

export type Act = (field: Field, worker: Worker) => Promise<unknown>

/** Sends a new command of a worker; some are sent twice at once, as an impatient browser does. */
export async function command(
  { caller, history }: Field,
  worker: Worker,
  call: Omit<Call, 'sender'>,
  proof: Proof,
): Promise<Entry> {
  worker.count += 1
  const entry = history.add(`${worker.name}-${worker.count}`, { ...call, sender: worker.sender }, proof)
  const twice = worker.random.chance(0.05)
  const [done] = await Promise.all([caller.command(entry), ...(twice ? [caller.ask(withKey(entry))] : [])])
  return done
}

export const withKey = ({ call, key }: Entry): Call => ({
  ...call,
  sender: { ...call.sender, headers: { ...call.sender.headers, 'idempotency-key': key } },
})

export const tokenOf = (worker: Worker) => `${worker.name}-${worker.count + 1}-token`
export const isDone = ({ outcome }: Entry) => outcome.type === 'acknowledged'
export const bodyOf = <T>({ outcome }: Entry): T => (outcome.type === 'acknowledged' ? outcome.body : {}) as T

/** Looks that what was just acknowledged is there for whoever reads. */
export async function reads(
  { caller, history }: Field,
  { sender, random }: Worker,
  path: string,
  shows: (body: Record<string, unknown>) => boolean,
): Promise<void> {
  if (!random.chance(0.3)) return
  const { status, body } = await caller.ask({ sender, method: 'GET', path })
  if (status !== 200 || !shows(body as Record<string, unknown>))
    history.faults.push(`a read missed an acknowledged write: ${status} ${path} ${JSON.stringify(body).slice(0, 200)}`)
}

/** Looks which tasks are open, the newest first. */
export const findTasks: Act = async ({ caller, known }, { sender }) => {
  const body = { filter: { state: 'CREATED' }, page: { limit: 40 }, sort: [{ field: 'creationDate', order: 'DESC' }] }
  const answer = await caller.ask({ sender, method: 'POST', path: '/v2/user-tasks/search', body })
  const { items = [] } = answer.body as { items?: { userTaskKey: string }[] }
  Known.keep(known.tasks, ...items.map((one) => Number(one.userTaskKey)))
}
