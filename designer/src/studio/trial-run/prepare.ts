import {
  type Decision,
  type DefinitionBundle,
  type DefinitionSource,
  type FieldDictionary,
  type Form,
  judgePackage,
  type PackageFiles,
  type Problem,
  type ProcessDefinition,
  readForm,
  type Variables,
} from '@bihuan/engine'
import { firstProcess } from '../workspace/process-files.ts'

/** A draft made ready to be played: what deploy would make of its files. */
export interface Prepared {
  readonly process: ProcessDefinition
  /** The file it is drawn in. */
  readonly resource: string
  readonly bundle: DefinitionBundle
  /** The processes of the draft, which may call each other. */
  readonly others: DefinitionSource
  readonly forms: ReadonlyMap<string, Form>
  readonly dictionary: FieldDictionary | null
  /** Defaults of `parameters.yaml`. */
  readonly parameters: Variables
}

/**
 * Reads a draft as deploy would. With an error nothing can be played: `prepared` is null and `problems` say why.
 *
 * @param known forms and decisions of other packages that the models may name
 * @param drawn the file whose process is played; the first one when it has none
 */
export async function prepare(
  files: PackageFiles,
  known: { readonly forms: readonly string[]; readonly decisions: readonly string[] },
  drawn = firstProcess(files),
): Promise<{ readonly prepared: Prepared | null; readonly problems: readonly Problem[] }> {
  const read = await judgePackage(files, known)
  const errors = read.problems.filter(({ severity }) => severity === 'error')
  const main = read.processes.find(({ resource }) => resource === drawn) ?? read.processes[0]
  if (errors.length > 0 || !main) return { prepared: null, problems: errors }
  let lastKey = 0
  const newKey = () => {
    lastKey += 1
    return lastKey
  }
  const forms = new Map<string, Form>()
  const formKeys: { [id: string]: { key: number } } = {}
  for (const { id, schema, resource } of read.forms) {
    const { form } = readForm(schema, resource)
    if (!form) continue
    forms.set(id, form)
    formKeys[id] = { key: newKey() }
  }
  const decisions: { [id: string]: { key: number; decision: Decision } } = {}
  for (const { decision } of read.decisions) decisions[decision.id] = { key: newKey(), decision }
  const bundles: DefinitionBundle[] = []
  const others = amongst(bundles)
  for (const { process } of read.processes)
    bundles.push({ key: newKey(), version: 1, process, decisions, forms: formKeys, others })
  const { process, resource } = main
  const bundle = bundles.find((one) => one.process === process) as DefinitionBundle
  const parameters = Object.fromEntries((read.parameters ?? []).map(({ name, value }) => [name, value]))
  const { fields: dictionary = null } = read
  return { prepared: { process, resource, bundle, others, forms, dictionary, parameters }, problems: [] }
}

/** What call activities find: each process of the draft once, as one deployment would have them. */
const amongst = (bundles: readonly DefinitionBundle[]): DefinitionSource => ({
  byKey: (key) => bundles.find((one) => one.key === key) ?? null,
  find: (processId, binding) =>
    bundles.find(
      ({ process }) =>
        process.id === processId && (binding.kind !== 'versionTag' || process.versionTag === binding.versionTag),
    ) ?? null,
})
