import {
  compile,
  type DefinitionBundle,
  type Decision,
  type Form,
  missingReferences,
  type Problem,
  readDecisions,
  readForm,
  type References,
  type Variables,
} from '@bihuan/engine'
import type { PackageFile, PackageFolder } from './package-folder.ts'
import { defaultsOf } from './parameter-defaults.ts'

/** A process package, compiled in memory as a deployment would, without being stored. */
export interface CompiledPackage {
  /** Findings about models and forms; with an error among them nothing can be run. */
  readonly problems: readonly Problem[]
  /** Bundles by BPMN process id. Keys are the package's own, counted from 1. */
  readonly bundles: ReadonlyMap<string, DefinitionBundle>
  readonly forms: ReadonlyMap<string, Form>
  /** Defaults of parameters.yaml. */
  readonly parameters: Variables
}

/** Compiles every resource of a package and binds processes to its forms and decisions. */
export async function compilePackage(folder: PackageFolder): Promise<CompiledPackage> {
  const problems: Problem[] = []
  let lastKey = 0
  const newKey = () => {
    lastKey += 1
    return lastKey
  }

  const forms = new Map<string, Form>()
  const formKeys: { [formId: string]: { key: number } } = {}
  for (const file of folder.forms) {
    const read = readForm(parseJson(file), file.name)
    problems.push(...read.problems)
    if (!read.form) continue
    forms.set(read.form.id, read.form)
    formKeys[read.form.id] = { key: newKey() }
  }

  const decisions: { [decisionId: string]: { key: number; decision: Decision } } = {}
  for (const file of folder.decisions) {
    const read = await readDecisions(file.text, file.name)
    problems.push(...read.problems)
    for (const decision of read.decisions) decisions[decision.id] = { key: newKey(), decision }
  }

  const bundles = new Map<string, DefinitionBundle>()
  for (const file of folder.processes) {
    const compiled = await compile(file.text, file.name)
    problems.push(...compiled.problems, ...missing(compiled.references, forms, decisions))
    for (const process of compiled.processes) {
      bundles.set(process.id, { key: newKey(), version: 1, process, decisions, forms: formKeys })
    }
  }
  return { problems, bundles, forms, parameters: folder.parameters ? defaultsOf(folder.parameters) : {} }
}

function missing(references: References, forms: ReadonlyMap<string, Form>, decisions: { readonly [id: string]: unknown }): readonly Problem[] {
  return missingReferences(references, { forms: [...forms.keys()], decisions: Object.keys(decisions) })
}

/** A form file's JSON; text that is none stays text, and `readForm` says what is wrong with it. */
function parseJson(file: PackageFile): unknown {
  try {
    return JSON.parse(file.text)
  } catch {
    return file.text
  }
}
