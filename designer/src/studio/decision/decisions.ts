import { type PackageFiles, readParametersFile, type Variables } from '@bihuan/engine'
import { decisionFiles } from './dmn-file.ts'

/** A decision as a list shows it. */
export interface DecisionEntry {
  readonly file: string
  readonly id: string
  readonly name: string
}

const TAG = /<(?:[\w.-]+:)?decision(\s[^<>]*)>/g
const attribute = (tag: string, name: string): string | null => {
  const value = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag)
  return value ? unescaped(value[1] ?? value[2] ?? '') : null
}
const ENTITIES: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const unescaped = (text: string): string =>
  text.replace(/&(?:(\w+)|#(\d+)|#x([\da-fA-F]+));/g, (whole, name?: string, decimal?: string, hex?: string) => {
    if (name) return ENTITIES[name] ?? whole
    const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })

/** The decisions of a package, file by file in their order; also of files that cannot be executed as they are. */
export const decisionsOf = (files: PackageFiles): DecisionEntry[] =>
  decisionFiles(files).flatMap((file) => {
    const found = [...(files[file] ?? '').matchAll(TAG)].flatMap((match): DecisionEntry[] => {
      const id = attribute(match[1] ?? '', 'id')
      return id ? [{ file, id, name: attribute(match[1] ?? '', 'name') ?? id }] : []
    })
    // A file without one is listed too: it can be opened, and says what is the matter.
    return found.length > 0 ? found : [{ file, id: '', name: file }]
  })

/** Elements of the processes that ask for a decision, by the text of their models. */
export const usesOf = (files: PackageFiles, decision: string): string[] =>
  Object.keys(files)
    .filter((name) => name.endsWith('.bpmn') && (files[name] ?? '').includes(`decisionId="${decision}"`))
    .sort()

/** Values that `parameters.yaml` gives in the first place; none where it cannot be read. */
export function defaultsIn(files: PackageFiles): Variables {
  const source = files['parameters.yaml']
  const declared = source === undefined ? null : readParametersFile('parameters.yaml', source).value
  return Object.fromEntries((declared ?? []).map(({ name, value }) => [name, value]))
}
