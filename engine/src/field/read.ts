import type { FieldReason } from '../problem/facts.ts'
import type { Problem } from '../problem/problem.ts'
import type { AccessMatrix, FieldDictionary, FieldEntry, StepAccess } from './dictionary.ts'
import { readEntry } from './entry.ts'
import { isMapping, readYaml } from './yaml.ts'

/** `fields.yaml` as read. With a problem, `dictionary` is null. */
export interface ReadDictionary {
  readonly dictionary: FieldDictionary | null
  readonly problems: readonly Problem[]
}

/** A dictionary without fields. */
export const emptyDictionary: FieldDictionary = Object.freeze({ fields: [], access: {} })

export const MAX_FIELDS = 500
export const MAX_STEPS = 500
const accesses: readonly string[] = ['required', 'write', 'read', 'none'] satisfies StepAccess[]

/**
 * Reads `fields.yaml`: the keys `fields` and `access` as `FieldDictionary` has them, either of which may be absent or
 * empty. Strict: what it does not know, it refuses by name. An empty file is an empty dictionary.
 */
export function readDictionary(text: string, resource: string): ReadDictionary {
  if (text.trim() === '') return { dictionary: emptyDictionary, problems: [] }
  const { value, problems: unreadable } = readYaml(resource, text)
  if (unreadable.length > 0) return { dictionary: null, problems: unreadable }
  if (value === null) return { dictionary: emptyDictionary, problems: [] }
  const problems: Problem[] = []
  const names = namesIn(value)
  const refuse = (field: string, reason: FieldReason, found?: string) => {
    problems.push({
      code: 'FIELD_INVALID',
      severity: 'error',
      resource,
      elementId: null,
      elementName: null,
      facts: { field: names.get(field) ?? field, key: field, reason, ...(found !== undefined && { found }) },
    })
  }
  const refused = () => ({ dictionary: null, problems })
  if (!isMapping(value)) {
    refuse('fields', 'notAList')
    return refused()
  }
  for (const member of Object.keys(value))
    if (member !== 'fields' && member !== 'access') refuse(member, 'memberUnknown', member)
  const fields = readFields(value.fields ?? [], refuse)
  const access = readAccess(value.access ?? {}, refuse)
  return problems.length > 0 ? refused() : { dictionary: { fields, access }, problems: [] }
}

/** Names of the fields that have key and name, sound or not: what people know them by. */
function namesIn(value: unknown): ReadonlyMap<string, string> {
  const fields = isMapping(value) && Array.isArray(value.fields) ? value.fields.filter(isMapping) : []
  return new Map(
    fields.flatMap(({ key, name }): [string, string][] =>
      typeof key === 'string' && typeof name === 'string' && name.trim() !== '' ? [[key, name]] : [],
    ),
  )
}

type Refuse = (field: string, reason: FieldReason, found?: string) => void

function readFields(source: unknown, refuse: Refuse): FieldEntry[] {
  if (!Array.isArray(source)) {
    refuse('fields', 'notAList')
    return []
  }
  if (source.length > MAX_FIELDS) {
    refuse('fields', 'tooMany', String(source.length))
    return []
  }
  const fields = source.flatMap((entry: unknown, index) => readEntry(entry, `${index + 1}`, refuse) ?? [])
  const byKey = new Map<string, FieldEntry>()
  for (const field of fields) {
    if (byKey.has(field.key)) refuse(field.key, 'keyTwice')
    byKey.set(field.key, field)
  }
  for (const { key, attendance } of fields)
    if (attendance !== undefined && byKey.get(attendance)?.kind !== 'attendance')
      refuse(key, 'attendanceUnknown', attendance)
  return fields
}

/** Steps and keys that are not there are left to the package's checks: a step may come back. */
function readAccess(source: unknown, refuse: Refuse): AccessMatrix {
  if (!isMapping(source) || Object.keys(source).length > MAX_STEPS) {
    refuse('access', isMapping(source) ? 'tooMany' : 'notAMapping')
    return {}
  }
  for (const [elementId, row] of Object.entries(source)) {
    if (!isMapping(row)) refuse(elementId, 'notAMapping')
    else
      for (const [key, access] of Object.entries(row))
        if (!accesses.some((known) => known === access)) refuse(key, 'accessUnknown', String(access))
  }
  return source as AccessMatrix
}
