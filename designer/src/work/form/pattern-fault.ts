import { fitsPattern } from '@bihuan/engine'
import { formWord } from '../../i18n/form-words.ts'
import type { FieldSchema } from './field-bridge.ts'

/**
 * What is wrong with a text by the pattern of its field (`shownSchema`), in the words of the form; null when it fits. The
 * engine matches, as on the server: a browser reads patterns otherwise, and some of them without end.
 */
export function patternFault({ pattern, validate }: FieldSchema, value: unknown): string | null {
  if (typeof pattern !== 'string' || typeof value !== 'string' || value === '') return null
  if (fitsPattern(pattern, value) !== false) return null
  const said = (validate as { readonly patternErrorMessage?: unknown } | undefined)?.patternErrorMessage
  return typeof said === 'string' && said !== ''
    ? said
    : formWord('Field must match pattern {value}.', { value: pattern })
}
