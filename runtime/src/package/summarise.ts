import { judgePackage, type KnownResources, type PackageFiles } from '@bihuan/engine'
import type { DraftSummary } from '../db/schema/package-draft.ts'
import { stageNames } from '../host/deployment-facts.ts'
import { countSteps } from '../host/deployments.ts'

/** What the list shows of files as they are, half-drawn ones too. Takes seconds for the largest packages. */
export async function summarise(files: PackageFiles, known: KnownResources): Promise<DraftSummary> {
  const judged = await judgePackage(files, known)
  const count = (wanted: string) => judged.problems.filter(({ severity }) => severity === wanted).length
  return {
    name: judged.package?.name ?? null,
    description: judged.package?.description ?? null,
    department: judged.package?.department ?? null,
    stages: stageNames(judged),
    steps: await countSteps(files),
    errors: count('error'),
    warnings: count('warning'),
  }
}
