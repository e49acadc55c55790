import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { NotificationChannel } from '../db/schema/notification.ts'
import type { Store } from '../db/store.ts'
import { makeCall } from './http-call.ts'
import { type Calls, limitsFor, outcomeOf, outcomeOfStatus } from './http-worker.ts'
import { line, lines, optionalText, text, word } from './input.ts'
import { isAddress, type SendMail } from './mailer.ts'
import { type Receiver, receiversOf } from './receivers.ts'
import { sign } from './signature.ts'
import { type Attempt, done, failedForGood, failedForNow, InputFault, type Outcome, type Worker } from './worker.ts'

/** Notes in one statement: each is written to the disk for itself, and nothing else is done meanwhile. */
const AT_ONCE = 500

/** What notices go out by. */
export interface Channels {
  readonly store: Store
  readonly calls: Calls
  /** Null while no mail server is set. */
  readonly mail: SendMail | null
  /** Address people come by; null leaves links as paths. */
  readonly publicUrl: string | null
  /** Told whose page has something new. */
  readonly onNotified: (people: readonly string[]) => void
}

interface Notice {
  readonly title: string
  readonly text: string
  /** Of the case; who may see it is judged when it is opened. */
  readonly link: string
}

/**
 * `bihuan.notify`: tells people or another system something of the case. It holds a title, a text and the link of the
 * case.
 */
export function notifyWorker(channels: Channels): Worker {
  return async (attempt) => {
    try {
      const { variables } = attempt.job
      const notice: Notice = {
        title: line(variables, 'title'),
        text: optionalText(variables, 'text', 5_000) ?? '',
        link: `${channels.publicUrl?.replace(/\/$/, '') ?? ''}/cases/${attempt.instance.key}`,
      }
      const channel = word(variables, 'channel', ['app', 'mail', 'webhook'], 'app')
      if (channel === 'webhook') return await callWebhook(attempt, notice, channels)
      return await (channel === 'app' ? tellInApp : sendMails)(attempt, notice, channels)
    } catch (error) {
      return outcomeOf(error)
    }
  }
}

async function tellInApp(attempt: Attempt, notice: Notice, { store, calls, onNotified }: Channels): Promise<Outcome> {
  const receivers = await someReceivers(store, attempt)
  const ids = receivers.map(({ id }) => id)
  for (let i = 0; i < ids.length; i += AT_ONCE)
    await note(store, attempt, notice, 'app', ids.slice(i, i + AT_ONCE), calls.now())
  onNotified(ids)
  return done({ notified: receivers.length })
}

/** One mail a person: nobody learns who else was told. Who has got his is left out of the next attempt. */
async function sendMails(attempt: Attempt, notice: Notice, channels: Channels): Promise<Outcome> {
  const { store, mail, calls } = channels
  if (!mail) return failedForGood('MAIL_NOT_SET', 'expected BIHUAN_SMTP_URL to be set, but it is not')
  const addresses = lines(attempt.job.variables, 'addresses')
  if (!addresses.every(isAddress)) throw new InputFault('addresses: expected mail addresses')
  const people = addresses.length > 0 && !names(attempt) ? [] : await someReceivers(store, attempt)
  const reached = [
    ...people.flatMap(({ id, mail: to }) => (to === null ? [] : [{ id, to }])),
    ...addresses.map((to) => ({ id: to, to })),
  ]
  if (reached.length === 0)
    return failedForGood('NO_ADDRESS', 'expected somebody with a mail address, but found nobody')
  for (const { id, to } of reached) {
    // What is sent from here on might not be noted any more, and would be sent again.
    if (attempt.signal.aborted) return failedForNow('STOPPED', 'the server stops')
    if (await isNoted(store, attempt, 'mail', id)) continue
    try {
      const body = `${notice.text}\n\n${notice.link}\n`
      await mail({ to, subject: notice.title, text: body, messageId: messageIdOf(attempt, id) })
    } catch (error) {
      // What a mail server says may repeat an address: its code alone is kept.
      const code = error instanceof Error && 'code' in error ? String(error.code).slice(0, 40) : 'UNKNOWN'
      return failedForNow('MAIL_NOT_TAKEN', `the mail server did not take it (${code})`)
    }
    await note(store, attempt, notice, 'mail', [id], calls.now())
  }
  return done({ notified: reached.length })
}

/** Follows from job and receiver, so that it is the same however many others are told by then. */
function messageIdOf({ job }: Attempt, receiver: string): string {
  const digest = createHash('sha256').update(receiver).digest('hex').slice(0, 16)
  return `<${job.key}.${digest}@bihuan.invalid>`
}

/** A POST that proves where it comes from (`signature.ts`), through the same guard as every call. */
async function callWebhook(attempt: Attempt, notice: Notice, { calls }: Channels): Promise<Outcome> {
  const { egress, secrets, limits, now } = calls
  const { variables, key } = attempt.job
  const url = egress.read(text(variables, 'url', 8_000))
  const secret = await secrets.get(line(variables, 'secret', 100), url.hostname)
  const id = String(key)
  // Who is meant is signed with the rest: another receiver of the same secret can tell what is not for him.
  const body = JSON.stringify({ id, to: url.href, processInstanceKey: String(attempt.instance.key), ...notice })
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'bihuan',
    'accept-encoding': 'identity',
    'content-length': String(Buffer.byteLength(body)),
    'idempotency-key': id,
    'x-bihuan-delivery': id,
    'x-bihuan-signature': sign(secret, { name: null, id, body }, now()),
  }
  const call = { method: 'POST', url, headers, body, reads: () => false }
  const answer = await makeCall(call, egress, limitsFor(variables, limits), attempt.signal)
  return answer.status >= 200 && answer.status < 300 ? done({ notified: 1 }) : outcomeOfStatus(answer, url.host)
}

const names = ({ job: { variables } }: Attempt): boolean =>
  lines(variables, 'people').length + lines(variables, 'roles').length > 0

async function someReceivers(store: Store, attempt: Attempt): Promise<readonly Receiver[]> {
  if (!names(attempt)) throw new InputFault('people, roles: expected at least one of them')
  const receivers = await receiversOf(store, attempt.instance, attempt.job.variables)
  if (receivers.length === 0) throw new InputFault('roles: expected somebody who holds them, but nobody does')
  return receivers
}

async function isNoted(
  store: Store,
  { job }: Attempt,
  channel: NotificationChannel,
  receiver: string,
): Promise<boolean> {
  const { notification: t } = store.tables
  const [found] = await store.read
    .select({ jobKey: t.jobKey })
    .from(t)
    .where(and(eq(t.jobKey, job.key), eq(t.channel, channel), eq(t.receiver, receiver)))
  return found !== undefined
}

/** Notes once what each of some people was told, however often it is tried. */
async function note(
  store: Store,
  { job, instance }: Attempt,
  { title, text }: Notice,
  channel: NotificationChannel,
  receivers: readonly string[],
  createdAt: number,
): Promise<void> {
  await store.single
    .insert(store.tables.notification)
    .values(
      receivers.map((receiver) => ({
        jobKey: job.key,
        channel,
        receiver,
        instanceKey: instance.key,
        title,
        text,
        createdAt,
        readAt: null,
      })),
    )
    .onConflictDoNothing()
}
