import type { Json } from '@bihuan/engine'

/** What people type for a value: texts as they are, `true`, `false` and numbers as such, nothing for null. */
export function typedValue(text: string, type: string | undefined): Json {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed === 'null') return null
  if (type === 'string') return trimmed.replace(/^"(.*)"$/, '$1')
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true'
  if (/^-?\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed)
  if (/^[[{"]/.test(trimmed)) {
    try {
      return JSON.parse(trimmed) as Json
    } catch {
      return trimmed
    }
  }
  return trimmed
}

/** A value as `typedValue` reads it back. */
export const typedText = (value: Json | undefined): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)
