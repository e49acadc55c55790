import {
  type Decision,
  type DefinitionBundle,
  type FieldDictionary,
  type Form,
  judgePackage,
  type PackageFiles,
  type Problem,
  type ProcessDefinition,
  readForm,
  type Variables,
} from '@bihuan/engine'

/** A draft made ready to be played: what deploy would make of its files. */
export interface Prepared {
  readonly process: ProcessDefinition
  readonly bundle: DefinitionBundle
  readonly forms: ReadonlyMap<string, Form>
  readonly dictionary: FieldDictionary | null
  /** Defaults of `parameters.yaml`. */
  readonly parameters: Variables
}

/**
 * Reads a draft as deploy would. With an error nothing can be played: `prepared` is null and `problems` say why.
 *
 * @param known forms and decisions of other packages that the models may name
 */
export async function prepare(
  files: PackageFiles,
  known: { readonly forms: readonly string[]; readonly decisions: readonly string[] },
): Promise<{ readonly prepared: Prepared | null; readonly problems: readonly Problem[] }> {
  const read = await judgePackage(files, known)
  const errors = read.problems.filter(({ severity }) => severity === 'error')
  const process = read.processes[0]?.process
  if (errors.length > 0 || !process) return { prepared: null, problems: errors }
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
  const bundle = { key: newKey(), version: 1, process, decisions, forms: formKeys }
  const parameters = Object.fromEntries((read.parameters ?? []).map(({ name, value }) => [name, value]))
  return { prepared: { process, bundle, forms, dictionary: read.fields ?? null, parameters }, problems: [] }
}
