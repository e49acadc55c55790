import { expect, it } from 'vitest'
import { dictionaryOf } from './dictionary.ts'

it('finds whole texts, then the key with holes that fits most of the text; later dictionaries win', () => {
  const word = dictionaryOf(
    { Text: 'a', 'Must be {a}.': '要 {a}。', 'Must be at least {min}.': '不能小于 {min}。' },
    { Text: '文字', 'Remove {name}': '移除{name}' },
  )
  expect(word('Text')).toBe('文字')
  expect(word('Must be at least 3.')).toBe('不能小于 3。')
  expect(word('Must be set.')).toBe('要 set。')
  expect(word('Remove Text')).toBe('移除文字')
  expect(word('Must be set')).toBeUndefined()
  expect(word('Text')).toBe('文字')
})

it('takes double braces of a template as they stand', () => {
  expect(dictionaryOf({ 'Use {{name}}': '用 {{name}}' })('Use {{name}}')).toBe('用 {{name}}')
})

it('leaves a text alone that only a key without words of its own would fit', () => {
  expect(dictionaryOf({ '{label} {message}': '{label}：{message}' })('Powered by bpmn.io')).toBeUndefined()
})
