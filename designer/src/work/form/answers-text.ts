import { t } from '../../i18n/i18n.ts'

/** A component of a form-js schema, as far as its label and its place are read. */
interface Labelled {
  readonly key?: unknown
  readonly path?: unknown
  readonly label?: unknown
  readonly dateLabel?: unknown
  readonly components?: unknown
  /** Options of a choice: what is chosen is told in their words. */
  readonly values?: unknown
}

const text = (value: unknown, component: Labelled): string => {
  if (value === null || value === undefined || value === '') return ''
  if (Array.isArray(value))
    return value
      .map((each) => text(each, component))
      .filter(Boolean)
      .join(t('form.and'))
  if (typeof value === 'object') return text((value as { name?: unknown }).name, component) || JSON.stringify(value)
  return labelOf(value, component.values) ?? String(value)
}

function labelOf(value: unknown, options: unknown): string | undefined {
  if (!Array.isArray(options)) return undefined
  return (options as { value?: unknown; label?: string }[]).find((option) => option.value === value)?.label
}

/**
 * Answers as plain text, a line a field in the order of the form, so that a person can take them elsewhere.
 * Fields that are empty are left out.
 */
export function answersText(schema: object, answers: Record<string, unknown>): string {
  const lines: string[] = []
  const walk = (components: unknown, data: unknown): void => {
    if (!Array.isArray(components)) return
    for (const component of components as Labelled[]) {
      const name =
        typeof component.key === 'string' ? component.key : typeof component.path === 'string' ? component.path : ''
      const value = name === '' ? data : read(data, name)
      if (Array.isArray(component.components)) {
        if (Array.isArray(value)) for (const row of value) walk(component.components, row)
        else walk(component.components, value)
        continue
      }
      const shown = name === '' ? '' : text(value, component)
      const label =
        typeof component.label === 'string' && component.label !== '' ? component.label : component.dateLabel
      if (shown !== '') lines.push(t('form.answer', { label: typeof label === 'string' ? label : name, value: shown }))
    }
  }
  walk((schema as Labelled).components, answers)
  return lines.join('\n')
}

const read = (data: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | null | undefined)?.[key], data)
