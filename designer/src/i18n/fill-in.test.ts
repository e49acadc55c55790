import { expect, it } from 'vitest'
import { fillIn } from './fill-in.ts'

it('a word goes with the number before it', () => {
  const words = '{{ name }}: {{ count }} step[|s] in {{ all }} [entry|entries]'
  expect(fillIn(words, { name: 'A', count: 1, all: '2' })).toBe('A: 1 step in 2 entries')
  expect(fillIn(words, { name: '1', count: 0, all: 1 })).toBe('1: 0 steps in 1 entry')
  expect(fillIn('some step[|s]')).toBe('some steps')
})

it('what a value holds is shown as it is, whatever it looks like', () => {
  expect(fillIn('“{{ name }}” by {{ who }}', { name: "$& $1 $' {{ who }} [a|b]", who: 'B' })).toBe(
    "“$& $1 $' {{ who }} [a|b]” by B",
  )
  expect(fillIn('{{ name }} and {{ none }}', { name: '' })).toBe(' and {{ none }}')
})
