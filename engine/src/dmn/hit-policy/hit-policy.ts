import type { Json } from '../../record/json.ts'

/** A rule that matched, with its outputs in the order of the columns. */
export interface Match {
  readonly id: string
  readonly values: readonly Json[]
}

/** What a hit policy may look at besides the matches. */
export interface Columns {
  /** One result as the table gives it: the value of a single column, else a context by column name. */
  readonly shape: (values: readonly Json[]) => Json
  /** Position of the outputs in the lists of allowed values, column by column; lower is first. */
  readonly rank: (values: readonly Json[]) => readonly number[]
}

export type HitResult =
  | { readonly ok: true; readonly value: Json; readonly rules: readonly string[] }
  | { readonly ok: false; readonly message: string }

/**
 * How the matching rules of a table become its result (DMN 1.5 §8.2.8). Rules come in table order and there is at
 * least one: a table without a match gives its default outputs before the policy is asked.
 */
export type HitPolicy = (matches: readonly Match[], columns: Columns) => HitResult

export const same = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b)
export const idsOf = (matches: readonly Match[]): string[] => matches.map((match) => match.id)

/** Table order, except that a better rank in an earlier column goes first. */
export function byRank(columns: Columns): (a: Match, b: Match) => number {
  return (a, b) => {
    const left = columns.rank(a.values)
    const right = columns.rank(b.values)
    for (let i = 0; i < left.length; i += 1) {
      if (left[i] !== right[i]) return left[i]! - right[i]!
    }
    return 0
  }
}
