import { compile } from '../compile/compile.ts'
import type { DefinitionBundle, DefinitionSource } from '../model/definition.ts'

/**
 * The bundle of the first process of a BPMN file, for tests. Its other processes can be called: all are one deployment.
 * Throws when the file is refused.
 */
export async function bundleOf(xml: string, decisions: DefinitionBundle['decisions'] = {}): Promise<DefinitionBundle> {
  const { processes, problems } = await compile(xml, 'test.bpmn')
  if (processes.length === 0) throw new Error(`the model is refused: ${JSON.stringify(problems)}`)
  const bundles: DefinitionBundle[] = []
  const others: DefinitionSource = {
    byKey: (key) => bundles.find((one) => one.key === key) ?? null,
    find: (processId, binding) =>
      bundles.find(
        ({ process }) =>
          process.id === processId && (binding.kind !== 'versionTag' || process.versionTag === binding.versionTag),
      ) ?? null,
  }
  for (const [index, process] of processes.entries())
    bundles.push({ key: 2 ** 20 + 1 + index, version: 1, process, decisions, forms: {}, others })
  return bundles[0] as DefinitionBundle
}
