import { type Decision, type DefinitionBundle, type Form, type Problem, readForm, type Variables } from '@bihuan/engine'
import { readResources } from '../host/resources.ts'
import type { PackageFolder } from './package-folder.ts'

/** A process package, judged as a deployment judges it, without being stored. */
export interface CompiledPackage {
  /** Findings about models and forms; with an error among them nothing can be run. */
  readonly problems: readonly Problem[]
  /** Bundles by BPMN process id. Keys are the package's own, counted from 1. */
  readonly bundles: ReadonlyMap<string, DefinitionBundle>
  readonly forms: ReadonlyMap<string, Form>
  /** Defaults of parameters.yaml. */
  readonly parameters: Variables
}

/** Compiles every resource of a package and binds its processes to its forms and decisions. */
export async function compilePackage(folder: PackageFolder): Promise<CompiledPackage> {
  const read = await readResources(folder.resources, { forms: [], decisions: [] })
  let lastKey = 0
  const newKey = () => {
    lastKey += 1
    return lastKey
  }

  const forms = new Map<string, Form>()
  const formKeys: { [formId: string]: { key: number } } = {}
  for (const { id, schema, resource } of read.forms) {
    const { form } = readForm(schema, resource)
    if (form) forms.set(id, form)
    formKeys[id] = { key: newKey() }
  }
  const decisions: { [decisionId: string]: { key: number; decision: Decision } } = {}
  for (const { decision } of read.decisions) decisions[decision.id] = { key: newKey(), decision }
  const bundles = new Map<string, DefinitionBundle>()
  for (const { process } of read.processes) {
    bundles.set(process.id, { key: newKey(), version: 1, process, decisions, forms: formKeys })
  }
  const parameters = Object.fromEntries((read.parameters ?? []).map(({ name, value }) => [name, value]))
  return { problems: read.problems, bundles, forms, parameters }
}
