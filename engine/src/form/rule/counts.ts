import type { Json } from '../../record/json.ts'
import { isObject } from '../json-object.ts'

/** The counts of a value by name; what is no number is left out. */
export function countsOf(value: Json | undefined): { readonly [part: string]: number } {
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
      )
    : {}
}

/** The numbers of an attendance in order: how many should come, how many came. */
export const attendanceParts = ['expected', 'present'] as const

/** Whether no more came than should. */
export const attendanceFits = (counts: { readonly [part: string]: number }): boolean =>
  (counts.present ?? 0) <= (counts.expected ?? 0)

/** The numbers of a vote in order: how many came, and how they voted. */
export const voteParts = ['present', 'yes', 'no', 'abstain'] as const

/** The votes cast of all kinds. */
export const votesCast = (counts: { readonly [part: string]: number }): number =>
  (counts.yes ?? 0) + (counts.no ?? 0) + (counts.abstain ?? 0)
