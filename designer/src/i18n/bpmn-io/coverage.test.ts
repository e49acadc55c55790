/// <reference types="node" />
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type InstalledPart, installedParts } from './coverage/installed-parts.ts'
import { tokensOf } from './coverage/javascript.ts'
import { constantTexts, propertyTexts, sentencesIn, translatedTexts } from './coverage/shown-texts.ts'

const modules = fileURLToPath(new URL('../../../../node_modules', import.meta.url))
const names = ['bpmn', 'panel', 'form-viewer', 'form-editor', 'dmn', 'feel'] as const
const dictionaries = Object.fromEntries(
  names.map((name) => [name, JSON.parse(readFileSync(new URL(`./${name}.zh-cn.json`, import.meta.url), 'utf8'))]),
) as Record<string, Record<string, string>>

function filesOf(path: string): string[] {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((entry) => {
      const child = join(path, entry)
      if (statSync(child).isDirectory()) return ['node_modules', 'test', 'types'].includes(entry) ? [] : filesOf(child)
      return /\.m?js$/.test(entry) && !/umd|\.min\./.test(entry) ? [child] : []
    })
}

/** Whether a text is a value, a class name or a format instead of words. */
const isCode = (text: string): boolean =>
  (/^[a-z]+([A-Z-_]\w*)*$/.test(text) &&
    !/^(auto|to|fix|documentation|string|boolean|number|date|time|dateTime|dayTimeDuration|yearMonthDuration|definition|expression|block|literal)$/.test(
      text,
    )) ||
  (/^[RP]\d*[/T\d]|^= |^\d{4}-|^0 0 |^[\w-]+-[\w-]+$|_$/.test(text) && !text.includes(' documentation'))

/** Texts a part shows, by where they stand. */
function shownBy(part: InstalledPart): { files: number; texts: string[] } {
  const translated = new Set<string>()
  const others = new Set(part.labels ?? [])
  const files = part.from.flatMap((path) => filesOf(join(modules, path)))
  for (const file of files) {
    const tokens = tokensOf(readFileSync(file, 'utf8'))
    for (const text of translatedTexts(tokens)) translated.add(text)
    for (const text of propertyTexts(tokens, part.properties ?? [])) others.add(text)
    if (part.sentences) for (const text of sentencesIn(tokens)) others.add(text)
    for (const text of constantTexts(tokens, part.constants ?? [])) others.add(text)
  }
  const words = [...others].filter(
    (text) => !part.skip?.includes(text) && !translated.has(text) && /[A-Za-z]{2}/.test(text) && !isCode(text),
  )
  return { files: files.length, texts: [...translated, ...words] }
}

describe('the installed parts of bpmn.io', () => {
  for (const part of installedParts) {
    it(`${part.name} has Chinese for every text`, () => {
      const { files, texts } = shownBy(part)
      expect(files).toBeGreaterThan(0)
      const missing = texts.filter((text) => !part.use.some((name) => text in dictionaries[name]!))
      expect(missing).toEqual([])
    })
  }
})

/** Standards, formats and code that have no Chinese. */
const LATIN = new Set(
  (
    'BPMN DMN FEEL ID XML JSON URL PDF ISO UTC cron Java PMML https yyyy MM dd hh mm ss ' +
    'toolCall toolCallResult url fromAi camunda secrets SECRET NAME name true false null'
  ).split(' '),
)
const holes = (text: string): string =>
  [...text.matchAll(/(?<!\{)\{ ?\w+ ?\}(?!\})/g)]
    .map(([hole]) => hole)
    .sort()
    .join(' ')
const FORMATS = /[\d+-]\w*[T:+][\w:+-]*|\b[RP]\d*\/?[PT\d]\w*|\bE\.164|ISO 8601/g

describe('the dictionaries', () => {
  const entries = names.flatMap((name) =>
    Object.entries(dictionaries[name]!).map(([english, chinese]) => ({ name, english, chinese })),
  )

  it('keep the holes of each text', () => {
    expect(entries.filter(({ english, chinese }) => holes(english) !== holes(chinese))).toEqual([])
  })
  it('hold no Latin words beyond names of standards and code', () => {
    const slips = entries
      .filter(({ name }) => name !== 'feel')
      .filter(({ chinese }) => {
        const bare = chinese.replace(/\$?\{+[^}]*\}+/g, '').replace(FORMATS, '')
        return [...bare.matchAll(/[A-Za-z]+/g)].some(([word]) => !LATIN.has(word))
      })
    expect(slips).toEqual([])
  })
  it('put a space between Chinese and Latin, and do not shout', () => {
    const slips = entries.filter(({ chinese }) => {
      const bare = chinese.replace(/\{\w+\}/g, '')
      return (
        /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u.test(bare) ||
        /[!\uff01]/.test(chinese.replace(/!=/g, ''))
      )
    })
    expect(slips).toEqual([])
  })
  it('agree where they are asked together', () => {
    const { bpmn, panel } = dictionaries
    const split = Object.keys(bpmn!).filter((text) => panel![text] !== undefined && panel![text] !== bpmn![text])
    expect(split).toEqual([])
  })
})
