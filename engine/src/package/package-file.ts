import { isMap, isScalar, parseDocument, stringify } from 'yaml'
import { invalidFile, isMapping, type Read, readYaml } from '../field/yaml.ts'
import type { PackageFiles } from './files.ts'

/** What is read of `package.yaml`; the rest (legal basis, lists of files) is for people. */
export interface PackageFile {
  readonly id: string
  readonly name: string
  readonly version: string | null
  readonly department: string | null
  readonly description: string | null
}

const ID = /^[A-Za-z_][\w.-]{0,199}$/
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** Reads `package.yaml`: id and name are needed, the rest may be absent. */
export function readPackageFile(resource: string, source: string): Read<PackageFile | null> {
  const { value, problems } = readYaml(resource, source)
  if (problems.length > 0) return { value: null, problems }
  if (!isMapping(value)) return { value: null, problems: [invalidFile(resource, 'not a mapping')] }
  const id = textOf(value.id)
  const name = textOf(value.name)
  if (!id || !ID.test(id)) return { value: null, problems: [invalidFile(resource, 'id')] }
  if (!name) return { value: null, problems: [invalidFile(resource, 'name')] }
  const version = value.version === undefined || value.version === null ? null : String(value.version)
  return {
    value: { id, name, version, department: textOf(value.department), description: textOf(value.description) },
    problems: [],
  }
}

/** Name of a package as its `package.yaml` has it; null when there is none that can be read. */
export function packageName(files: PackageFiles): string | null {
  const text = files['package.yaml']
  return text === undefined ? null : (readPackageFile('package.yaml', text).value?.name ?? null)
}

/** Laws that `package.yaml` names as `legal_basis`, each once; none when it cannot be read. */
export function lawsOf(files: PackageFiles): readonly string[] {
  const text = files['package.yaml']
  const { value } = text === undefined ? { value: null } : readYaml('package.yaml', text)
  const basis = isMapping(value) && Array.isArray(value.legal_basis) ? value.legal_basis : []
  return [...new Set(basis.flatMap((one: unknown) => (isMapping(one) ? (textOf(one.law) ?? []) : [])))]
}

/**
 * The text of `package.yaml` with entries set and every other byte as it was. A text that cannot be read is given back
 * as it is.
 */
export function setPackageEntries(text: string, entries: { readonly id?: string; readonly name?: string }): string {
  return Object.entries(entries).reduce((now, [name, value]) => setEntry(now, name, value), text)
}

function setEntry(text: string, name: string, value: string): string {
  if (readYaml('package.yaml', text).problems.length > 0) return text
  const document = parseDocument(text, { schema: 'core', customTags: [], uniqueKeys: false })
  if (!isMap(document.contents)) return text
  const written = stringify(value, { lineWidth: 0 }).trimEnd()
  const node = document.get(name, true)
  if (isScalar(node) && node.range) {
    const [from, to] = node.range
    // A block of lines ends with its last line break.
    const end = text.slice(from, to).endsWith('\n') ? '\n' : ''
    return text.slice(0, from) + written + end + text.slice(to)
  }
  return `${name}: ${written}\n${text}`
}

/** The text of `package.yaml` under another name. */
export const setPackageName = (text: string, name: string): string => setPackageEntries(text, { name })
