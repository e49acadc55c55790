import type { JsonObject } from '../form/form.ts'
import { isObject } from '../form/json-object.ts'
import { sameJson } from '../form/paths.ts'
import type { Json } from '../record/json.ts'
import { holdsKind } from './component.ts'
import type { FieldKind } from './dictionary.ts'

/** Members that say where a component stands and which it is; they are the form's own. */
const OWN = new Set(['id', 'key', 'layout', 'conditional'])

/**
 * Merges a component of a form with what the dictionary makes of its field: each member follows the dictionary unless
 * it was changed by hand. Access is the matrix's to say: when it changed, it holds. A field whose kind changed and
 * whose component cannot hold the new kind gets the new component, in its old place.
 *
 * @param base as generated before; null when the field was not on this form
 * @param mine as the form has it
 * @param theirs as generated now
 */
export function mergeComponent(
  base: JsonObject | null,
  mine: JsonObject,
  theirs: JsonObject,
  kind: FieldKind,
): JsonObject {
  const before = base ?? {}
  const isStranger = !holdsKind(mine, kind) && !(before.type === mine.type && before.subtype === mine.subtype)
  const merged = isStranger ? { ...theirs, ...kept(mine) } : mergeObjects(before, mine, theirs, OWN)
  return withAccess(before, merged, theirs)
}

function kept(mine: JsonObject): JsonObject {
  return Object.fromEntries([...OWN].filter((member) => Object.hasOwn(mine, member)).map((name) => [name, mine[name]!]))
}

/** Read-only and required as the matrix says, where it says something new. */
function withAccess(base: JsonObject, merged: JsonObject, theirs: JsonObject): JsonObject {
  const isRequired = (component: JsonObject): boolean =>
    isObject(component.validate) && component.validate.required === true
  const isNew = (base.readonly === true) !== (theirs.readonly === true) || isRequired(base) !== isRequired(theirs)
  if (!isNew) return merged
  const result = { ...merged }
  if (theirs.readonly === true) result.readonly = true
  else if (result.readonly === true) delete result.readonly
  const rules = isObject(result.validate) ? result.validate : {}
  if (isRequired(theirs)) result.validate = { ...rules, required: true }
  else if (isRequired(result)) {
    const { required: _, ...rest } = rules
    if (Object.keys(rest).length > 0) result.validate = rest
    else delete result.validate
  }
  return result
}

/** Three-way merge of two objects, member by member; the order of mine stays, new members come last. */
export function mergeObjects(
  base: JsonObject,
  mine: JsonObject,
  theirs: JsonObject,
  leave: ReadonlySet<string> = new Set(),
): JsonObject {
  const merged: JsonObject = {}
  for (const name of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const [before, here, now] = [entry(base, name), entry(mine, name), entry(theirs, name)]
    const value = leave.has(name) ? here : mergeValue(before, here, now)
    if (value !== undefined) merged[name] = value
  }
  return merged
}

const entry = (object: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined

function mergeValue(base: Json | undefined, mine: Json | undefined, theirs: Json | undefined): Json | undefined {
  if (sameJson(base, theirs)) return mine
  if (sameJson(base, mine)) return theirs
  if (isObject(mine) && isObject(theirs)) return mergeObjects(isObject(base) ? base : {}, mine, theirs)
  if (isNamedList(mine) && isNamedList(theirs) && (base === undefined || isNamedList(base)))
    return mergeLists(base ?? [], mine, theirs)
  return mine
}

/** What an item of a list is known by: an option by its value, a column by its key, a paper by its name. */
const nameOf = (item: Json): string | null => {
  if (!isObject(item)) return null
  for (const name of ['value', 'key', 'name'])
    if (typeof item[name] === 'string') return `${name}:${item[name] as string}`
  return null
}

const isNamedList = (value: Json | undefined): value is JsonObject[] =>
  Array.isArray(value) && value.every((item) => nameOf(item) !== null)

/** Items follow the dictionary in number and order; what was changed in one by hand, added or taken out by hand, stays so. */
function mergeLists(base: JsonObject[], mine: JsonObject[], theirs: JsonObject[]): JsonObject[] {
  const find = (list: JsonObject[], item: JsonObject) => list.find((other) => nameOf(other) === nameOf(item))
  const followed = theirs.flatMap((item) => {
    const [before, here] = [find(base, item), find(mine, item)]
    if (here) return [mergeObjects(before ?? {}, here, item)]
    return before ? [] : [item]
  })
  const added = mine.filter((item) => !find(theirs, item) && !find(base, item))
  return [...followed, ...added]
}
