import type { Json, Problem } from '@bihuan/engine'
import { parseDocument } from 'yaml'
import type { ParameterDeclaration } from '../db/schema/parameter-set.ts'

const MAX_BYTES = 256 * 1024

/** What the runtime reads of `package.yaml`. */
export interface PackageFile {
  readonly id: string
  readonly name: string
  readonly version: string | null
  readonly department: string | null
  readonly description: string | null
}

export type Read<T> = { readonly value: T; readonly problems: readonly Problem[] }

function invalid(resource: string, found: string): Problem {
  return {
    code: 'PACKAGE_FILE_INVALID',
    severity: 'error',
    resource,
    elementId: null,
    elementName: null,
    facts: { resource, found },
  }
}

function tooLarge(resource: string, found: number): Problem {
  const facts = { resource, what: 'bytes', found, limit: MAX_BYTES }
  return { code: 'RESOURCE_TOO_LARGE', severity: 'error', resource, elementId: null, elementName: null, facts }
}

/** YAML as data: no tags of its own, at most 20 aliases, at most 256 kB. */
function readYaml(resource: string, text: string): Read<unknown> {
  if (text.length > MAX_BYTES) return { value: null, problems: [tooLarge(resource, text.length)] }
  const document = parseDocument(text, { schema: 'core', customTags: [], uniqueKeys: true, prettyErrors: true })
  const fault = document.errors[0] ?? document.warnings[0]
  if (fault) return { value: null, problems: [invalid(resource, fault.message.split('\n')[0] ?? '')] }
  try {
    return { value: document.toJS({ maxAliasCount: 20 }), problems: [] }
  } catch (error) {
    return { value: null, problems: [invalid(resource, error instanceof Error ? error.message : 'unreadable')] }
  }
}

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** Reads `package.yaml`: id and name are needed, the rest may be absent. */
export function readPackageFile(resource: string, source: string): Read<PackageFile | null> {
  const { value, problems } = readYaml(resource, source)
  if (problems.length > 0) return { value: null, problems }
  if (!isObject(value)) return { value: null, problems: [invalid(resource, 'not a mapping')] }
  const id = text(value.id)
  const name = text(value.name)
  if (!id || !/^[A-Za-z_][\w.-]{0,199}$/.test(id)) return { value: null, problems: [invalid(resource, 'id')] }
  if (!name) return { value: null, problems: [invalid(resource, 'name')] }
  const version = value.version === undefined || value.version === null ? null : String(value.version)
  return {
    value: { id, name, version, department: text(value.department), description: text(value.description) },
    problems: [],
  }
}

/** Reads `parameters.yaml`: a list `parameters` of name, title, type, default (or value), unit, mark. */
export function readParametersFile(resource: string, source: string): Read<readonly ParameterDeclaration[] | null> {
  const { value, problems } = readYaml(resource, source)
  if (problems.length > 0) return { value: null, problems }
  if (!isObject(value) || !Array.isArray(value.parameters))
    return { value: null, problems: [invalid(resource, 'parameters')] }
  const faults: Problem[] = []
  const seen = new Set<string>()
  const declarations = value.parameters.flatMap((entry: unknown, index): ParameterDeclaration[] => {
    const name = isObject(entry) ? text(entry.name) : null
    if (!isObject(entry) || !name || !/^[A-Za-z_]\w{0,99}$/.test(name) || seen.has(name)) {
      faults.push(invalid(resource, `parameters[${index}].name`))
      return []
    }
    seen.add(name)
    const initial = 'default' in entry ? entry.default : entry.value
    if (initial === undefined || !isPlain(initial)) {
      faults.push(invalid(resource, `parameters[${index}].default (${name})`))
      return []
    }
    const { title } = entry
    return [
      {
        name,
        title: isObject(title)
          ? Object.fromEntries(Object.entries(title).filter(isTitle))
          : { zh: text(title) ?? name },
        type: text(entry.type),
        unit: text(entry.unit),
        mark: text(entry.mark),
        value: initial,
      },
    ]
  })
  return faults.length > 0 ? { value: null, problems: faults } : { value: declarations, problems: [] }
}

const isTitle = (pair: [string, unknown]): pair is [string, string] => typeof pair[1] === 'string'

/** A JSON value: no dates, no numbers that JSON cannot write. */
function isPlain(value: unknown): value is Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (Array.isArray(value)) return value.every(isPlain)
  return isObject(value) && Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain)
}
