import type { Host } from '../host/host.ts'
import type { Route } from './route.ts'

/** Keys that one question may name; more are none that a person asks. */
const MOST = 100
const KEY = /^[1-9][0-9]{0,15}$/

/**
 * Wakes the cases that a request names: by a key in its path, or by keys in the filter of a search, of the case itself or
 * of something in it. What everybody may read says nothing of the inside of cases.
 */
export async function wakeAsked(
  host: Pick<Host, 'wake'>,
  { policy, path }: Pick<Route, 'policy' | 'path'>,
  parameters: { readonly [name: string]: string },
  body: unknown,
): Promise<void> {
  if (policy === 'public') return
  const named = path.includes('/:key') ? keysIn(parameters.key) : []
  const filter = body !== null && typeof body === 'object' && 'filter' in body ? body.filter : null
  const keys = [...named, ...filteredBy(filter)].slice(0, MOST)
  if (keys.length > 0) await host.wake(keys)
}

/** Keys that a filter asks for: as they are, or within its operators. */
function filteredBy(filter: unknown): readonly number[] {
  if (filter === null || typeof filter !== 'object') return []
  return Object.entries(filter).flatMap(([name, value]) => (name.endsWith('Key') ? keysIn(value) : []))
}

function keysIn(value: unknown): readonly number[] {
  if (typeof value === 'string') return KEY.test(value) && Number.isSafeInteger(Number(value)) ? [Number(value)] : []
  if (Array.isArray(value)) return value.flatMap((one) => (typeof one === 'string' ? keysIn(one) : []))
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([operator, one]) => (/^\$(eq|in)$/.test(operator) ? keysIn(one) : []))
}
