import {
  type FeelContext,
  type FieldDirectory,
  type FieldError,
  type Form,
  type FormField,
  type FormNode,
  type Json,
  type Named,
  namedIn,
  Rejection,
  type Variables,
} from '@bihuan/engine'
import { and, eq, inArray, notInArray } from 'drizzle-orm'
import type { Store } from '../db/store.ts'
import { loadPerson } from '../identity/person.ts'
import { withinReach } from '../identity/reach.ts'
import { caretakers } from '../identity/role.ts'
import type { Person } from '../identity/who.ts'

/** One field of the answers that names people or units: its value, where it stands, and what was stored there before. */
interface Place {
  readonly field: FormField
  readonly directory: FieldDirectory
  readonly path: string
  readonly before: readonly Named[]
  readonly named: readonly Named[]
  readonly replace: (value: Json) => void
}

/**
 * People and units as answers may name them: those on record, in their own names. Whom a picker does not offer cannot
 * be named either; what was stored before and is sent again unchanged stays.
 *
 * @param variables answers that have been judged; never changed
 * @returns the answers with the names on record, or the fields that name somebody else
 */
export async function settleNamed(
  store: Store,
  given: {
    readonly form: Form
    readonly variables: Variables
    readonly data: FeelContext
    readonly personId: string
  },
): Promise<{ readonly variables: Variables; readonly errors: readonly FieldError[] }> {
  if (!given.form.fields.some((field) => field.directory)) return { variables: given.variables, errors: [] }
  const variables = structuredClone(given.variables)
  const places = placesIn(given.form.nodes, variables, given.data)
  if (places.length === 0) return { variables: given.variables, errors: [] }
  const asker = await loadPerson(store, given.personId)
  if (!asker) throw new Rejection('FORBIDDEN')
  const errors: FieldError[] = []
  for (const { field, directory, path, before, named, replace } of places) {
    const known = await onRecord(store, asker, directory, named)
    const kept = new Map(before.map((one) => [one.id, one.name]))
    const names = named.map(({ id }) => ({ id, name: known.get(id) ?? kept.get(id) }))
    if (names.every((one): one is Named => one.name !== undefined))
      replace(directory.many ? names.map((one) => ({ ...one })) : { ...names[0]! })
    else {
      const code = directory.of === 'person' ? 'FIELD_PERSON_UNKNOWN' : 'FIELD_UNIT_UNKNOWN'
      errors.push({ field: path, label: field.label, code, facts: {} })
    }
  }
  return { variables, errors }
}

/** Names by id of those a picker would offer. */
async function onRecord(
  store: Store,
  asker: Person,
  directory: FieldDirectory,
  named: readonly Named[],
): Promise<ReadonlyMap<string, string>> {
  const { person, position, unit } = store.tables
  const ids = named.map((one) => one.id)
  const reach = await withinReach(store, asker)
  const rows =
    directory.of === 'unit'
      ? await store.read
          .select({ id: unit.id, name: unit.name })
          .from(unit)
          .where(
            and(inArray(unit.id, ids), reach, directory.level === null ? undefined : eq(unit.level, directory.level)),
          )
      : await store.read
          .selectDistinct({ id: person.id, name: person.name })
          .from(position)
          .innerJoin(unit, eq(unit.id, position.unitId))
          .innerJoin(person, eq(person.id, position.personId))
          .where(
            and(
              inArray(person.id, ids),
              reach,
              notInArray(position.role, [...caretakers]),
              directory.role === null ? undefined : eq(position.role, directory.role),
            ),
          )
  return new Map(rows.map((row) => [row.id, row.name]))
}

type Values = { [name: string]: Json }
const isValues = (value: Json | undefined): value is Values =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
const inside = (value: Json | undefined, path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((at, name) => (isValues(at) && Object.hasOwn(at, name) ? at[name] : undefined), value)

/** Every place of the answers that names somebody, those in the rows of lists too. */
function placesIn(nodes: readonly FormNode[], variables: Variables, data: FeelContext): Place[] {
  // What a case holds is JSON, whatever else FEEL knows.
  const stored = (path: readonly string[]) => inside(data.get(path[0]!) as Json | undefined, path.slice(1))
  return placesOf(nodes, variables, '', stored)
}

function placesOf(
  nodes: readonly FormNode[],
  answers: Values,
  prefix: string,
  stored: (path: readonly string[]) => Json | undefined,
): Place[] {
  return nodes.flatMap((node): Place[] => {
    const value = inside(answers, node.path)
    const path = prefix + node.path.join('.')
    const before = stored(node.path)
    if (node.kind === 'list') {
      const rows = Array.isArray(value) ? value : []
      const kept: readonly Json[] = Array.isArray(before) ? before : []
      return rows.flatMap((row, index) =>
        // Rows may have been taken out before it: what any row named was named in this list.
        isValues(row)
          ? placesOf(node.children, row, `${path}[${index}].`, (inner) =>
              kept.flatMap((one) => namedIn(inside(one, inner)).map((each) => ({ ...each }))),
            )
          : [],
      )
    }
    const named = node.directory ? namedIn(value) : []
    if (!node.directory || named.length === 0) return []
    const holder = inside(answers, node.path.slice(0, -1)) as Values
    return [
      {
        field: node,
        directory: node.directory,
        path,
        before: namedIn(before),
        named,
        replace: (settled) => {
          holder[node.path.at(-1)!] = settled
        },
      },
    ]
  })
}
