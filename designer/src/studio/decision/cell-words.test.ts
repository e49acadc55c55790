import type { FieldDictionary } from '@bihuan/engine'
import { expect, it } from 'vitest'
import { cellRules, cellsOf, cellWord } from './cell-words.ts'

const words = {
  any: '不论',
  yes: '是',
  no: '否',
  nothing: '空',
  or: '、',
  more: (first: string, count: number) => `${first}等 ${count} 项`,
}
const options = new Map([['a', '甲类']])

it.each([
  ['', 'test', '不论'],
  ['-', 'test', '不论'],
  ['', 'result', null],
  ['true', 'test', '是'],
  ['null', 'result', '空'],
  ['"a"', 'test', '甲类'],
  ['"a", "其他"', 'test', '甲类、其他'],
  ['"a", "b", "c", "d", "e"', 'test', '甲类、b等 5 项'],
  ['"a", "b"', 'result', null],
  ['"x \\"y\\""', 'result', 'x "y"'],
  ['> 3', 'test', null],
  ['if x then "a" else "b"', 'result', null],
] as const)('%s as a %s', (text, kind, said) => {
  expect(cellWord(text, kind, options, words)).toBe(said)
})

it('finds the cells that cannot be read or never apply, by column', () => {
  const dictionary: FieldDictionary = {
    fields: [{ key: 'kind', name: '类别', kind: 'choice', grade: 'public', options: [{ value: 'a', label: '甲类' }] }],
    access: {},
  }
  const cell = (id: string, text: string) => ({ id, $type: 'dmn:UnaryTests', text })
  const { said, broken } = cellsOf(
    {
      id: 't',
      $type: 'dmn:DecisionTable',
      input: [{ id: 'i', $type: 'dmn:InputClause', inputExpression: { id: 'e', $type: '', text: 'kind' } }],
      output: [{ id: 'o', $type: 'dmn:OutputClause', name: 'result' }],
      rule: [
        { id: 'r1', $type: '', inputEntry: [cell('c1', '"a"')], outputEntry: [cell('c2', '1 +')] },
        { id: 'r2', $type: '', inputEntry: [cell('c3', '< <')], outputEntry: [cell('c4', '2')] },
        // Answers hold values: a label looks the same here and never applies.
        { id: 'r3', $type: '', inputEntry: [cell('c5', '"甲类"')], outputEntry: [cell('c6', '"甲类"')] },
      ],
    },
    dictionary,
    words,
  )
  expect([...said]).toEqual([
    ['c1', '甲类'],
    ['c5', '甲类'],
    ['c6', '甲类'],
  ])
  expect(broken).toEqual(['c2', 'c3', 'c5'])
})

it('lets no text out of its rule', () => {
  const css = cellRules(new Map([['x"]{}', 'a"} body{background:url(//b)}\n\\']]), [], [])
  expect(css.replace(/"[^"]*"/g, '')).not.toMatch(/url|body/)
  expect(css.split('\n').length).toBe(1)
})
