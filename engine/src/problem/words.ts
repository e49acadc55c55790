import { catalog, type ProblemCode, statusOf } from './catalog.ts'
import { english } from './en.ts'
import type { Catalogue, Language, Words } from './language.ts'
import type { Facts, Problem } from './problem.ts'
import { chinese } from './zh-cn.ts'

export type { Language, Words } from './language.ts'

const catalogues: { readonly [language in Language]: Catalogue } = { 'zh-CN': chinese, en: english }

const OPTIONAL = /⟦([^⟦⟧]*)⟧/g
const PLACEHOLDER = /\{(\w+)(:size)?\}/g

/** The sentence and the thing to do for a code, in one language. Facts the template does not name are left aside. */
export function say(code: ProblemCode, facts: Facts, language: Language): Words {
  const catalogue = catalogues[language]
  const { text, todo } = catalogue.texts[code]
  return { text: fill(text, facts, catalogue), todo: fill(todo, facts, catalogue) }
}

/** The words for a problem of a model, with the element and file it is pinned to. */
export function sayProblem(problem: Problem, language: Language): Words {
  const { resource, elementId, elementName, facts } = problem
  return say(
    problem.code,
    { ...facts, resource, elementId, elementName: elementName ?? elementId ?? resource },
    language,
  )
}

/** Everything known about a code, for `npm run explain CODE`. */
export function explain(code: ProblemCode): {
  readonly code: ProblemCode
  readonly status: number
  readonly facts: readonly string[]
  readonly messages: { readonly [language in Language]: Words }
} {
  return {
    code,
    status: statusOf(code),
    facts: [...new Set([...placeholdersOf(code, 'zh-CN'), ...placeholdersOf(code, 'en')])].sort(),
    messages: { 'zh-CN': chinese.texts[code], en: english.texts[code] },
  }
}

/** Names of the facts a text asks for; with `needed` only those outside optional parts. */
export function placeholdersOf(code: ProblemCode, language: Language, needed = false): string[] {
  const { text, todo } = catalogues[language].texts[code]
  const template = needed ? `${text} ${todo}`.replace(OPTIONAL, '') : `${text} ${todo}`
  return [...template.matchAll(PLACEHOLDER)].map((match) => match[1]!)
}

/** The word for a key, `wordOf('answer', 'true', 'zh-CN')`; the key itself when there is none. */
export function wordOf(group: string, key: string, language: Language): string {
  const words = catalogues[language].words[group]
  return words && Object.hasOwn(words, key) ? words[key]! : key
}

/** How items of a list are set apart in that language. */
export const listSeparator = (language: Language): string => catalogues[language].list

/** All codes, in the order of the catalogue. */
export const problemCodes = Object.keys(catalog) as ProblemCode[]

function fill(template: string, facts: Facts, catalogue: Catalogue): string {
  const has = (name: string): boolean => {
    const value = Object.hasOwn(facts, name) ? facts[name] : null
    return value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
  }
  const show = (name: string): string => {
    if (!has(name)) return catalogue.nothing
    const value = facts[name]!
    const word = (one: unknown): string => wordFor(String(one), name, catalogue)
    return Array.isArray(value) ? value.map(word).join(catalogue.list) : word(value)
  }
  return template
    .replace(OPTIONAL, (_, part: string) =>
      [...part.matchAll(PLACEHOLDER)].every((match) => has(match[1]!)) ? part : '',
    )
    .replace(PLACEHOLDER, (_, name: string, size?: string) =>
      size && typeof facts[name] === 'number' ? sizeOf(facts[name]) : show(name),
    )
}

/** A text of a fact in the words of the language: as a whole, else by the phrase it fits; itself when neither is known. */
function wordFor(text: string, fact: string, catalogue: Catalogue): string {
  const words = catalogue.words[fact]
  if (words && Object.hasOwn(words, text)) return words[text]!
  for (const [pattern, phrase] of catalogue.phrases?.[fact] ?? []) {
    const match = text.length > 500 ? null : pattern.exec(text)
    if (match)
      return phrase.replace(/\{(\d)\}/g, (_, group: string) => wordFor(match[Number(group)] ?? '', fact, catalogue))
  }
  return text
}

function sizeOf(bytes: number): string {
  const [unit, name] = bytes >= 1_000_000 ? [1_048_576, 'MB'] : [1_024, 'KB']
  return `${Math.round((bytes / unit) * 10) / 10} ${name}`
}
