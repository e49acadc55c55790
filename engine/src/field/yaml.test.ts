import { describe, expect, it } from 'vitest'
import { readYaml } from './yaml.ts'

const foundIn = (text: string) => readYaml('f.yaml', text).problems[0]?.facts.found

describe('readYaml refuses before it parses what would call itself without end', () => {
  it.each([
    ['lists in lists', '- '.repeat(100_000)],
    ['keys of keys', '? '.repeat(100_000)],
    ['open brackets', '['.repeat(200_000)],
    ['brackets that close', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['mappings in a line', '{a: '.repeat(50_000)],
    ['mappings as stairs', Array.from({ length: 600 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')],
    ['anchors without end', '&a '.repeat(80_000)],
    ['anchors line by line', '&a\n'.repeat(80_000)],
    ['anchors of lists', '- &a '.repeat(50_000)],
  ])('%s', (_, text) => {
    expect(foundIn(text)).toBe('nests too deep')
  })
  it('and takes what people write', () => {
    const text = `a: [[1, [2]], {b: {c: 3}}]\nd: |\n${' '.repeat(60)}text\n# ${'-'.repeat(300)}\ne: "[[[ - - -"\n`
    expect(readYaml('f.yaml', text)).toMatchObject({
      value: { a: [[1, [2]], { b: { c: 3 } }], e: '[[[ - - -' },
      problems: [],
    })
  })
})

describe('keys', () => {
  it.each(['a: 1\na: 2\n', 'x: {a: 1, b: 2, a: 3}\n', '1: a\n"1": b\n'])('stand once in a mapping: %j', (text) => {
    expect(foundIn(text)).toContain('unique')
  })
  it('are plain', () => {
    expect(foundIn('[a, b]: 1\n')).toContain('plain')
  })
})
