import type { Json } from '../../record/json.ts'
import type { FieldColumn, FieldOption } from '../form.ts'
import { isEmpty, isObject, optionOf, own } from '../json-object.ts'
import { DATE, dayExists } from './day.ts'
import { grouped, moneySchema, YUAN } from './money.ts'

/** Characters of a cell. */
export const MAX_CELL = 2_000

export const columnKinds = ['text', 'number', 'money', 'date', 'choice'] as const

/** Columns as a component of a form lists them; those that cannot be read are left out. */
export const columnsOf = (given: unknown): readonly FieldColumn[] =>
  (Array.isArray(given) ? (given as Json[]) : []).flatMap((source) => {
    const column = readColumn(source)
    return typeof column === 'string' ? [] : [column]
  })

/** A column as it is written, or the reason why it cannot be used. */
export function readColumn(source: Json): FieldColumn | 'columnInvalid' | 'noOptions' {
  if (!isObject(source)) return 'columnInvalid'
  const { key, name, unit } = source
  const kind = columnKinds.find((one) => one === (own(source, 'kind') ?? 'text'))
  if (typeof key !== 'string' || !/^[\p{L}_][\p{L}\p{N}_]{0,99}$/u.test(key) || key in {} || !kind)
    return 'columnInvalid'
  const listed = own(source, 'options')
  const options: FieldOption[] = Array.isArray(listed) ? listed.flatMap((entry) => optionOf(entry) ?? []) : []
  if (kind === 'choice' && options.length === 0) return 'noOptions'
  return {
    key,
    name: typeof name === 'string' && name.trim() !== '' ? name.trim() : key,
    kind,
    required: source.required === true,
    options: kind === 'choice' ? options : [],
    unit: typeof unit === 'string' && unit !== '' ? unit : null,
  }
}

/** A cell that is empty where it is required, or holds something else than its column asks for. */
export interface CellFault {
  readonly column: FieldColumn
  readonly fault: 'required' | 'type'
}

/** What is wrong with the cells of a row, in their order. A row of which nothing is filled in lacks its first cell. */
export function rowFaults(columns: readonly FieldColumn[], row: unknown): CellFault[] {
  const cells = isObject(row) ? row : {}
  const faults = columns.flatMap((column): CellFault[] => {
    const value = own(cells, column.key)
    if (isEmpty(value)) return column.required ? [{ column, fault: 'required' }] : []
    return cellFits(column, value!) ? [] : [{ column, fault: 'type' }]
  })
  const [first] = columns
  const isBlank = columns.every((column) => isEmpty(own(cells, column.key)))
  return isBlank && first && faults.length === 0 ? [{ column: first, fault: 'required' }] : faults
}

function cellFits({ kind, options }: FieldColumn, value: Json): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string' && [...value].length <= MAX_CELL
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'money':
      return typeof value === 'string' && new RegExp(moneySchema.pattern).test(value)
    case 'date':
      return typeof value === 'string' && new RegExp(`^${DATE}$`).test(value) && dayExists(value)
    case 'choice':
      return options.some((option) => option.value === value)
  }
}

/** A cell in words; empty for an empty one. */
export function describeCell(column: FieldColumn, value: Json | undefined): string {
  if (isEmpty(value)) return ''
  if (column.kind === 'choice') return column.options.find((option) => option.value === value)?.label ?? String(value)
  if (column.kind === 'money') return `${grouped(String(value))} ${YUAN}`
  return column.unit ? `${String(value)} ${column.unit}` : String(value)
}
