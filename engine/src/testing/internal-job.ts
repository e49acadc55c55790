import { endOfDays, formatInstant } from '../model/time.ts'
import type { Json, Variables } from '../record/json.ts'
import type { CommandValues, Fact, NoticeContent } from '../record/record.ts'

/**
 * Does an internal job as the host does: `bihuan.notice` publishes exactly what its variables name, `bihuan.people`
 * lists who holds a role. Gives the value of `job.complete`; null for jobs that wait for a worker.
 */
export function internalJob(
  created: Fact<'job.created'>,
  at: number,
  people: { readonly [role: string]: readonly { readonly id: string; readonly name: string }[] },
): CommandValues['job.complete'] | null {
  const { type, variables, headers } = created.value
  if (type === 'bihuan.people') {
    const role = headers.role ?? ''
    return { variables: { people: (people[role] ?? []).map(({ id, name }) => ({ id, name })) } }
  }
  if (type !== 'bihuan.notice') return null
  const days = typeof variables.days === 'number' ? variables.days : null
  const until = days === null ? null : endOfDays(at, days)
  const notice: NoticeContent = {
    kind: text(variables.kind) ?? 'notice',
    title: text(variables.title) ?? '',
    number: text(variables.number),
    text: text(variables.text) ?? '',
    fields: list(variables.fields).map((field) => ({ label: text(field.label) ?? '', value: text(field.value) ?? '' })),
    files: list(variables.photos).flatMap((file) => text(file.id) ?? []),
    publishedAt: at,
    until,
  }
  const result: Variables = {
    noticeKey: String(created.key),
    publishedAt: formatInstant(at),
    publishedUntil: until === null ? null : formatInstant(until),
  }
  return { variables: result, notice }
}

function text(value: Json | undefined): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

function list(value: Json | undefined): { [name: string]: Json }[] {
  if (!Array.isArray(value)) return []
  return value.filter(
    (one): one is { [name: string]: Json } => typeof one === 'object' && one !== null && !Array.isArray(one),
  )
}
