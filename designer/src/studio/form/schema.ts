/** A component of a form-js schema, or the schema itself: its members by name. */
export type Component = { readonly [name: string]: unknown }

const isObject = (value: unknown): value is Component =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The dictionary field a component comes from (`properties.field`), or null. */
export function dictionaryKey(component: object): string | null {
  const properties = (component as Component).properties
  const key = isObject(properties) ? properties.field : undefined
  return typeof key === 'string' && key !== '' ? key : null
}

/** Deeper than any form; what is nested further is meant to break whoever reads it. */
const DEEPEST = 60

function isTooDeep(text: string): boolean {
  let depth = 0
  let inText = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (inText) {
      if (sign === '\\') at += 1
      else if (sign === '"') inText = false
    } else if (sign === '"') inText = true
    else if (sign === '{' || sign === '[') depth += 1
    else if (sign === '}' || sign === ']') depth -= 1
    if (depth > DEEPEST) return true
  }
  return false
}

/** The schema of a form file, or null when the text is no JSON object that can be read. */
export function readSchema(text: string): Component | null {
  if (isTooDeep(text)) return null
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

/** Largest form the editor is given, as the server takes them. */
const LARGEST = { components: 500, options: 1_000 } as const

/** Whether a form is larger than any the server takes: laying it out would only stop the browser. */
export function isTooLarge(schema: Component): boolean {
  const components = componentsOf(schema)
  return (
    components.length > LARGEST.components ||
    components.some((component) => Array.isArray(component.values) && component.values.length > LARGEST.options) ||
    Object.keys(schema).length > LARGEST.components ||
    components.some((component) => Object.keys(component).length > LARGEST.components)
  )
}

/** All components of a schema, outer before inner. */
export function componentsOf(schema: unknown): Component[] {
  if (!isObject(schema) || !Array.isArray(schema.components)) return []
  return schema.components.flatMap((child: unknown) => (isObject(child) ? [child, ...componentsOf(child)] : []))
}

/**
 * What the editor gave, as it is kept: members in the order they had in the file, and no row written for a field that
 * has a line to itself and had none before. So that a change of one field is a change of its lines only.
 * @param before the schema the editor was given
 */
export function keptSchema(after: Component, before: Component | null): Component {
  const known = new Map(componentsOf(before).map((component) => [component.id, component]))

  const tidy = (component: Component): Component => {
    const old = known.get(component.id)
    const children = Array.isArray(component.components) ? component.components.filter(isObject) : null
    const next: Record<string, unknown> = { ...component }
    if (children) {
      const rows = new Map<unknown, number>()
      for (const child of children) {
        const row = rowOf(child)
        rows.set(row, (rows.get(row) ?? 0) + 1)
      }
      next.components = children.map((child) => tidy(rows.get(rowOf(child)) === 1 ? alone(child, known) : child))
    }
    return inOrder(next, component === after ? before : old)
  }
  return tidy(after)
}

const rowOf = (component: Component): unknown => (isObject(component.layout) ? component.layout.row : undefined)

/** A field that stands alone in its row needs no row, unless the file named one. */
function alone(component: Component, known: ReadonlyMap<unknown, Component>): Component {
  const { layout } = component
  if (!isObject(layout) || rowOf(known.get(component.id) ?? {}) !== undefined) return component
  const rest = Object.entries(layout).filter(([name, value]) => name !== 'row' && value !== null && value !== undefined)
  if (rest.length > 0) return { ...component, layout: Object.fromEntries(rest) }
  const { layout: _, ...others } = component
  return others
}

/** Members of `next` in the order of `before`, new ones after them; members without a value are left out. */
function inOrder(next: Component, before: Component | null | undefined): Component {
  const names = [...Object.keys(before ?? {}), ...Object.keys(next)]
  return Object.fromEntries(
    [...new Set(names)].filter((name) => next[name] !== undefined).map((name) => [name, next[name]]),
  )
}
