import type { FieldDictionary, PackageFiles } from '@bihuan/engine'
import { type FeelKind, readsOf } from './feel-text.ts'
import { walkXml } from './xml-text.ts'

/** An expression of a package and where people find it. */
export interface Written {
  readonly file: string
  readonly part: 'process' | 'decision' | 'form' | 'field'
  /** Id of the element, decision, form component or field it belongs to. */
  readonly elementId: string | null
  /** What people call that place; null when it has no name. */
  readonly name: string | null
  readonly kind: FeelKind
  readonly source: string
}

const known = new Map<string, readonly Written[]>()

/** Every FEEL expression of a package: conditions, mappings, rules of tables, forms and checks of fields. */
export function expressionsOf(files: PackageFiles, dictionary: FieldDictionary): Written[] {
  const all: Written[] = []
  for (const [file, text] of Object.entries(files)) {
    if (!/\.(bpmn|dmn|form)$/.test(file)) continue
    const mark = `${file}\n${text}`
    let found = known.get(mark)
    if (!found) {
      // One text a file is enough: what was is asked for no more.
      for (const old of known.keys()) if (old.startsWith(`${file}\n`)) known.delete(old)
      found = file.endsWith('.form')
        ? inForm(file, text)
        : file.endsWith('.dmn')
          ? inDecisions(file, text)
          : inProcess(file, text)
      known.set(mark, found)
    }
    all.push(...found)
  }
  for (const field of dictionary.fields) {
    if (!field.check) continue
    const source = field.check.replace(/^=/, '')
    all.push({ file: 'fields.yaml', part: 'field', elementId: field.key, name: field.name, kind: 'feel', source })
  }
  return all
}

/** Where a variable is read, outside the field's own check. */
export function usesOf(all: readonly Written[], key: string): Written[] {
  return all.filter(
    (written) =>
      !(written.part === 'field' && written.elementId === key) &&
      readsOf(written.source, written.kind).some((path) => path[0] === key),
  )
}

/** Names of the variables that are read anywhere. */
export const namesRead = (all: readonly Written[]): ReadonlySet<string> =>
  new Set(all.flatMap(({ source, kind }) => readsOf(source, kind).flatMap(([name]) => name ?? [])))

/** Where a parameter is read: `parameters.name`. */
export function usesOfParameter(all: readonly Written[], name: string): Written[] {
  return all.filter((written) =>
    readsOf(written.source, written.kind).some((path) => path[0] === 'parameters' && path[1] === name),
  )
}

function inProcess(file: string, text: string): Written[] {
  const names = new Map<string, string>()
  walkXml(text, ({ attributes }) => {
    if (attributes.id && attributes.name) names.set(attributes.id, attributes.name)
  })
  const written: Written[] = []
  walkXml(text, ({ attributes, text: inner, owner }) => {
    const sources = Object.values(attributes).filter((value) => value.startsWith('='))
    if (inner.startsWith('=')) sources.push(inner)
    for (const source of sources)
      written.push({
        file,
        part: 'process',
        elementId: owner.id ?? null,
        name: owner.name ?? flowName(owner, names),
        kind: 'feel',
        source: source.slice(1),
      })
  })
  return written
}

/** A sequence flow without a name is told by what it joins. */
function flowName(owner: Readonly<Record<string, string>>, names: ReadonlyMap<string, string>): string | null {
  const from = names.get(owner.sourceRef ?? '')
  const to = names.get(owner.targetRef ?? '')
  return from && to ? `${from} → ${to}` : null
}

const FEEL_PARENTS: { readonly [element: string]: FeelKind } = {
  inputExpression: 'feel',
  outputEntry: 'feel',
  literalExpression: 'feel',
  inputEntry: 'tests',
}

function inDecisions(file: string, text: string): Written[] {
  const written: Written[] = []
  walkXml(text, ({ element, text: inner, parent, decision }) => {
    const kind = FEEL_PARENTS[parent]
    if (element !== 'text' || !kind || inner === '') return
    written.push({
      file,
      part: 'decision',
      elementId: decision?.id ?? null,
      name: decision?.name ?? null,
      kind,
      source: inner,
    })
  })
  return written
}

function inForm(file: string, text: string): Written[] {
  let schema: unknown
  try {
    schema = JSON.parse(text)
  } catch {
    return []
  }
  const written: Written[] = []
  const title = titleOf(schema)
  const add = (component: Record<string, unknown>, source: string) =>
    written.push({
      file,
      part: 'form',
      elementId: typeof component.key === 'string' ? component.key : String(component.id ?? ''),
      name: [title, component.label].filter((word) => typeof word === 'string' && word !== '').join(' · ') || null,
      kind: 'feel',
      source,
    })
  const walk = (value: unknown, component: Record<string, unknown>, name = ''): void => {
    if (typeof value === 'string') {
      if (value.startsWith('=')) add(component, value.slice(1))
      else if (name === 'check') add(component, value)
      else for (const [, inner] of value.matchAll(/\{\{([^{}#/]+)\}\}/g)) add(component, (inner as string).trim())
      return
    }
    if (Array.isArray(value)) for (const each of value) walk(each, component)
    else if (typeof value === 'object' && value !== null) {
      const own = 'type' in value ? (value as Record<string, unknown>) : component
      for (const [member, each] of Object.entries(value)) walk(each, own, member)
    }
  }
  walk(schema, {})
  return written
}

function titleOf(schema: unknown): unknown {
  return ((schema as Record<string, unknown> | null)?.properties as Record<string, unknown> | undefined)?.title
}
