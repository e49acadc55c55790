import { changeAttributes, escaped, type Tag, tagsOf } from './attributes.ts'
import { packageText } from './blank.ts'
import type { PackageFiles } from './files.ts'
import { formFiles, formText } from './forms.ts'
import { readPackageFile, setPackageEntries } from './package-file.ts'

type Renamed = ReadonlyMap<string, string>

/**
 * A copy of a package under another id and name: the ids of its processes, forms and decisions follow, with all that
 * refers to them (drawing, participants, form and decision references, requirements, scenarios), so that both can be
 * deployed beside each other. Ids of elements stay, and every byte that is not one of those ids. What the package does
 * not have itself keeps the id it is called by. Without a `package.yaml` one is made.
 */
export function renamePackage(
  files: PackageFiles,
  given: { readonly id: string; readonly name: string },
): PackageFiles {
  const { id, name } = given
  const about = readPackageFile('package.yaml', files['package.yaml'] ?? '').value
  const processes = idsOf(files, '.bpmn', 'process')
  const old = about?.id ?? processes[0] ?? ''
  const follow = (known: string): string =>
    known === old ? id : known.startsWith(`${old}_`) ? id + known.slice(old.length) : `${id}_${known}`
  const renamed = (ids: Iterable<string>): Renamed => new Map([...ids].map((known) => [known, follow(known)]))
  const ids = {
    processes: renamed(processes),
    forms: renamed(formFiles(files).keys()),
    decisions: renamed(DECIDES.flatMap((tag) => idsOf(files, '.dmn', tag))),
  }
  const copied = Object.entries(files).map(([file, text]): [string, string] => {
    if (file === 'package.yaml')
      return [file, about ? setPackageEntries(text, { id, name }) : packageText({ id, name })]
    if (file.endsWith('.bpmn')) return [file, renameModel(text, ids, { before: about?.name ?? null, after: name })]
    if (file.endsWith('.dmn')) return [file, renameDecisions(text, ids.decisions)]
    if (file.startsWith('scenarios/')) return [file, renameLine(text, 'process', ids.processes)]
    if (file.endsWith('.dmn.tests.yaml')) return [file, renameLine(text, 'decision', ids.decisions)]
    return [file, text]
  })
  const result = Object.fromEntries(copied)
  for (const [formId, form] of formFiles(files))
    result[form.name] = formText({ ...form.schema, id: ids.forms.get(formId) ?? formId })
  return Object.hasOwn(result, 'package.yaml') ? result : { 'package.yaml': packageText({ id, name }), ...result }
}

/** Elements of DMN that are evaluated by their id. */
const DECIDES: readonly string[] = ['decision', 'decisionService']

function idsOf(files: PackageFiles, extension: string, tag: string): string[] {
  return Object.entries(files)
    .filter(([name]) => name.endsWith(extension))
    .flatMap(([, text]) => tagsOf(text).filter((one) => one.name === tag))
    .flatMap(({ attributes }) => attributes.id ?? [])
}

function renameModel(
  xml: string,
  ids: { readonly processes: Renamed; readonly forms: Renamed; readonly decisions: Renamed },
  names: { readonly before: string | null; readonly after: string },
): string {
  return changeAttributes(xml, (tag, attribute, value) => {
    if (tag.name === 'process' && attribute === 'name' && value === names.before) return escaped(names.after)
    const isProcess =
      (tag.name === 'process' && attribute === 'id') ||
      attribute === 'bpmnElement' ||
      attribute === 'processRef' ||
      (tag.name === 'calledElement' && attribute === 'processId')
    if (isProcess) return ids.processes.get(value) ?? null
    if (attribute === 'formId') return ids.forms.get(value) ?? null
    return tag.name === 'calledDecision' && attribute === 'decisionId' ? (ids.decisions.get(value) ?? null) : null
  })
}

/** In FEEL a decision is read by its name: only its id changes, and what refers to it by id. */
function renameDecisions(xml: string, ids: Renamed): string {
  return changeAttributes(
    xml,
    (tag: Tag, attribute, value) => {
      if (DECIDES.includes(tag.name) && attribute === 'id') return ids.get(value) ?? null
      if (attribute === 'dmnElementRef') return ids.get(value) ?? null
      if (attribute !== 'href' || !value.startsWith('#')) return null
      const id = ids.get(value.slice(1))
      return id === undefined ? null : `#${id}`
    },
    // A decision without a name is read by its old id: it gets that as its name.
    ({ name, attributes: { id, name: own } }) =>
      DECIDES.includes(name) && own === undefined && id !== undefined && ids.has(id)
        ? { name: 'name', value: id }
        : null,
  )
}

/** A line `member: id` at the top of a YAML text. */
function renameLine(text: string, member: string, ids: Renamed): string {
  const line = new RegExp(`^(${member}:[ \\t]*)(["']?)([\\w.-]+)\\2(?=[ \\t]*(?:#.*)?\\r?$)`, 'm')
  return text.replace(line, (whole, head: string, quote: string, id: string) => {
    const after = ids.get(id)
    return after === undefined ? whole : `${head}${quote}${after}${quote}`
  })
}
