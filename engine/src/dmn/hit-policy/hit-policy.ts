import { put, type Value } from '../feel.ts'

/** A rule that matched, with its outputs in the order of the columns. */
export interface Match {
  readonly id: string
  readonly values: readonly Value[]
}

/** What a hit policy may look at besides the matches. */
export interface Columns {
  /** Whether two values are equal. */
  readonly same: (a: Value, b: Value) => boolean
  /** What a FEEL text over `x` gives for some values. */
  readonly compute: (source: string, values: readonly Value[]) => Value
  /** One result as the table gives it: the value of a single column, else a context by column name. */
  readonly shape: (values: readonly Value[]) => Value
  /** Position of the outputs in the lists of allowed values, column by column; lower is first. */
  readonly rank: (values: readonly Value[]) => readonly number[]
}

export type HitResult =
  | { readonly ok: true; readonly value: Value; readonly rules: readonly string[] }
  | { readonly ok: false; readonly message: string }

/**
 * How the matching rules of a table become its result (DMN 1.5 §8.2.8). Rules come in table order and there is at
 * least one: a table without a match gives its default outputs before the policy is asked.
 */
export type HitPolicy = (matches: readonly Match[], columns: Columns) => HitResult

export const idsOf = (matches: readonly Match[]): string[] => matches.map((match) => match.id)

/** A single value as it is, several as a context by their names. */
export function shapeOf(columns: readonly { readonly name: string }[], values: readonly Value[]): Value {
  if (columns.length === 1) return values[0] ?? null
  const result: { [name: string]: Value } = {}
  for (const [i, { name }] of columns.entries()) put(result, name, values[i] ?? null)
  return result
}

/** Matches in the order of the lists of output values: a better rank in an earlier column goes first. */
export function byRank(matches: readonly Match[], columns: Columns): Match[] {
  return matches
    .map((match) => ({ match, rank: columns.rank(match.values) }))
    .sort((a, b) => compareRanks(a.rank, b.rank))
    .map(({ match }) => match)
}

function compareRanks(left: readonly number[], right: readonly number[]): number {
  for (const [i, place] of left.entries()) {
    const difference = place - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
