import { accessAt, type FieldDictionary, type FieldEntry, type Step } from '@bihuan/engine'
import type { Change, StepChange } from './comparison.ts'
import { changesOf, type Thing, textOf } from './details.ts'

/** What differs between the fields of two dictionaries. */
export function compareFields(before: FieldDictionary, after: FieldDictionary): Change[] {
  const changes = changesOf(before.fields.map(thing), after.fields.map(thing))
  const order = (fields: readonly FieldEntry[], other: readonly FieldEntry[]) =>
    fields.flatMap(({ key }) => (other.some((field) => field.key === key) ? [key] : [])).join()
  // The order counts where the same fields stand in another one.
  if (order(before.fields, after.fields) === order(after.fields, before.fields)) return changes
  const was = before.fields.map(({ key }) => key)
  const is = after.fields.map(({ key }) => key)
  const moved = after.fields.filter(({ key }) => was.includes(key) && movedIn(key, was, is))
  return [
    ...changes,
    ...moved
      .filter(({ key }) => !changes.some(({ id }) => id === key))
      .map(
        ({ key, name, kind }): Change => ({
          kind: 'changed',
          id: key,
          name,
          type: kind,
          details: [{ what: 'order', before: null, after: null }],
        }),
      ),
  ]
}

/** Whether a field stands behind another field than before. */
function movedIn(key: string, was: readonly string[], is: readonly string[]): boolean {
  const common = (order: readonly string[], other: readonly string[]) => order.filter((one) => other.includes(one))
  const [before, after] = [common(was, is), common(is, was)]
  return before[before.indexOf(key) - 1] !== after[after.indexOf(key) - 1]
}

function thing(field: FieldEntry): Thing {
  const { key, name, kind } = field
  const range = [field.min, field.max].map((limit) => textOf(limit) ?? '')
  return {
    id: key,
    name,
    type: kind,
    facts: {
      name,
      kind,
      group: field.group,
      description: field.description,
      options: field.options?.map(({ label }) => label).join(', '),
      unit: field.unit,
      limits: [
        range.some((limit) => limit !== '') ? range.join(' – ') : null,
        textOf(field.maxLength),
        textOf(field.decimals),
        field.pattern,
      ]
        .filter(Boolean)
        .join(', '),
      check: [field.check, field.checkMessage].filter(Boolean).join(' · '),
      grade: field.grade,
      purpose: field.purpose,
      anew: field.anew ? 'anew' : null,
      columns: field.columns?.map((column) => column.name).join(', '),
      source: [field.role, field.level, field.attendance, field.multiple ? '…' : null].filter(Boolean).join(', '),
      other: textOf({
        values: field.options?.map(({ value }) => value),
        columns: field.columns?.map(({ name: _, ...rest }) => rest),
        items: field.items,
        initial: field.initial,
      }),
    },
  }
}

/** Cells of the matrix that differ, step by step, in the order of the process. */
export function compareAccess(before: FieldDictionary, after: FieldDictionary, steps: readonly Step[]): StepChange[] {
  const names = new Map([...before.fields, ...after.fields].map(({ key, name }) => [key, name]))
  const known = steps.map(({ elementId }) => elementId)
  const rest = [...Object.keys(before.access), ...Object.keys(after.access)].filter((id) => !known.includes(id))
  return [...new Set([...known, ...rest])].flatMap((elementId) => {
    const cells = [...names].flatMap(([key, name]) => {
      const [was, is] = [accessAt(before, elementId, key), accessAt(after, elementId, key)]
      return was === is ? [] : [{ key, name, before: was, after: is }]
    })
    const name = steps.find((step) => step.elementId === elementId)?.name ?? elementId
    return cells.length > 0 ? [{ elementId, name, cells }] : []
  })
}
