import { bodyOf, headOf, PATH, quote, unquote } from './path.ts'

export const operators = ['=', '!=', '>', '>=', '<', '<='] as const
export type Operator = (typeof operators)[number]

export type Value =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'path'; readonly path: string }

/** 当 [字段] [大于] [值]. `left` is a path; money is a text that is read as a number. */
export interface Clause {
  readonly kind: 'compare'
  readonly left: string
  readonly asNumber?: true
  readonly operator: Operator
  readonly value: Value
}

/** Clauses that all hold (`and`), or of which one holds (`or`). */
export interface Condition {
  readonly join: 'and' | 'or'
  readonly clauses: readonly Clause[]
}

const TOKEN = new RegExp(
  String.raw`\s*(?:("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?)|(>=|<=|!=|=|>|<)|number\( ?(${PATH}) ?\)|(${PATH}))`,
  'uy',
)

interface Token {
  readonly kind: 'text' | 'number' | 'operator' | 'money' | 'name'
  readonly text: string
}

/**
 * Reads a simple condition: comparisons of a path with a value or a path, all joined by `and` or all by `or`; a path
 * alone is asked whether it is true. Null for whatever cannot be said in a sentence.
 */
export function readCondition(text: string | undefined | null): Condition | null {
  const body = bodyOf(text)
  const tokens = body === null ? null : tokensOf(body)
  if (!tokens) return null
  const parts: Token[][] = [[]]
  const joins = new Set<'and' | 'or'>()
  for (const token of tokens) {
    if (token.kind === 'name' && (token.text === 'and' || token.text === 'or')) {
      joins.add(token.text)
      parts.push([])
    } else parts.at(-1)?.push(token)
  }
  if (joins.size > 1) return null
  const clauses = parts.map(clauseOf)
  if (clauses.some((clause) => clause === null)) return null
  return { join: joins.has('or') ? 'or' : 'and', clauses: clauses as Clause[] }
}

function tokensOf(body: string): Token[] | null {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < body.length) {
    const match = TOKEN.exec(body)
    if (!match) return null
    const [, text, number, operator, money, name] = match
    if (text !== undefined) tokens.push({ kind: 'text', text })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator })
    else if (money !== undefined) tokens.push({ kind: 'money', text: money })
    else tokens.push({ kind: 'name', text: name ?? '' })
  }
  return tokens
}

function clauseOf(tokens: readonly Token[]): Clause | null {
  const [left, operator, right, ...rest] = tokens
  if ((left?.kind !== 'name' && left?.kind !== 'money') || isConstant(left.text) || rest.length > 0) return null
  if (!operator && left.kind === 'name')
    return { kind: 'compare', left: left.text, operator: '=', value: { kind: 'literal', value: true } }
  if (operator?.kind !== 'operator' || !right) return null
  const value = readValue(right)
  if (!value) return null
  const asNumber = left.kind === 'money' ? ({ asNumber: true } as const) : {}
  return { kind: 'compare', left: left.text, ...asNumber, operator: operator.text as Operator, value }
}

const CONSTANTS: { readonly [name: string]: boolean | null } = { true: true, false: false, null: null }
const isConstant = (name: string) => Object.hasOwn(CONSTANTS, name)
/** Words of FEEL that are never a variable of a sentence. */
const RESERVED = new Set(['if', 'then', 'else', 'for', 'in', 'return', 'some', 'every', 'satisfies', 'not', 'between'])

function readValue(token: Token): Value | null {
  if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) }
  if (token.kind === 'text') {
    const value = unquote(token.text)
    return value === null ? null : { kind: 'literal', value }
  }
  if (token.kind !== 'name' || RESERVED.has(headOf(token.text))) return null
  if (isConstant(token.text)) return { kind: 'literal', value: CONSTANTS[token.text] ?? null }
  return { kind: 'path', path: token.text }
}

/** FEEL with its `=` for a condition of sentences. */
export function writeCondition(condition: Condition): string {
  const texts = condition.clauses.map(
    ({ left, asNumber, operator, value }) => `${asNumber ? `number(${left})` : left} ${operator} ${valueText(value)}`,
  )
  return `=${texts.join(` ${condition.join} `)}`
}

const valueText = (value: Value): string => {
  if (value.kind === 'path') return value.path
  return typeof value.value === 'string' ? quote(value.value) : String(value.value)
}
