import type { ModdleElement } from 'bpmn-moddle'
import type { Expression } from '../feel.ts'
import { baseTypeOf, type ItemType } from '../type.ts'
import { bodyOf, many, one, type Report, text } from './report.ts'

/** Item definitions nest so deep and no deeper. */
const MAX_DEPTH = 32

/** What reading a type needs of the reading of the file: where problems go, and how unary tests are compiled. */
interface Compiling {
  readonly report: Report
  compile(source: string, holder: ModdleElement, kind: 'tests'): Expression | null
}

/** Reads item definitions (DMN 1.5 §7.3.3) into types; each once, when something names it. */
export class TypeReader {
  readonly #reading: Compiling
  readonly #definitions = new Map<string, ModdleElement>()
  readonly #made = new Map<string, ItemType | null>()

  constructor(root: ModdleElement, reading: Compiling) {
    this.#reading = reading
    for (const definition of many(root.itemDefinition)) {
      const name = text(definition.name)
      if (name === null) continue
      if (this.#definitions.has(name)) reading.report('DUPLICATE_ID', definition, { id: name })
      this.#definitions.set(name, definition)
    }
  }

  /** Reads every definition, so that a fault in one is told although nothing names it. */
  all(): void {
    for (const name of this.#definitions.keys()) this.#named(name, [])
  }

  /** The type that an element's `typeRef` names; null for any, and when there is no such type (which is reported). */
  of(element: ModdleElement | null, holder: ModdleElement): ItemType | null {
    const typeRef = element && text(element.typeRef)
    return typeRef ? this.#reference(typeRef, holder, []) : null
  }

  /** A type whose values are limited to those of some unary tests (`inputValues`, `outputValues`). */
  limited(type: ItemType | null, tests: ModdleElement | null, holder: ModdleElement): ItemType | null {
    const source = bodyOf(tests).trim()
    if (source === '' || source === '-') return type
    const compiled = this.#reading.compile(source, holder, 'tests')
    return compiled && { kind: 'constrained', name: type?.name ?? source.slice(0, 100), type, tests: compiled, source }
  }

  #reference(typeRef: string, holder: ModdleElement, above: readonly string[]): ItemType | null {
    const name = typeRef.trim()
    if (this.#definitions.has(name)) return this.#named(name, above)
    // DMN 1.1 writes a qualified name.
    const local = name.replace(/^[\w.-]+:/, '')
    if (this.#definitions.has(local)) return this.#named(local, above)
    const base = baseTypeOf(name) ?? baseTypeOf(local)
    if (base === null) this.#reading.report('DANGLING_REFERENCE', holder, { property: 'typeRef', id: name })
    return base === 'any' ? null : base
  }

  #named(name: string, above: readonly string[]): ItemType | null {
    const made = this.#made.get(name)
    if (made !== undefined) return made
    const definition = this.#definitions.get(name)!
    if (above.includes(name) || above.length >= MAX_DEPTH) {
      this.#reading.report('DECISION_INVALID', definition, { reason: 'typeCircle' })
      this.#made.set(name, null)
      return null
    }
    const type = this.#definition(definition, [...above, name])
    this.#made.set(name, type)
    return type
  }

  #definition(definition: ModdleElement, above: readonly string[]): ItemType | null {
    const name = text(definition.name) ?? ''
    const allowed = one(definition.allowedValues)
    const constraint = one(definition.typeConstraint)
    const bare = this.#bare(definition, name, above)
    // Allowed values of its own take the place of those of the type it is made of.
    const inner = allowed && bare?.kind === 'constrained' ? bare.type : bare
    if (definition.isCollection === true) {
      const item = named(this.limited(inner, allowed, definition), name)
      return named(this.limited({ kind: 'list', name, item }, constraint, definition), name)
    }
    return named(this.limited(this.limited(inner, allowed, definition), constraint, definition), name)
  }

  #bare(definition: ModdleElement, name: string, above: readonly string[]): ItemType | null {
    const typeRef = text(definition.typeRef)
    if (typeRef !== null) return this.#reference(typeRef, definition, above)
    const item = one(definition.functionItem)
    if (item) {
      const result = text(item.outputTypeRef)
      return { kind: 'function', name, result: result === null ? null : this.#reference(result, definition, above) }
    }
    const components = many(definition.itemComponent)
    if (components.length === 0) return null
    if (above.length >= MAX_DEPTH) {
      this.#reading.report('DECISION_INVALID', definition, { reason: 'typeCircle' })
      return null
    }
    const entries = components.map((component) => {
      const entry = text(component.name) ?? ''
      return { name: entry, type: this.#definition(component, [...above, `${name}.${entry}`]) }
    })
    return { kind: 'structure', name, entries }
  }
}

const named = (type: ItemType | null, name: string): ItemType | null => (type && name !== '' ? { ...type, name } : type)
