import { heldByNobody, rolesToList } from '../element/people.ts'
import { NoticeFault, noticeOf, noticeVariables } from '../model/notice.ts'
import type { CommandValues, Fact, UnitRef } from '../record/record.ts'

/** What becomes of a job that the host does itself. */
type InternalJobOutcome =
  | { readonly kind: 'job.complete'; readonly value: CommandValues['job.complete'] }
  | { readonly kind: 'job.fail'; readonly value: CommandValues['job.fail'] }

/**
 * Does an internal job as the host does: `bihuan.notice` publishes exactly what its variables name, `bihuan.people`
 * lists who holds a role; what cannot be done fails for good. Null for jobs that wait for a worker.
 * @param units the unit of the case, then its ancestors
 * @param people who holds a role, named as candidates are: `role` in the unit of the case, `role@level` above it
 */
export function internalJob(
  created: Fact<'job.created'>,
  at: number,
  units: readonly UnitRef[],
  people: { readonly [role: string]: readonly { readonly id: string; readonly name: string }[] },
): InternalJobOutcome | null {
  const { type, variables, headers, listener } = created.value
  if (type === 'bihuan.people') {
    const wanted = rolesToList(headers, units)
    if ('failure' in wanted) return { kind: 'job.fail', value: wanted.failure }
    const named = wanted.roles.map(({ role, level }) => (level === null ? role : `${role}@${level}`))
    const holders = named.flatMap((one) => people[one] ?? []).map(({ id, name }) => [id, { id, name }] as const)
    if (holders.length === 0 && listener?.kind !== 'task')
      return { kind: 'job.fail', value: heldByNobody(wanted.roles) }
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
