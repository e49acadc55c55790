import { expect, it } from 'vitest'
import { TextIndex } from './text-index.ts'

/** The same numbers in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

it('finds what stands within a text as looking for each does, whatever begins or holds what', () => {
  const next = numbers(7)
  const made = (letters: string, longest: number) =>
    Array.from({ length: 1 + next(longest) }, () => letters[next(letters.length)]).join('')
  let found = 0
  for (let run = 0; run < 3_000; run += 1) {
    const letters = ['ab', 'abc', '张三李四ab'][run % 3]!
    const texts = Array.from({ length: next(6) }, () => made(letters, 5))
    const text = made(letters, 12)
    const isIn = texts.some((one) => text.includes(one))
    expect([texts, text, new TextIndex(texts).isIn(text)]).toEqual([texts, text, isIn])
    if (isIn) found += 1
  }
  expect(found).toBeGreaterThan(500)
  expect(found).toBeLessThan(2_500)
})

it.each([63, 64, 65, 130])('tells texts of %i characters apart that begin alike', (length) => {
  const one = 'x'.repeat(length)
  const index = new TextIndex([`${one}1`, `${one}2`, `${one}22`])
  expect(index.isIn(`a${one}1b`)).toBe(true)
  expect(index.isIn(`${one}x2`)).toBe(true)
  expect(index.isIn(`a${one}3${one}`)).toBe(false)
  expect(new TextIndex([one, `${one}1`]).isIn(`a${one}`)).toBe(true)
  expect(new TextIndex([]).isIn(one)).toBe(false)
})
