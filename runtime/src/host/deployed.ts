import { idsTaken, type JudgedPackage, type KnownResources, type Problem, type TakenIds } from '@bihuan/engine'
import { and, eq, inArray } from 'drizzle-orm'
import type { Store } from '../db/store.ts'

/** What is deployed already under an id. */
export interface Latest {
  readonly key: number
  readonly version: number
  readonly digest: string
  readonly deploymentKey: number
}

/** The latest versions of what a deployment holds. */
export interface LatestOf {
  readonly processes: ReadonlyMap<string, Latest>
  readonly decisions: ReadonlyMap<string, Latest & { readonly drgKey: number }>
  readonly forms: ReadonlyMap<string, Latest>
}

const byId = <T extends { readonly id: string }>(rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]))

/** Looks up what is deployed under the ids of a package. */
export async function latestOf(store: Store, judged: JudgedPackage): Promise<LatestOf> {
  const { processDefinition: p, decision: d, form: f } = store.tables
  const { read } = store
  const processes = await read
    .select({ id: p.processId, key: p.key, version: p.version, digest: p.digest, deploymentKey: p.deploymentKey })
    .from(p)
    .where(and(eq(p.latest, true), inArray(p.processId, ['', ...judged.processes.map(({ process }) => process.id)])))
  const decisions = await read
    .select({
      id: d.decisionId,
      key: d.key,
      version: d.version,
      digest: d.digest,
      drgKey: d.drgKey,
      deploymentKey: d.deploymentKey,
    })
    .from(d)
    .where(and(eq(d.latest, true), inArray(d.decisionId, ['', ...judged.decisions.map(({ decision }) => decision.id)])))
  const forms = await read
    .select({ id: f.formId, key: f.key, version: f.version, digest: f.digest, deploymentKey: f.deploymentKey })
    .from(f)
    .where(and(eq(f.latest, true), inArray(f.formId, ['', ...judged.forms.map(({ id }) => id)])))
  return { processes: byId(processes), decisions: byId(decisions), forms: byId(forms) }
}

/**
 * Findings about ids that belong to another package: who publishes one must not take over the processes of another.
 * What came without a package may become part of one.
 *
 * @param mine id of the package that is published; null for what comes without one
 */
export async function idsOfOthers(
  store: Store,
  judged: JudgedPackage,
  latest: LatestOf,
  mine: string | null = judged.package?.id ?? null,
): Promise<readonly Problem[]> {
  const named = [
    ...judged.processes.map(({ process, resource }) => ({ id: process.id, resource, at: latest.processes })),
    ...judged.decisions.map(({ decision, resource }) => ({ id: decision.id, resource, at: latest.decisions })),
    ...judged.forms.map(({ id, resource }) => ({ id, resource, at: latest.forms })),
  ].flatMap(({ id, resource, at }) => {
    const found = at.get(id)
    return found ? [{ id, resource, at, deploymentKey: found.deploymentKey }] : []
  })
  const { packageVersion } = store.tables
  const owners = await store.read
    .select({ deploymentKey: packageVersion.deploymentKey, packageId: packageVersion.packageId })
    .from(packageVersion)
    .where(inArray(packageVersion.deploymentKey, [0, ...new Set(named.map(({ deploymentKey }) => deploymentKey))]))
  const ownerOf = new Map(owners.map((row) => [row.deploymentKey, row.packageId]))
  const taken = named.filter(({ deploymentKey }) => ownerOf.has(deploymentKey) && ownerOf.get(deploymentKey) !== mine)
  // A process without a package goes by its own id: under that of a package it would set the parameters of that one.
  const { package: packages } = store.tables
  const processes = judged.processes.map(({ process, resource }) => ({ id: process.id, resource }))
  const ids = processes.map(({ id }) => id).filter((id) => id !== mine)
  const rows = await store.read
    .select({ id: packages.id })
    .from(packages)
    .where(inArray(packages.id, ['', ...ids]))
  const packageIds = new Set(rows.map(({ id }) => id))
  const posing = processes.filter(({ id }) => packageIds.has(id) && !taken.some((one) => one.id === id))
  const of = (at: LatestOf[keyof LatestOf]) => [...new Set(taken.flatMap((one) => (one.at === at ? [one.id] : [])))]
  return idsTaken(judged, {
    processes: [...of(latest.processes), ...posing.map(({ id }) => id)],
    decisions: of(latest.decisions),
    forms: of(latest.forms),
  })
}

/**
 * What stands beside a package: the processes there are, forms and decisions deployed by others than it, and roles and
 * levels of the organisation, which its models may name, and the ids that belong to other packages, which it may not hold.
 */
export async function knownBeside(store: Store, packageId: string): Promise<KnownResources> {
  const { form, decision, packageVersion, processDefinition, package: packages } = store.tables
  const versions = await store.read
    .select({ key: packageVersion.deploymentKey, packageId: packageVersion.packageId })
    .from(packageVersion)
  const ownKeys = new Set(versions.flatMap((row) => (row.packageId === packageId ? [row.key] : [])))
  const othersKeys = new Set(versions.flatMap((row) => (row.packageId === packageId ? [] : [row.key])))
  const processes = await store.read
    .select({ id: processDefinition.processId, deploymentKey: processDefinition.deploymentKey })
    .from(processDefinition)
    .where(eq(processDefinition.latest, true))
  const ids = await store.read.select({ id: packages.id }).from(packages)
  const forms = await store.read
    .select({ id: form.formId, deploymentKey: form.deploymentKey })
    .from(form)
    .where(eq(form.latest, true))
  const decisions = await store.read
    .select({ id: decision.decisionId, deploymentKey: decision.deploymentKey })
    .from(decision)
    .where(eq(decision.latest, true))
  const others = (rows: readonly { readonly id: string; readonly deploymentKey: number }[]) =>
    rows.flatMap(({ id, deploymentKey }) => (ownKeys.has(deploymentKey) ? [] : [id])).sort()
  const taken = (rows: readonly { readonly id: string; readonly deploymentKey: number }[]) =>
    rows.flatMap(({ id, deploymentKey }) => (othersKeys.has(deploymentKey) ? [id] : []))
  const takenIds: TakenIds = {
    processes: [...new Set([...taken(processes), ...ids.map(({ id }) => id).filter((id) => id !== packageId)])],
    decisions: taken(decisions),
    forms: taken(forms),
  }
  const people = await peopleOf(store)
  return {
    processes: processes.map(({ id }) => id).sort(),
    forms: others(forms),
    decisions: others(decisions),
    ...(people && { people }),
    owner: { packageId, taken: takenIds },
  }
}

/** Roles, and levels of the units there are; null while there is no organisation. */
async function peopleOf(store: Store): Promise<KnownResources['people'] | null> {
  const { role, unit } = store.tables
  const roles = await store.read.select({ key: role.key }).from(role).orderBy(role.key)
  const levels = await store.read.selectDistinct({ level: unit.level }).from(unit).orderBy(unit.level)
  return levels.length === 0 ? null : { roles: roles.map(({ key }) => key), levels: levels.map(({ level }) => level) }
}

/** Keys of the definitions a deployment made that are the latest of a process which is none of `processIds`. */
export async function definitionsBeside(
  store: Store,
  deploymentKey: number,
  processIds: readonly string[],
): Promise<readonly number[]> {
  const { processDefinition: t } = store.tables
  const rows = await store.read
    .select({ key: t.key, processId: t.processId })
    .from(t)
    .where(and(eq(t.deploymentKey, deploymentKey), eq(t.latest, true)))
  return rows.flatMap(({ key, processId }) => (processIds.includes(processId) ? [] : [key])).sort((a, b) => a - b)
}
