import {
  type Decision,
  type DefinitionBundle,
  type FieldDictionary,
  type Form,
  judgePackage,
  type Problem,
  type Variables,
} from '@bihuan/engine'
import type { PackageFolder } from '../package/package-folder.ts'

/** A process package, judged as a deployment judges it, without being stored. */
export interface CompiledPackage {
  /** Findings about models and forms; with an error among them nothing can be run. */
  readonly problems: readonly Problem[]
  /** Bundles by BPMN process id. Keys are the package's own, counted from 1. */
  readonly bundles: ReadonlyMap<string, DefinitionBundle>
  readonly forms: ReadonlyMap<string, Form>
  /** Decisions by id. */
  readonly decisions: ReadonlyMap<string, Decision>
  /** Fields and matrix (fields.yaml); null when the package has none. */
  readonly fields: FieldDictionary | null
  /** Defaults of parameters.yaml. */
  readonly parameters: Variables
}

/** Compiles every resource of a package and binds its processes to its forms and decisions. */
export async function compilePackage(folder: PackageFolder): Promise<CompiledPackage> {
  const read = await judgePackage(folder.resources)
  let lastKey = 0
  const newKey = () => {
    lastKey += 1
    return lastKey
  }

  const forms = new Map<string, Form>()
  const formKeys: { [formId: string]: { key: number } } = {}
  for (const { id, form } of read.forms) {
    forms.set(id, form)
    formKeys[id] = { key: newKey() }
  }
  const decisions: { [decisionId: string]: { key: number; decision: Decision } } = {}
  for (const { decision } of read.decisions) decisions[decision.id] = { key: newKey(), decision }
  const bundles = new Map<string, DefinitionBundle>()
  for (const { process } of read.processes) {
    bundles.set(process.id, { key: newKey(), version: 1, process, decisions, forms: formKeys })
  }
  const parameters = Object.fromEntries((read.parameters ?? []).map(({ name, value }) => [name, value]))
  return {
    problems: read.problems,
    bundles,
    forms,
    decisions: new Map(read.decisions.map(({ decision }) => [decision.id, decision])),
    fields: read.fields,
    parameters,
  }
}
