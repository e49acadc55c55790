import type { PackageFiles } from '@bihuan/engine'
import type { FormChange } from './comparison.ts'
import { changesOf, detailsOf, type Facts, type Thing, textOf } from './details.ts'

interface Schema {
  readonly id?: unknown
  readonly properties?: { readonly title?: unknown } & Record<string, unknown>
  readonly components?: unknown
}

type Component = Readonly<Record<string, unknown>>

/** What differs between the forms of two versions, a file each. */
export function compareForms(before: PackageFiles, after: PackageFiles): FormChange[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])].filter((name) => name.endsWith('.form'))
  return names.flatMap((resource): FormChange[] => {
    const [was, is] = [before[resource], after[resource]]
    if (was === is) return []
    const [earlier, later] = [parse(was), parse(is)]
    const title = titleOf(later ?? earlier) ?? resource.replace(/\.form$/, '')
    if (was === undefined || is === undefined)
      return [{ kind: was === undefined ? 'added' : 'removed', resource, title, details: [], components: [] }]
    if (!earlier || !later)
      return [
        { kind: 'changed', resource, title, details: [{ what: 'other', before: null, after: null }], components: [] },
      ]
    const [old, now] = [thingsOf(earlier), thingsOf(later)]
    const components = changesOf(old, now)
    const details = detailsOf(formFacts(earlier), formFacts(later))
    if (ordered(old, now) !== ordered(now, old)) details.push({ what: 'order', before: null, after: null })
    // Written differently, saying the same.
    return components.length + details.length > 0 ? [{ kind: 'changed', resource, title, details, components }] : []
  })
}

const ordered = (things: readonly Thing[], others: readonly Thing[]): string =>
  things.flatMap(({ id }) => (others.some((other) => other.id === id) ? [id] : [])).join()

function parse(text: string | undefined): Schema | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : null
  } catch {
    return null
  }
}

const titleOf = (schema: Schema | null): string | null => textOf(schema?.properties?.title)

function formFacts(schema: Schema): Facts {
  const { components: _components, id, properties, ...rest } = schema as Schema & Record<string, unknown>
  const { title, ...more } = properties ?? {}
  const { exporter: _exporter, executionPlatform: _platform, executionPlatformVersion: _version, ...other } = rest
  return { title: textOf(title), name: textOf(id), other: textOf({ ...other, ...more }) }
}

/** Components at every depth; one without a key goes by its id. */
function thingsOf(schema: Schema): Thing[] {
  const walk = (components: unknown, path: string): Thing[] =>
    (Array.isArray(components) ? (components as Component[]) : []).flatMap((component) => {
      const key =
        textOf(component.key) ?? textOf(component.path) ?? textOf(component.id) ?? textOf(component.text) ?? ''
      const id = path + key
      return [thing(component, id), ...walk(component.components, `${id}.`)]
    })
  const seen = new Map<string, number>()
  return walk(schema.components, '').map((one) => {
    const count = seen.get(one.id) ?? 0
    seen.set(one.id, count + 1)
    return count === 0 ? one : { ...one, id: `${one.id}#${count}` }
  })
}

function thing(component: Component, id: string): Thing {
  const {
    label,
    text,
    type,
    description,
    validate,
    values,
    layout,
    id: _id,
    key,
    components: _children,
    ...rest
  } = component
  const rules = (validate ?? {}) as Record<string, unknown>
  const { required, ...limits } = rules
  const name = textOf(label) ?? textOf(text) ?? textOf(key) ?? id
  return {
    id,
    name,
    type: textOf(type),
    facts: {
      name: textOf(label) ?? textOf(text),
      kind: textOf(type),
      description: textOf(description),
      required: required === true ? 'required' : null,
      limits: Object.keys(limits).length > 0 ? textOf(limits) : null,
      options: Array.isArray(values)
        ? values.map((option: { label?: unknown }) => textOf(option?.label) ?? '').join(', ')
        : null,
      layout: layoutOf(layout),
      other: Object.keys(rest).length > 0 ? textOf(rest) : null,
    },
  }
}

/** Width only: which row of the editor a component stands in is told by the order. */
const layoutOf = (layout: unknown): string | null => textOf((layout as { columns?: unknown } | undefined)?.columns)
