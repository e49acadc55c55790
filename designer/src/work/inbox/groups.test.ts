import { describe, expect, it } from 'vitest'
import type { InboxItem } from '../../api/shapes.ts'
import { groupByDeadline, groupOf } from './groups.ts'

const now = '2026-05-13T01:30:00Z'

describe('groups of the inbox', () => {
  it.each([
    ['2026-05-12T10:00:00Z', 'today'],
    ['2026-05-13T10:00:00Z', 'today'],
    // 24:00 of today in Shanghai
    ['2026-05-13T16:00:00Z', 'today'],
    ['2026-05-13T16:00:01Z', 'week'],
    ['2026-05-20T15:59:00Z', 'week'],
    ['2026-05-20T16:01:00Z', 'later'],
    [null, 'none'],
  ])('%s is %s', (dueAt, group) => {
    expect(groupOf(dueAt, now)).toBe(group)
  })
  it('keeps the order inside a group and leaves out what is empty', () => {
    const item = (title: string, dueAt: string | null) => ({ title, dueAt }) as InboxItem
    const rows = [
      item('a', null),
      item('b', '2026-05-18T00:00:00Z'),
      item('c', '2026-05-12T00:00:00Z'),
      item('d', '2026-05-15T00:00:00Z'),
    ]
    expect(groupByDeadline(rows, now).map((group) => [group.name, group.items.map((each) => each.title)])).toEqual([
      ['today', ['c']],
      ['week', ['b', 'd']],
      ['none', ['a']],
    ])
  })
})
