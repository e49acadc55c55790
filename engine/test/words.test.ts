import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { say } from '../src/problem/words.ts'

it('every kind of element that a check names by a sentence of its own has a Chinese one', () => {
  const folder = new URL('../src/', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!\.test)\.ts$/.test(name),
  )
  const named = files.flatMap((name) =>
    [...readFileSync(new URL(name, folder), 'utf8').matchAll(/_NOT_EXECUTED', \{ type: ['`]([^'`]+)['`] \}/g)].map(
      // What stands in for a part that changes is a word that both languages leave as it is.
      ([, type = '']) => type.replace(/\$\{.*?\}(?=[^{}]*$)|\$\{[^{}]*\}/g, 'X'),
    ),
  )
  expect(named.length).toBeGreaterThan(20)
  const english = / (a|an|at|to|from|in|of|beside|without|attached|that|ordering|eventType|second)\b/
  const left = named.filter((type) =>
    english.test(say('ELEMENT_NOT_EXECUTED', { type, elementName: '甲' }, 'zh-CN').text),
  )
  expect(left).toEqual([])
})
