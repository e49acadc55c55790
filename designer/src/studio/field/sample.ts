import { accessAt, type FieldDictionary, type FieldEntry, type Json } from '@bihuan/engine'

/**
 * Values for the fields that a step only reads, so that its preview looks like the middle of a case. What is filled at
 * the step stays empty, as it comes to the person.
 *
 * @param today `2026-05-18`
 * @param nameOf what stands for a text, a person or a unit with that label
 */
export function sampleOf(
  dictionary: FieldDictionary,
  elementId: string,
  today: string,
  nameOf: (label: string) => string,
): { [key: string]: Json } {
  const data: { [key: string]: Json } = {}
  for (const field of dictionary.fields) {
    if (accessAt(dictionary, elementId, field.key) !== 'read') continue
    const value = exampleOf(field, today, nameOf(field.name))
    if (value !== undefined) data[field.key] = value
  }
  return data
}

function exampleOf(field: FieldEntry, today: string, text: string): Json | undefined {
  const option = field.options?.[0]?.value
  const named = { id: 'example', name: text }
  switch (field.kind) {
    case 'text':
    case 'longText':
      return text
    case 'number':
      return typeof field.min === 'number' ? Math.max(field.min, 1) : 12
    case 'money':
      return '36000.00'
    case 'date':
      return today
    case 'time':
      return '09:00'
    case 'dateTime':
      return `${today}T09:00+08:00`
    case 'choice':
      return option
    case 'choices':
      return option === undefined ? [] : [option]
    case 'yesNo':
      return true
    case 'person':
    case 'unit':
      return field.multiple === true ? [named] : named
    case 'mobile':
      return '13800000000'
    case 'attendance':
      return { expected: 27, present: 22 }
    case 'votes':
      return { present: 22, yes: 19, no: 2, abstain: 1 }
    case 'table':
      return [Object.fromEntries((field.columns ?? []).map((column) => [column.key, cellOf(column.kind, today, text)]))]
    default:
      return undefined
  }
}

function cellOf(kind: string, today: string, text: string): Json {
  if (kind === 'number') return 12
  if (kind === 'money') return '36000.00'
  return kind === 'date' ? today : text
}
