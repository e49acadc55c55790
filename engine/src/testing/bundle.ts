import { compile } from '../compile/compile.ts'
import type { DefinitionBundle, DefinitionSource } from '../model/definition.ts'

/**
 * The bundle of the first process of a BPMN file, for tests. Its other processes can be called: all are one deployment.
 * Throws when the file is refused.
 */
export async function bundleOf(xml: string, decisions: DefinitionBundle['decisions'] = {}): Promise<DefinitionBundle> {
  return (await versionsOf([xml], decisions))[0] as DefinitionBundle
}

/**
 * The bundles of the first process of each file: the file is the version it has, and each knows all the others. What is
 * called is the latest. Throws when a file is refused.
 */
export async function versionsOf(
  files: readonly string[],
  decisions: DefinitionBundle['decisions'] = {},
): Promise<readonly DefinitionBundle[]> {
  const bundles: DefinitionBundle[] = []
  const others: DefinitionSource = {
    byKey: (key) => bundles.find((one) => one.key === key) ?? null,
    find: (processId, binding) =>
      bundles.findLast(
        ({ process }) =>
          process.id === processId && (binding.kind !== 'versionTag' || process.versionTag === binding.versionTag),
      ) ?? null,
  }
  const firsts: DefinitionBundle[] = []
  for (const [index, xml] of files.entries()) {
    const { processes, problems } = await compile(xml, 'test.bpmn')
    if (processes.length === 0) throw new Error(`the model is refused: ${JSON.stringify(problems)}`)
    const made = processes.map((process, position) => ({
      key: 2 ** 20 + 1 + bundles.length + position,
      version: index + 1,
      process,
      decisions,
      forms: {},
      others,
    }))
    bundles.push(...made)
    firsts.push(made[0] as DefinitionBundle)
  }
  return firsts
}
