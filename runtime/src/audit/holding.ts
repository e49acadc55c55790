import type { Json } from '@bihuan/engine'
import { TextIndex } from './text-index.ts'

/** What stands where a text was taken out. */
export const STRUCK = '***'

/** Longest text that may be the same by chance. */
const SHORT = 3

/** Members of records that hold variables by their names. */
const VARIABLES: ReadonlySet<string> = new Set(['variables', 'startVariables', 'inputs', 'answers', 'changes', 'facts'])
/** Members that hold texts of people, or texts made of variables. */
const TEXTS: ReadonlySet<string> = new Set([
  'title',
  'text',
  'reason',
  'comment',
  'message',
  'errorMessage',
  'correlationKey',
  'fields',
  'content',
  'result',
])

/** Members of records that hold values without a name: what a multi-instance goes over and what is collected. */
const VALUES: ReadonlySet<string> = new Set(['items', 'value'])

/** What a part of a record holds. */
type Place = 'course' | 'variables' | 'values' | 'text'

/** Whether finding this text within another one says that it was copied: two Chinese characters, or four of others. */
const isTelling = (text: string): boolean => text.length > SHORT || /\p{Script=Han}.*\p{Script=Han}/u.test(text)

const topOf = (name: string): string => name.split('.')[0] ?? name

/**
 * Takes named data out of records: variables by their name, and what they held wherever it was copied to, such as titles,
 * notices, reasons and variables of other names. What makes up the course of a case (elements, keys, units, people who
 * acted) is left alone.
 */
export class Holding {
  readonly #isNamed: (name: string) => boolean
  readonly #strikesTexts: boolean
  readonly #equal = new Set<string>()
  readonly #within = new Set<string>()
  /** Of `#within`; made when the first record is judged. */
  #index: TextIndex | null = null

  /** `isNamed`: whether a variable is meant, by its top-level name; `texts: 'all'` strikes every free text out, too. */
  constructor(isNamed: (name: string) => boolean, { texts = 'copies' }: { readonly texts?: 'all' | 'copies' } = {}) {
    this.#isNamed = isNamed
    this.#strikesTexts = texts === 'all'
  }

  /** Notes what the named variables hold in a record. To be done with all records before the first is judged. */
  learn(value: unknown, isVariables = false): void {
    if (value === null || typeof value !== 'object') return
    for (const [name, content] of Object.entries(value)) {
      if (isVariables && this.#isNamed(topOf(name))) this.#note(content)
      else this.learn(content, isVariables || VARIABLES.has(name))
    }
  }

  #note(value: unknown): void {
    if (typeof value === 'string' || typeof value === 'number') {
      const text = String(value)
      this.#index = null
      if (isTelling(text)) this.#within.add(text)
      else if (text.length > 1) this.#equal.add(text)
    } else if (value !== null && typeof value === 'object') for (const one of Object.values(value)) this.#note(one)
  }

  /** Whether a record holds any of it. */
  holds(value: unknown): boolean {
    return JSON.stringify(this.redacted(value)) !== JSON.stringify(value)
  }

  /** A record without the data: named variables are gone, copies are struck out. */
  redacted(value: unknown, place: Place = 'course'): Json {
    if (typeof value === 'string') return place !== 'course' && this.#isStruck(value, place) ? STRUCK : value
    if (typeof value === 'number') return place !== 'course' && this.#isNumberStruck(value, place) ? 0 : value
    if (Array.isArray(value)) return value.map((one) => this.redacted(one, place))
    if (value === null || typeof value !== 'object') return (value ?? null) as Json
    const hasNames = place === 'variables' || place === 'values'
    const kept = Object.entries(value).filter(([name]) => !hasNames || !this.#isNamed(topOf(name)))
    return Object.fromEntries(kept.map(([name, content]) => [name, this.redacted(content, inside(place, name))]))
  }

  #isStruck(text: string, place: Place): boolean {
    return text !== '' && text !== STRUCK && ((place !== 'variables' && this.#strikesTexts) || this.#isCopy(text))
  }

  #isNumberStruck(value: number, place: Place): boolean {
    return value !== 0 && ((place === 'values' && this.#strikesTexts) || this.#isCopy(String(value)))
  }

  /** Whether a text is, or has within it, what a named variable held. */
  #isCopy(text: string): boolean {
    this.#index ??= new TextIndex(this.#within)
    return this.#equal.has(text) || this.#index.isIn(text)
  }
}

function inside(place: Place, name: string): Place {
  if (place !== 'course') return place
  if (VARIABLES.has(name)) return 'variables'
  if (VALUES.has(name)) return 'values'
  return TEXTS.has(name) ? 'text' : 'course'
}

/** The top-level names of all variables within records. */
export function namesIn(values: readonly unknown[]): Set<string> {
  const names = new Set<string>()
  const look = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return
    for (const [member, content] of Object.entries(value)) {
      if (VARIABLES.has(member) && content !== null && typeof content === 'object' && !Array.isArray(content))
        for (const name of Object.keys(content)) names.add(topOf(name))
      else look(content)
    }
  }
  for (const value of values) look(value)
  return names
}
