import { and, count, eq, inArray } from 'drizzle-orm'
import { openStates } from '../db/schema/process-instance.ts'
import type { Store } from '../db/store.ts'

/** Cases that run now, by package and by the deployment that made their definition. */
export interface Running {
  of(packageId: string): number
  ofDeployment(deploymentKey: number): number
}

/** Counts the cases that run of some packages. */
export async function countRunning(store: Store, packageIds: readonly string[]): Promise<Running> {
  const { processDefinition, processInstance } = store.tables
  const rows =
    packageIds.length === 0
      ? []
      : await store.scan
          .select({
            packageId: processDefinition.packageId,
            deploymentKey: processDefinition.deploymentKey,
            running: count(processInstance.key),
          })
          .from(processDefinition)
          .innerJoin(
            processInstance,
            and(eq(processInstance.definitionKey, processDefinition.key), inArray(processInstance.state, openStates)),
          )
          .where(inArray(processDefinition.packageId, [...packageIds]))
          .groupBy(processDefinition.packageId, processDefinition.deploymentKey)
  const sum = (wanted: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(wanted).reduce((total, { running }) => total + Number(running), 0)
  return {
    of: (packageId) => sum((row) => row.packageId === packageId),
    ofDeployment: (deploymentKey) => sum((row) => row.deploymentKey === deploymentKey),
  }
}
