import { readdirSync, readFileSync } from 'node:fs'
import type { Json } from '../../src/record/json.ts'

/** What a case expects: a value, an expression that is refused, or an evaluation that fails. */
export type Expected = { readonly value: Json } | 'error' | 'fails'

/** One line of the table. */
export interface Case {
  /** `engine/test/feel/numeric.cases:12`. */
  readonly place: string
  readonly kind: 'expression' | 'tests'
  readonly source: string
  readonly variables: { readonly [name: string]: Json }
  readonly expected: Expected
  /** The line as it stands. */
  readonly line: string
}

const ARROW = ' ⇒ '
const CONTEXT = ' | {'
const folder = new URL('.', import.meta.url)

/** The names of the files of the table, in order. */
export function caseFiles(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.cases'))
    .sort()
}

/**
 * The cases of one file: `expression | {context} ⇒ expected` a line, the context optional, `? ` before unary tests,
 * `#` before the section the cases below it show. Throws for a line that cannot be read, and for one that stands twice.
 */
export function casesOf(file: string): Case[] {
  const cases: Case[] = []
  const places = new Map<string, string>()
  const lines = readFileSync(new URL(file, folder), 'utf8').split('\n')
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const place = `engine/test/feel/${file}:${index + 1}`
    const before = places.get(line)
    if (before) throw new Error(`Expected each case once, but ${place} repeats ${before}.`)
    places.set(line, place)
    cases.push(caseOf(line, place))
  }
  return cases
}

function caseOf(line: string, place: string): Case {
  const arrow = line.lastIndexOf(ARROW)
  if (arrow < 0) throw new Error(`Expected "expression ⇒ value", but ${place} has no arrow.`)
  const left = line.slice(0, arrow)
  const kind = left.startsWith('? ') ? 'tests' : 'expression'
  const { source, variables } = contextIn(kind === 'tests' ? left.slice(2) : left)
  return { place, kind, source, variables, expected: expectedOf(line.slice(arrow + ARROW.length).trim(), place), line }
}

/** Splits off the context: what follows the last ` | {` that can be read as JSON. */
function contextIn(text: string): Pick<Case, 'source' | 'variables'> {
  for (let at = text.lastIndexOf(CONTEXT); at >= 0; at = text.lastIndexOf(CONTEXT, at - 1)) {
    const variables = read(text.slice(at + CONTEXT.length - 1))
    if (variables !== undefined) return { source: text.slice(0, at), variables: variables as Case['variables'] }
    if (at === 0) break
  }
  return { source: text, variables: {} }
}

function expectedOf(text: string, place: string): Expected {
  if (text === 'error' || text === 'fails') return text
  const value = read(text)
  if (value === undefined) throw new Error(`Expected JSON after the arrow, but ${place} has ${text}.`)
  return { value }
}

function read(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
