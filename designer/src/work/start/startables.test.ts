import { describe, expect, it } from 'vitest'
import type { Startable } from '../../api/shapes.ts'
import { byDepartment, matches } from './startables.ts'

const item = (name: string, department: string | null, description: string | null = null) =>
  ({ name, department, description }) as Startable

describe('what one may start', () => {
  it('stands by department, in the order given, the rest last', () => {
    const list = [item('a', null), item('b', 'Two'), item('c', 'One'), item('d', 'Two')]
    expect(byDepartment(list).map((group) => [group.department, group.items.map((each) => each.name)])).toEqual([
      ['Two', ['b', 'd']],
      ['One', ['c']],
      [null, ['a']],
    ])
  })
  it('is found by words of name, description or department', () => {
    const road = item('Village matter', 'Party office', 'roads, houses')
    expect(matches(road, 'ROADS party')).toBe(true)
    expect(matches(road, '')).toBe(true)
    expect(matches(road, 'roads wedding')).toBe(false)
  })
})
