import type { Variables } from '@bihuan/engine'
import { remove, update, upsert } from '../db/row-change.ts'
import type { Projection } from './projection.ts'

/** Jobs that stay within the house: the host does them with its own outbox. */
const inHouse: ReadonlySet<string> = new Set(['bihuan.notice', 'bihuan.people'])

/**
 * Whether a built-in worker does the job. The whole prefix is the house's, so that a type nobody knows fails and does
 * not wait.
 */
const isDelivered = (type: string): boolean => type.startsWith('bihuan.') && !inHouse.has(type)

/** Where a job goes: the host of its address, else its type. What is no address yet is told so by the worker. */
function targetOf(type: string, { url }: Variables): string {
  if (typeof url !== 'string' || !URL.canParse(url)) return type
  return new URL(url).host.slice(0, 200) || type
}

/** What built-in workers have to send, and that it has been sent. */
export const delivery: Projection = {
  'job.created': (key, { type, variables }, { at, sequence }) => waits(key, type, variables, at, sequence),
  'job.retriesUpdated': (key, { type, retries, variables }, { at, sequence }) =>
    retries > 0 ? waits(key, type, variables, at, sequence) : [],
  'job.failed': (key, { type, retries, retryAt }, { at, sequence }) => {
    if (!isDelivered(type)) return []
    return retries > 0
      ? [update('delivery', { dueAt: retryAt ?? at, mark: sequence }, { key })]
      : [remove('delivery', { key })]
  },
  'job.completed': (key, { type }) => over(key, type),
  'job.errorThrown': (key, { type }) => over(key, type),
  'job.canceled': (key, { type }) => over(key, type),
}

const waits = (key: number, type: string, variables: Variables, dueAt: number, mark: number) =>
  isDelivered(type)
    ? [upsert('delivery', { key, target: targetOf(type, variables), dueAt, mark, attempts: 0, attemptedAt: null })]
    : []

const over = (key: number, type: string) => (isDelivered(type) ? [remove('delivery', { key })] : [])
