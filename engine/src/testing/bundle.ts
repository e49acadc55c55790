import { compile } from '../compile/compile.ts'
import type { DefinitionBundle } from '../model/definition.ts'

/** Compiles a model for a test and binds it without forms; throws with the problems when it is refused. */
export async function bundleOf(xml: string, decisions: DefinitionBundle['decisions'] = {}): Promise<DefinitionBundle> {
  const { processes, problems } = await compile(xml, 'test.bpmn')
  const [process] = processes
  if (!process) throw new Error(`the model is refused: ${JSON.stringify(problems, null, 1)}`)
  return { key: 2 ** 20 + 1, version: 1, process, decisions, forms: {} }
}
