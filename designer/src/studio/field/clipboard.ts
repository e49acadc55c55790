import { type FieldEntry, type FieldKind, fieldKinds, type Grade, grades, type StepAccess } from '@bihuan/engine'
import { freshKey } from './edit.ts'

/** Words that mean an access, a kind or a grade; the first one is written. */
export type WordsFor<T extends string> = { readonly [K in T]: readonly string[] }

export const accesses = ['required', 'write', 'read', 'none'] as const satisfies readonly StepAccess[]

/** Cells as a text for other programs: lines and tabs. */
export function cellsText(cells: readonly (readonly StepAccess[])[], words: WordsFor<StepAccess>): string {
  return cells.map((row) => row.map((access) => words[access][0] ?? '').join('\t')).join('\n')
}

/**
 * What is on the clipboard as cells of a table, without empty lines at the end. Spreadsheets put a cell of several lines
 * in quotes, and quotes in it twice; such a cell becomes one line.
 */
export function tableOf(text: string): string[][] {
  const lines: string[][] = [[]]
  const cells = /("(?:[^"]|"")*"(?=[\t\n]|$)|[^\t\n]*)([\t\n]|$)/g
  for (const [, cell = '', end] of text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').matchAll(cells)) {
    const plain = /^"[\s\S]*"$/.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell
    lines.at(-1)?.push(plain.replace(/\s+/g, ' ').trim())
    if (end === '') break
    if (end === '\n') lines.push([])
  }
  return lines
}

/** A table that holds nothing but access, read as such; null when anything else stands in it. */
export function accessTable(table: readonly (readonly string[])[], words: WordsFor<StepAccess>): StepAccess[][] | null {
  const read: StepAccess[][] = []
  for (const line of table) {
    const row = line.map((cell) => wordMeans(cell, accesses, words))
    if (row.includes(null)) return null
    read.push(row as StepAccess[])
  }
  return read
}

/** The access that each cell of a range gets from a pasted table: it is laid as often as it fits; one cell fills all. */
export function laidOver(table: readonly (readonly StepAccess[])[], height: number, width: number): StepAccess[][] {
  const rows = Math.max(height, table.length)
  return Array.from({ length: rows }, (_, row) => {
    const line = table[row % table.length] ?? []
    return Array.from({ length: Math.max(width, line.length) }, (__, col) => line[col % line.length] ?? 'none')
  })
}

function wordMeans<T extends string>(cell: string, values: readonly T[], words: WordsFor<T>): T | null {
  const wanted = cell.toLowerCase()
  return values.find((value) => words[value].some((word) => word.toLowerCase() === wanted)) ?? null
}

export interface FieldWords {
  readonly kinds: WordsFor<FieldKind>
  readonly grades: WordsFor<Grade>
  /** What the columns of such a table are called. */
  readonly heads: readonly string[]
}

/**
 * Fields from a table: the first column holds names; others may hold a kind, a grade, and the options of a choice.
 * @param taken keys in use
 * @param begin options of a choice that came without
 */
export function fieldsOf(
  table: readonly (readonly string[])[],
  group: string | undefined,
  taken: ReadonlySet<string>,
  words: FieldWords,
  begin: readonly string[],
): FieldEntry[] {
  const keys = new Set(taken)
  return withoutHead(table, words.heads).flatMap(([name = '', ...rest]): FieldEntry[] => {
    if (name === '') return []
    const kind = firstOf(rest, (cell) => wordMeans(cell, fieldKinds, words.kinds)) ?? 'text'
    const grade = firstOf(rest, (cell) => wordMeans(cell, grades, words.grades)) ?? 'internal'
    const key = freshKey(keys, name)
    keys.add(key)
    const labels = firstOf(rest, (cell) => listed(cell)) ?? begin
    return [
      {
        key,
        name: name.slice(0, 200),
        kind,
        ...(group !== undefined && { group }),
        grade,
        ...((kind === 'choice' || kind === 'choices') && { options: optionsOf(labels) }),
        ...(kind === 'attachments' && { items: [{ name: name.slice(0, 200) }] }),
        ...(kind === 'table' && { columns: [{ key: 'column_1', name: name.slice(0, 200), kind: 'text' as const }] }),
      },
    ]
  })
}

/** Cells beside the names that are no kind, no grade and no list, each once: what they meant is lost. */
export function unreadOf(table: readonly (readonly string[])[], words: FieldWords): string[] {
  const means = (cell: string): unknown =>
    cell === '' || wordMeans(cell, fieldKinds, words.kinds) || wordMeans(cell, grades, words.grades) || listed(cell)
  const beside = withoutHead(table, words.heads).flatMap(([name = '', ...rest]) => (name === '' ? [] : rest))
  return [...new Set(beside.filter((cell) => !means(cell)))]
}

/** The lines below the names of columns: a first line of several cells, each of which is called as columns are. */
function withoutHead(table: readonly (readonly string[])[], heads: readonly string[]): readonly (readonly string[])[] {
  const first = (table[0] ?? []).filter((cell) => cell !== '')
  const isHead = first.length > 1 && first.every((cell) => heads.includes(cell.toLowerCase()))
  return isHead ? table.slice(1) : table
}

function firstOf<T>(cells: readonly string[], read: (cell: string) => T | null): T | null {
  for (const cell of cells) {
    const value = cell === '' ? null : read(cell)
    if (value !== null) return value
  }
  return null
}

/** A cell that lists several words. */
function listed(cell: string): string[] | null {
  const parts = cell
    .split(/[\u3001,\uff0c;\uff1b/|]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return parts.length > 1 ? parts : null
}

/** Options with these labels, each with a value of its own. */
export function optionsOf(labels: readonly string[]): { value: string; label: string }[] {
  return [...new Set(labels)].map((label, index) => ({ value: `option_${index + 1}`, label }))
}

/**
 * Options with these labels; those that were there under a label keep their value, so that answers keep their meaning.
 * @param named values that no new option gets
 */
export function relabelled(
  labels: readonly string[],
  before: readonly { readonly value: string; readonly label: string }[],
  named: ReadonlySet<string> = new Set(),
): { value: string; label: string }[] {
  const known = new Map(before.map(({ label, value }) => [label, value]))
  const wanted = [...new Set(labels)]
  const taken = new Set(wanted.flatMap((label) => known.get(label) ?? []))
  return wanted.map((label) => {
    const kept = known.get(label)
    if (kept !== undefined) return { value: kept, label }
    const value = freeValue(taken, named)
    taken.add(value)
    return { value, label }
  })
}

/**
 * A value for a new option beside those taken.
 * @param named values that rules still name: the option may be gone, and they must not come to mean another one
 */
export function freeValue(taken: ReadonlySet<string>, named: ReadonlySet<string> = new Set()): string {
  let number = taken.size + 1
  while (taken.has(`option_${number}`) || named.has(`option_${number}`)) number += 1
  return `option_${number}`
}
