import { parseCandidates } from '../element/candidate.ts'
import { NoticeFault, noticeOf, noticeVariables } from '../model/notice.ts'
import type { CommandValues, Fact } from '../record/record.ts'

/** What becomes of a job that the host does itself. */
type InternalJobOutcome =
  | { readonly kind: 'job.complete'; readonly value: CommandValues['job.complete'] }
  | { readonly kind: 'job.fail'; readonly value: CommandValues['job.fail'] }

/**
 * Does an internal job as the host does: `bihuan.notice` publishes exactly what its variables name, `bihuan.people`
 * lists who holds a role; what cannot be done fails for good. Null for jobs that wait for a worker.
 */
export function internalJob(
  created: Fact<'job.created'>,
  at: number,
  people: { readonly [role: string]: readonly { readonly id: string; readonly name: string }[] },
): InternalJobOutcome | null {
  const { type, variables, headers } = created.value
  if (type === 'bihuan.people') {
    const named = parseCandidates(headers.role ?? '')
    if (named.length === 0) return failed('header role: expected the name of a role')
    const holders = named.flatMap(({ role }) => people[role] ?? []).map(({ id, name }) => [id, { id, name }] as const)
    return { kind: 'job.complete', value: { variables: { people: [...new Map(holders).values()] } } }
  }
  if (type !== 'bihuan.notice') return null
  try {
    const notice = noticeOf(variables, at)
    return { kind: 'job.complete', value: { variables: noticeVariables(created.key, notice), notice } }
  } catch (error) {
    if (error instanceof NoticeFault) return failed(error.message)
    throw error
  }
}

const failed = (message: string): InternalJobOutcome => ({
  kind: 'job.fail',
  value: { retries: 0, message, retryAt: null },
})
