import { computeFeel, FeelFailure, isList, type Value } from './feel.ts'

/**
 * The output values of a column, highest priority first (DMN 1.5 §8.2.8: "ordered list of output values"): a FEEL list
 * of constants. None where the text is no such list.
 */
export function readPriorities(text: string): readonly Value[] {
  if (text.trim() === '') return []
  try {
    const values = computeFeel(`[${text}]`, null, { at: 0 })
    return isList(values) ? values : []
  } catch (error) {
    if (error instanceof FeelFailure) return []
    throw error
  }
}
