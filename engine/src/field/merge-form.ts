import type { JsonObject } from '../form/form.ts'
import { isObject } from '../form/json-object.ts'
import { sameJson } from '../form/paths.ts'
import type { Json } from '../record/json.ts'
import type { FieldKind } from './dictionary.ts'
import { mergeComponent, mergeObjects } from './merge-component.ts'

/**
 * Brings a form up to date with dictionary and matrix, keeping what was laid out by hand: order, rows, groups, texts and
 * other components, and every member of a field's component that was changed by hand. A form whose layout was never
 * touched is laid out anew. A field that is no longer seen at the step leaves the form; one that is new comes after its
 * predecessor in the dictionary; one that was taken out by hand stays out until it must be filled.
 *
 * @param base generated from the dictionary before
 * @param mine the form as it is
 * @param theirs generated from the dictionary as it is now
 * @param kindOf the kind of a field now
 * @param order keys of all fields in the order of the dictionary
 */
export function mergeForm(given: {
  readonly base: JsonObject
  readonly mine: JsonObject
  readonly theirs: JsonObject
  readonly kindOf: (key: string) => FieldKind | undefined
  readonly order: readonly string[]
}): JsonObject {
  const { base, mine, theirs, kindOf, order } = given
  if (sameJson(base, theirs)) return mine
  const [before, here, now] = [fieldsIn(base), fieldsIn(mine), fieldsIn(theirs)]
  const merged = new Map<string, JsonObject>()
  for (const [key, component] of now) {
    const known = here.get(key)
    const kind = kindOf(key)
    merged.set(key, known && kind ? mergeComponent(before.get(key) ?? null, known, component, kind) : component)
  }
  const components = isLaidOut(base, mine)
    ? new Layout({ before, here, now, merged, order, base, theirs }).keep(listOf(mine.components))
    : follow(listOf(theirs.components), merged, groupsIn(base), groupsIn(mine))
  const { components: _, ...head } = mine
  const { components: __, ...headBefore } = base
  const { components: ___, ...headNow } = theirs
  return { ...mergeObjects(headBefore, head, headNow), components }
}

/** Whether the layout of a form is another than the generated one: order, rows, columns, groups, components of its own. */
export const isLaidOut = (generated: JsonObject, form: JsonObject): boolean =>
  !sameJson(outline(listOf(generated.components)), outline(listOf(form.components)))

function outline(components: readonly JsonObject[]): Json[] {
  return components.map((component) => [
    component.key ?? component.id ?? component.type ?? null,
    component.layout ?? null,
    Array.isArray(component.components) ? outline(listOf(component.components)) : null,
  ])
}

const listOf = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : [])

/** A group that only heads what stands in it: its fields are top-level variables. */
const isPlainGroup = ({ type, path }: JsonObject): boolean => type === 'group' && (path === undefined || path === '')

/** Components that hold a top-level variable, by key. Fields in lists and in groups with a path are not of the dictionary. */
export function fieldsIn(schema: JsonObject): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>()
  const walk = (components: readonly JsonObject[]): void => {
    for (const component of components) {
      if (isPlainGroup(component)) walk(listOf(component.components))
      else if (typeof component.key === 'string') found.set(component.key, component)
    }
  }
  walk(listOf(schema.components))
  return found
}

function groupsIn(schema: JsonObject): Map<string, JsonObject> {
  const groups = listOf(schema.components).filter((one) => isPlainGroup(one) && typeof one.id === 'string')
  return new Map(groups.map((group) => [String(group.id), group]))
}

/** The generated layout, filled with the merged components; groups keep what was changed on them by hand. */
function follow(
  components: readonly JsonObject[],
  merged: ReadonlyMap<string, JsonObject>,
  before: ReadonlyMap<string, JsonObject>,
  here: ReadonlyMap<string, JsonObject>,
): JsonObject[] {
  return components.map((component) => {
    if (typeof component.key === 'string') {
      const found = merged.get(component.key) ?? component
      return component.layout === undefined ? found : { ...found, layout: component.layout }
    }
    const inner = follow(listOf(component.components), merged, before, here)
    const known = here.get(String(component.id))
    if (!known) return { ...component, components: inner }
    const leave = new Set(['components'])
    return { ...mergeObjects(before.get(String(component.id)) ?? {}, known, component, leave), components: inner }
  })
}

interface LayoutInput {
  readonly before: ReadonlyMap<string, JsonObject>
  readonly here: ReadonlyMap<string, JsonObject>
  readonly now: ReadonlyMap<string, JsonObject>
  readonly merged: ReadonlyMap<string, JsonObject>
  readonly order: readonly string[]
  readonly base: JsonObject
  readonly theirs: JsonObject
}

/** Keeps a layout made by hand, with fields gone and fields come. */
class Layout {
  readonly #in: LayoutInput
  readonly #generatedGroups: ReadonlySet<string>

  constructor(input: LayoutInput) {
    this.#in = input
    this.#generatedGroups = new Set(groupsIn(input.base).keys())
  }

  keep(components: readonly JsonObject[]): JsonObject[] {
    const { now, before, here, order } = this.#in
    let kept = this.#walk(components)
    for (const key of order) {
      const component = now.get(key)
      if (!component || here.has(key)) continue
      const isDue = isRequired(component) && !isRequired(before.get(key))
      if (!before.has(key) || isDue) kept = this.#insert(kept, key)
    }
    return this.#prune(kept)
  }

  /** Takes away headings that were generated and head nothing now. */
  #prune(components: readonly JsonObject[]): JsonObject[] {
    return components.filter(
      ({ id, components: inner }) => !this.#generatedGroups.has(String(id)) || listOf(inner).length > 0,
    )
  }

  #walk(components: readonly JsonObject[]): JsonObject[] {
    const { before, now, merged } = this.#in
    return components.flatMap((component) => {
      if (isPlainGroup(component)) return [{ ...component, components: this.#walk(listOf(component.components)) }]
      if (typeof component.key !== 'string') return [component]
      if (now.has(component.key)) return [merged.get(component.key)!]
      return before.has(component.key) ? [] : [component]
    })
  }

  /** Puts a field after the nearest one before it in the dictionary, else before the nearest one after it, else last. */
  #insert(components: readonly JsonObject[], key: string): JsonObject[] {
    const { order, now, theirs } = this.#in
    const made = now.get(key)!
    const alone: JsonObject = { ...made, layout: { row: `Row_${key}`, columns: null } }
    const group = groupAround(theirs, key)
    const at = order.indexOf(key)
    const present = fieldsIn({ components: [...components] })
    const isNear = (other: string): boolean => present.has(other) && sameGroup(theirs, key, other)
    const previous = order.slice(0, at).reverse()
    const next = order.slice(at + 1)
    const after = previous.find(isNear)
    if (after !== undefined) return place(components, after, alone, 1)
    const ahead = next.find(isNear)
    if (ahead !== undefined) return place(components, ahead, alone, 0)
    if (group === null) {
      const any = previous.find((other) => present.has(other))
      return any === undefined ? [alone, ...components] : place(components, any, alone, 1)
    }
    const home = components.findIndex((one) => isPlainGroup(one) && (one.id === group.id || one.label === group.label))
    if (home < 0) return [...components, { ...group, components: [alone] }]
    return components.map((one, i) => (i === home ? { ...one, components: [alone, ...listOf(one.components)] } : one))
  }
}

const isRequired = (component: JsonObject | undefined): boolean =>
  isObject(component?.validate) && component.validate.required === true

const groupAround = (schema: JsonObject, key: string): JsonObject | null =>
  [...groupsIn(schema).values()].find((group) => fieldsIn(group).has(key)) ?? null

const sameGroup = (schema: JsonObject, key: string, other: string): boolean =>
  groupAround(schema, key)?.id === groupAround(schema, other)?.id

/** Puts a component beside the field of that key, wherever it stands. */
function place(components: readonly JsonObject[], key: string, made: JsonObject, offset: 0 | 1): JsonObject[] {
  const at = components.findIndex((component) => component.key === key)
  if (at >= 0) return [...components.slice(0, at + offset), made, ...components.slice(at + offset)]
  return components.map((component) =>
    isPlainGroup(component)
      ? { ...component, components: place(listOf(component.components), key, made, offset) }
      : component,
  )
}
