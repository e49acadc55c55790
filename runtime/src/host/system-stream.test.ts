import { expect, it } from 'vitest'
import { systemKey } from './system-stream.ts'

const KEYS = 2 ** 20

it('gives the keys of a system stream in rising order, each once, below those of instances', () => {
  expect(systemKey(4, 1)).toBe(4 * KEYS + 1)
  expect(systemKey(4, KEYS - 1)).toBe(5 * KEYS - 1)
  expect(systemKey(4, KEYS)).toBe(12 * KEYS)
  expect(systemKey(5, KEYS)).toBe(13 * KEYS)
  expect(systemKey(7, 128 * KEYS - 1)).toBe(1024 * KEYS - 1)
  expect(() => systemKey(4, 128 * KEYS)).toThrow(/all its keys/)
})
