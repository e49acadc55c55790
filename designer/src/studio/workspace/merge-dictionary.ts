import type { AccessMatrix, FieldDictionary, FieldEntry, StepAccess } from '@bihuan/engine'

/**
 * Brings together two dictionaries that grew from one: field by field, cell by cell.
 * @returns null when both changed the same field or the same cell in different ways, or a field one changed the other removed
 */
export function mergeDictionaries(
  base: FieldDictionary,
  mine: FieldDictionary,
  theirs: FieldDictionary,
): FieldDictionary | null {
  const fields = mergeFields(base.fields, mine.fields, theirs.fields)
  const access = fields && mergeAccess(base.access, mine.access, theirs.access)
  return access ? { fields, access: withoutGone(access, fields) } : null
}

/** Whether two values say the same, in whatever order. */
export const same = (one: unknown, other: unknown): boolean => stable(one) === stable(other)

/** Text that is equal for equal values, whatever the order of their members. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

/** What came of one thing that both may have changed; `clash` when they did so differently. */
function settle<T>(
  base: T | undefined,
  mine: T | undefined,
  theirs: T | undefined,
): { value: T | undefined } | 'clash' {
  if (same(mine, theirs) || same(theirs, base)) return { value: mine }
  return same(mine, base) ? { value: theirs } : 'clash'
}

function mergeFields(
  base: readonly FieldEntry[],
  mine: readonly FieldEntry[],
  theirs: readonly FieldEntry[],
): readonly FieldEntry[] | null {
  const by = (fields: readonly FieldEntry[]) => new Map(fields.map((field) => [field.key, field]))
  const [was, here, there] = [by(base), by(mine), by(theirs)]
  const merged = new Map<string, FieldEntry>()
  for (const key of new Set([...was.keys(), ...here.keys(), ...there.keys()])) {
    const settled = settle(was.get(key), here.get(key), there.get(key))
    if (settled === 'clash') return null
    if (settled.value) merged.set(key, settled.value)
  }
  const order = mergeOrder(
    base.map(({ key }) => key),
    mine.map(({ key }) => key),
    theirs.map(({ key }) => key),
  )
  return order?.flatMap((key) => merged.get(key) ?? []) ?? null
}

/**
 * The order of the side that moved something, with what the other added put behind its predecessor there.
 * @returns null when both moved
 */
function mergeOrder(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] | null {
  const common = base.filter((key) => mine.includes(key) && theirs.includes(key))
  const of = (order: readonly string[]) => order.filter((key) => common.includes(key))
  const [movedHere, movedThere] = [!same(of(mine), common), !same(of(theirs), common)]
  if (movedHere && movedThere && !same(of(mine), of(theirs))) return null
  const [leading, other] = movedThere ? [theirs, mine] : [mine, theirs]
  const order = [...leading]
  other.forEach((key, index) => {
    if (order.includes(key)) return
    const before = other.slice(0, index).findLast((earlier) => order.includes(earlier))
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, key)
  })
  return order
}

function mergeAccess(base: AccessMatrix, mine: AccessMatrix, theirs: AccessMatrix): AccessMatrix | null {
  const merged: Record<string, Record<string, StepAccess>> = {}
  for (const step of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const row: Record<string, StepAccess> = {}
    const keys = new Set([base, mine, theirs].flatMap((matrix) => Object.keys(matrix[step] ?? {})))
    for (const key of keys) {
      const cell = (matrix: AccessMatrix): StepAccess => matrix[step]?.[key] ?? 'none'
      const settled = settle(cell(base), cell(mine), cell(theirs))
      if (settled === 'clash') return null
      if (settled.value && settled.value !== 'none') row[key] = settled.value
    }
    merged[step] = row
  }
  return merged
}

/** Cells of fields that one side removed are gone with them. */
function withoutGone(access: AccessMatrix, fields: readonly FieldEntry[]): AccessMatrix {
  const kept = new Set(fields.map(({ key }) => key))
  return Object.fromEntries(
    Object.entries(access).map(([step, row]) => [
      step,
      Object.fromEntries(Object.entries(row).filter(([key]) => kept.has(key))),
    ]),
  )
}
