import { expect, test } from 'vitest'
import { languageOf } from './language.ts'

test.each([
  [undefined, 'zh-CN'],
  ['', 'zh-CN'],
  ['*', 'zh-CN'],
  ['fr-FR,fr', 'zh-CN'],
  ['en', 'en'],
  ['en-GB,en;q=0.9,zh;q=0.8', 'en'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
  ['en;q=0.5, zh-TW', 'zh-CN'],
  ['fr, en;q=0.3', 'en'],
  ['en;q=x', 'zh-CN'],
  ['en;q=0', 'zh-CN'],
  [';;;,,q=1', 'zh-CN'],
])('a reader who asks for %s is told in %s', (header, language) => {
  expect(languageOf(header)).toBe(language)
})
