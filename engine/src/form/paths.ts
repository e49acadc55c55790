import type { FeelContext } from '../feel/index.ts'
import { setEntry } from '../feel/json.ts'
import type { Json } from '../record/json.ts'
import type { JsonObject } from './form.ts'
import { isObject, own } from './json-object.ts'

/** The value at a path of own entries; undefined where there is none. */
export function valueAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  for (const name of path) value = isObject(value) ? own(value, name) : undefined
  return value
}

/** The value at a path whose first name is looked up in a context, which for a form holds JSON alone. */
export function readAt(context: FeelContext, path: readonly string[]): Json | undefined {
  return valueAt(context.get(path[0]!) as Json | undefined, path.slice(1))
}

/** Sets the value at a path, making the objects on the way. */
export function placeAt(target: JsonObject, path: readonly string[], value: Json): void {
  let object = target
  for (const name of path.slice(0, -1)) {
    const next = own(object, name)
    if (isObject(next)) object = next
    else {
      const made: JsonObject = {}
      setEntry(object, name, made)
      object = made
    }
  }
  setEntry(object, path.at(-1)!, value)
}

/** Equality of JSON values; the order of entries does not matter. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]))
  if (!isObject(a) || !isObject(b)) return false
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameJson(a[name], b[name]))
  )
}

/** Whether a value nests deeper than so many levels; looks no further down. */
export function isDeeper(value: Json, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false
  return levels === 0 || Object.values(value).some((entry) => isDeeper(entry, levels - 1))
}

/** A deep copy that shares nothing; `undefined` becomes null. */
export const copy = (value: Json | undefined): Json =>
  value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json)
