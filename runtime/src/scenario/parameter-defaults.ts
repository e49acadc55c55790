import type { Json, Variables } from '@bihuan/engine'
import { parse } from 'yaml'
import { type PackageFile, PackageFolderError } from './package-folder.ts'

/** Default values by name of a `parameters.yaml`. Throws `PackageFolderError` when it is not a list of them. */
export function defaultsOf(file: PackageFile): Variables {
  const written: unknown = parse(file.text, { maxAliasCount: 50 })
  const list = (written as { parameters?: unknown } | null)?.parameters
  if (!Array.isArray(list)) throw new PackageFolderError(`Expected ${file.name} to have a list "parameters", but it has none.`)
  const values: Variables = {}
  for (const [index, entry] of list.entries()) {
    const { name, default: value } = (entry ?? {}) as { name?: unknown; default?: Json }
    if (typeof name !== 'string' || value === undefined) {
      throw new PackageFolderError(`Expected parameter ${index + 1} of ${file.name} to have a name and a default, but it has not.`)
    }
    values[name] = value
  }
  return values
}
