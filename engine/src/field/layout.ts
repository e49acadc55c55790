import type { FieldEntry, FieldKind } from './dictionary.ts'

/** Columns of a form-js row. */
const WIDTH = 16
/** Numbers that stand side by side. */
const NUMBERS = 4
/** A text of so many characters fits half a row. */
const SHORT_TEXT = 50

const short: ReadonlySet<FieldKind> = new Set([
  ...(['money', 'date', 'time', 'dateTime', 'yesNo', 'person', 'unit', 'mobile', 'idNumber'] as const),
])

/** Where a component stands: the row's id, and its columns; null shares the row evenly. */
export interface Place {
  readonly row: string
  readonly columns: number | null
}

type Width = 'number' | 'half' | 'full'

function widthOf({ kind, maxLength, multiple, options }: FieldEntry, isSelect: boolean): Width {
  if (kind === 'number') return 'number'
  if (multiple === true) return 'full'
  if (kind === 'text') return maxLength !== undefined && maxLength <= SHORT_TEXT ? 'half' : 'full'
  if (kind === 'choice')
    return isSelect && (options ?? []).every(({ label }) => label.length <= SHORT_TEXT / 2) ? 'half' : 'full'
  return short.has(kind) ? 'half' : 'full'
}

/**
 * Places fields in rows, in their order: short ones two a row, numbers up to four, everything long alone. On a phone
 * form-js puts them one under the other.
 */
export function placesOf(fields: readonly FieldEntry[], isSelect: (field: FieldEntry) => boolean): Place[] {
  const widths = fields.map((field) => widthOf(field, isSelect(field)))
  const places: Place[] = []
  for (let at = 0; at < fields.length; ) {
    const width = widths[at]!
    let run = 1
    const most = width === 'number' ? NUMBERS : width === 'half' ? 2 : 1
    while (run < most && widths[at + run] === width) run += 1
    // A number beside one short field.
    if (run === 1 && width !== 'full' && widths[at + 1] !== undefined && widths[at + 1] !== 'full') run = 2
    const columns = width === 'full' ? null : run === 3 ? null : run === 1 ? WIDTH / 2 : WIDTH / run
    const row = `Row_${fields[at]!.key}`
    for (let i = 0; i < run; i++) places.push({ row, columns })
    at += run
  }
  return places
}
