import { flatten } from '@solid-primitives/i18n'
import { describe, expect, it } from 'vitest'
import { enAudit } from './audit/en.ts'
import { zhCnAudit } from './audit/zh-cn.ts'
import { en } from './en.ts'
import { fillIn } from './fill-in.ts'
import { enOversight } from './oversight/en.ts'
import { zhCnOversight } from './oversight/zh-cn.ts'
import { enStudio } from './studio/en.ts'
import { zhCnStudio } from './studio/zh-cn.ts'
import { zhCn } from './zh-cn.ts'

const chinese = flatten({ ...zhCn, studio: zhCnStudio, oversight: zhCnOversight, audit: zhCnAudit } as never) as Record<
  string,
  unknown
>
const english = flatten({ ...en, studio: enStudio, oversight: enOversight, audit: enAudit } as never) as Record<
  string,
  unknown
>
const holes = (text: unknown): string[] =>
  [...String(text).matchAll(/{{\s*(\w+)\s*}}/g)].map((match) => match[1] ?? '').sort()
const texts = (tree: Record<string, unknown>) => Object.entries(tree).filter(([, value]) => typeof value === 'string')

describe('the catalogues of words', () => {
  it('hold the same keys in both languages', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort())
  })
  it('have words at every key', () => {
    const empty = [...texts(chinese), ...texts(english)].filter(
      ([, text]) => String(text).trim() === '' && text !== ' ',
    )
    expect(empty.map(([key]) => key)).toEqual([])
  })
  it('fill the same holes, save for what one language does not say', () => {
    const strange = texts(english)
      .filter(([key, text]) => holes(text).some((hole) => !holes(chinese[key]).includes(hole) && hole !== 'monthName'))
      .map(([key]) => key)
    expect(strange).toEqual([])
  })
  it('say one thing of one, in English', () => {
    const plural = texts(english)
      .map(
        ([key, text]) => [key, fillIn(String(text), Object.fromEntries(holes(text).map((hole) => [hole, 1])))] as const,
      )
      .filter(([, text]) => /(?<![\w.])1 (?:more )?(?:are|were|have|(?!is\b|was\b|has\b)[a-z]+[a-rt-z]s)\b/.test(text))
      .filter(([key]) => !OF_ONE.includes(key))
    expect(plural).toEqual([])
  })
})

/** Sentences whose place takes a name, or the number of a thing that is one. */
const OF_ONE = [
  'trail.fact.assignee',
  'studio.publish.unit',
  'case.chainBroken',
  'studio.decisions.hitRows',
  'oversight.vacantHolder',
]

const CJK = /[⺀-⿟　-〿㐀-鿿＀-￯]/

describe('Chinese text', () => {
  it('stands in the catalogues only', () => {
    const sources = import.meta.glob<string>('../**/*.{ts,tsx,css}', { query: '?raw', import: 'default', eager: true })
    const files = Object.entries(sources).filter(([name]) => !name.startsWith('./') && !name.endsWith('.test.ts'))
    expect(files.length).toBeGreaterThan(40)
    const found = files.flatMap(([name, text]) =>
      withoutComments(text)
        .split('\n')
        .filter((line) => CJK.test(line))
        .map((line) => `${name}: ${line.trim()}`),
    )
    expect(found).toEqual([])
  })
})

/** Comments may name a Chinese term; what is shown may not stand outside the catalogues. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}
