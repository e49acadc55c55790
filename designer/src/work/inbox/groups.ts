import type { InboxItem } from '../../api/shapes.ts'
import { readClock } from '../../ui/clock.ts'

export type GroupName = 'today' | 'week' | 'later' | 'none'
export interface Group {
  readonly name: GroupName
  readonly items: readonly InboxItem[]
}

const ORDER: readonly GroupName[] = ['today', 'week', 'later', 'none']

/** Where a row belongs by its deadline: overdue counts as today. */
export function groupOf(dueAt: string | null, now: string): GroupName {
  if (dueAt === null) return 'none'
  const clock = readClock(dueAt, now)
  if (clock.late || clock.daysLeft === 0) return 'today'
  return clock.daysLeft <= 7 ? 'week' : 'later'
}

/** Rows by deadline, the most urgent group first, the order inside a group as given; empty groups are left out. */
export function groupByDeadline(items: readonly InboxItem[], now: string): Group[] {
  return ORDER.map((name) => ({ name, items: items.filter((item) => groupOf(item.dueAt, now) === name) })).filter(
    (group) => group.items.length > 0,
  )
}
