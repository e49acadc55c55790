import type { Directory } from '@bihuan/runtime/contract'
import { describe, expect, it } from 'vitest'
import { reachOf } from './consequences.ts'

const directory: Directory = {
  levels: [
    { key: 'county', name: '县' },
    { key: 'township', name: '镇' },
    { key: 'village', name: '村' },
  ],
  roles: [],
  units: [
    { id: 'v1', name: '花园村', level: 'village', parentId: 't1' },
    { id: 't1', name: '东镇', level: 'township', parentId: 'c' },
    { id: 't2', name: '西镇', level: 'township', parentId: 'c' },
    { id: 'v2', name: '柳村', level: 'village', parentId: 't2' },
    { id: 'v3', name: '槐村', level: 'village', parentId: 't1' },
    { id: 'c', name: '县', level: 'county', parentId: null },
  ],
}

describe('whom a publication concerns', () => {
  it('is the villages below the unit that keeps the package', () => {
    expect(reachOf(directory, { id: 't1', name: '东镇', level: 'township' })).toEqual({
      first: '花园村',
      count: 2,
      level: '村',
    })
    expect(reachOf(directory, { id: 'c', name: '县', level: 'county' })?.count).toBe(3)
  })
  it('is the unit itself when none is below it', () => {
    expect(reachOf(directory, { id: 'v2', name: '柳村', level: 'village' })).toEqual({
      first: '柳村',
      count: 1,
      level: '村',
    })
  })
  it('is not known without the directory', () => {
    expect(reachOf(undefined, { id: 'c', name: '县', level: 'county' })).toBeNull()
  })
})
