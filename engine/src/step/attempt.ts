import { Fault } from '../element/fault.ts'
import type { Json } from '../record/json.ts'
import type { IncidentRetry, Key } from '../record/record.ts'
import { Draft } from './draft.ts'
import { elementOf, newKey, type Run, write } from './run.ts'

/**
 * Runs a hook of an element instance. When it throws a `Fault`, what it wrote is dropped, an incident is made and null
 * given; else its writes happen in order and its answer is given.
 */
export function attempt<T>(
  run: Run,
  key: Key,
  retry: IncidentRetry,
  hook: (draft: Draft) => T,
  about: Key | null = null,
): T | null {
  const before = run.lastKey
  const draft = new Draft(run, key)
  let answer: T
  try {
    answer = hook(draft)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    run.lastKey = before
    incident(run, key, error, retry, about)
    return null
  }
  draft.perform()
  return answer
}

/** Makes an incident of an element instance. `about` is the job or the conditional subscription that is its cause. */
export function incident(run: Run, key: Key, fault: Fault, retry: IncidentRetry, about: Key | null): void {
  const element = elementOf(run, key)
  write(run, 'incident.created', newKey(run), {
    elementId: element.elementId,
    elementName: element.name,
    elementInstanceKey: key,
    code: fault.code,
    facts: JSON.parse(JSON.stringify(fault.facts)) as { [name: string]: Json },
    jobKey: retry === 'condition' ? null : about,
    retry,
    ...(retry === 'condition' && about !== null ? { subscriptionKey: about } : {}),
  })
}
