import { formWord } from '../../i18n/form-words.ts'
import type { FieldSchema } from './field-bridge.ts'

let fits: typeof import('./pattern-matcher.ts').fitsPattern | null = null

/** Whether what matches patterns has yet to come for a form (`shownSchema`). */
export const needsPatterns = (schema: object): boolean => fits === null && JSON.stringify(schema).includes('"pattern":')

/** Fetches what matches patterns. Where it does not come, the server alone judges them. */
export async function loadPatterns(): Promise<void> {
  const matcher = await import('./pattern-matcher.ts').catch(() => null)
  fits ??= matcher?.fitsPattern ?? null
}

/**
 * What is wrong with a text by the pattern of its field (`shownSchema`), in the words of the form; null when it fits. The
 * engine matches, as on the server: a browser reads patterns otherwise, and some of them without end.
 */
export function patternFault({ pattern, validate }: FieldSchema, value: unknown): string | null {
  if (typeof pattern !== 'string' || typeof value !== 'string' || value === '') return null
  if (fits?.(pattern, value) !== false) return null
  const said = (validate as { readonly patternErrorMessage?: unknown } | undefined)?.patternErrorMessage
  return typeof said === 'string' && said !== ''
    ? said
    : formWord('Field must match pattern {value}.', { value: pattern })
}
