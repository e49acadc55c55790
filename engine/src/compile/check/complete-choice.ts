/** What a condition says: of one subject, which of the cases there are it holds in. */
interface Claim {
  readonly subject: string
  /** Bits of the cases it is true in. */
  readonly cases: number
  /** Bits of all the cases of its subject. */
  readonly all: number
}

const TOKEN = /"(?:[^"\\]|\\.)*"|<=|>=|!=|\*\*|[\p{L}_][\p{L}\p{N}_]*|\d+(?:\.\d+)?|\S/gu
/** Words that bind weaker than a comparison, or bind names: what holds them is judged as a whole. */
const WHOLE = new Set(['and', 'or', 'if', 'for', 'some', 'every', 'function', 'between', 'in', 'instance'])
/** Cases of a comparison: smaller 1, equal 2, greater 4. */
const COMPARED: { readonly [sign: string]: number } = { '<': 1, '=': 2, '>': 4, '<=': 3, '>=': 6, '!=': 5 }
const MIRRORED = [0, 4, 2, 6, 1, 5, 3, 7]

/**
 * Whether one of these conditions is true whatever the data: they hold a complement (`x` and `not(x)`, `=` and `!=`,
 * `<` and `>=`) or all of smaller, equal, greater. Only what is written alike is known to be alike. Data that make a
 * condition neither true nor false are an incident of their own.
 */
export function isComplete(conditions: readonly string[]): boolean {
  const claims = conditions.map((source) => claimOf(source.match(TOKEN) ?? []))
  return claims.some(
    ({ subject, all }) =>
      claims.filter((one) => one.subject === subject).reduce((sum, { cases }) => sum | cases, 0) === all,
  )
}

function claimOf(given: readonly string[]): Claim {
  const tokens = unwrapped(given)
  if (tokens[0] === 'not' && tokens[1] === '(' && closing(tokens, 1) === tokens.length - 1) {
    const { subject, cases, all } = claimOf(tokens.slice(2, -1))
    return { subject, cases: all & ~cases, all }
  }
  if (tokens.length === 1 && tokens[0] === 'true') return { subject: 'true', cases: 1, all: 1 }
  const signs = topLevel(tokens).filter((index) => Object.hasOwn(COMPARED, tokens[index] ?? ''))
  const [sign] = signs
  if (sign === undefined || signs.length > 1 || tokens.some((token) => WHOLE.has(token)))
    return { subject: tokens.join(' '), cases: 1, all: 3 }
  const cases = COMPARED[tokens[sign] ?? ''] ?? 0
  const [left, right] = [unwrapped(tokens.slice(0, sign)).join(' '), unwrapped(tokens.slice(sign + 1)).join(' ')]
  return left <= right
    ? { subject: `${left} ? ${right}`, cases, all: 7 }
    : { subject: `${right} ? ${left}`, cases: MIRRORED[cases] ?? 0, all: 7 }
}

/** Without brackets around the whole. */
function unwrapped(tokens: readonly string[]): readonly string[] {
  return tokens[0] === '(' && closing(tokens, 0) === tokens.length - 1 ? unwrapped(tokens.slice(1, -1)) : tokens
}

/** Where the bracket opened at `from` is closed. */
function closing(tokens: readonly string[], from: number): number {
  let depth = 0
  for (let index = from; index < tokens.length; index += 1) {
    if ('([{'.includes(tokens[index] ?? '')) depth += 1
    else if (')]}'.includes(tokens[index] ?? '')) depth -= 1
    if (depth === 0) return index
  }
  return -1
}

/** The tokens that stand in no brackets, by their index. */
function topLevel(tokens: readonly string[]): number[] {
  const found: number[] = []
  let depth = 0
  for (const [index, token] of tokens.entries()) {
    if ('([{'.includes(token)) depth += 1
    else if (')]}'.includes(token)) depth -= 1
    else if (depth === 0) found.push(index)
  }
  return found
}
