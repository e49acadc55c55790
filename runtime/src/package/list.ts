import { and, desc, eq, inArray } from 'drizzle-orm'
import type { PackageRow, PackageVersion } from '../contract/contract.ts'
import { time } from '../contract/wire.ts'
import type { Store } from '../db/store.ts'
import type { Host } from '../host/host.ts'
import { countRunning } from '../query/running.ts'
import { type DesignScope, withinScope } from './scope.ts'
import { actorNames, showVersion, type VersionRow } from './show.ts'
import type { Summaries } from './summary.ts'

const versionColumns = ({ tables: { packageVersion: t } }: Store) => ({
  packageId: t.packageId,
  version: t.version,
  note: t.note,
  publishedAt: t.publishedAt,
  publishedBy: t.publishedBy,
  actorType: t.actorType,
  deploymentKey: t.deploymentKey,
})

/** The packages of a scope, what was changed last first. */
export async function listPackages(
  { store }: Host,
  summaries: Summaries,
  scope: DesignScope,
): Promise<readonly PackageRow[]> {
  const { package: packages, packageDraft, packageVersion, unit } = store.tables
  const rows = await store.read
    .select({ about: packages, draft: packageDraft, unit: { id: unit.id, name: unit.name, level: unit.level } })
    .from(packages)
    .innerJoin(unit, eq(unit.id, packages.unitId))
    .leftJoin(packageDraft, eq(packageDraft.packageId, packages.id))
    .where(withinScope(store, scope))
  const ids = rows.map(({ about }) => about.id)
  const versions: (VersionRow & { readonly packageId: string })[] =
    ids.length === 0
      ? []
      : await store.read
          .select(versionColumns(store))
          .from(packageVersion)
          .innerJoin(
            packages,
            and(eq(packages.id, packageVersion.packageId), eq(packages.version, packageVersion.version)),
          )
          .where(inArray(packageVersion.packageId, ids))
  const latest = new Map(versions.map((row) => [row.packageId, row]))
  const running = await countRunning(store, ids)
  const nameOf = await actorNames(store, [
    ...rows.flatMap(({ draft }) => draft?.savedBy ?? []),
    ...versions.map(({ publishedBy }) => publishedBy),
  ])
  const isKnown = ({ draft }: (typeof rows)[number]) => draft?.summary && draft.summaryOf === draft.changes
  const judged = await summaries.of(rows.flatMap((row) => (row.draft?.isDraft && !isKnown(row) ? [row.about.id] : [])))
  const items: PackageRow[] = []
  for (const [index, { about, draft, unit: place }] of rows.entries()) {
    const isDraft = draft?.isDraft ?? false
    const current = judged.get(about.id) ?? (isKnown(rows[index]!) ? draft?.summary : null) ?? null
    // Until the draft as it is now has been judged it is shown as it was judged last, without its counts.
    const summary = isDraft ? (current ?? draft?.summary ?? null) : null
    const version = latest.get(about.id)
    items.push({
      id: about.id,
      name: summary?.name ?? about.name,
      description: summary ? summary.description : about.description,
      department: summary ? summary.department : about.department,
      unit: place,
      stages: [...(summary ?? about).stages],
      steps: (summary ?? about).steps,
      published: version ? showVersion(version, running.ofDeployment(version.deploymentKey), nameOf) : null,
      running: running.of(about.id),
      draft:
        isDraft && draft
          ? {
              savedAt: time(draft.savedAt),
              savedBy: nameOf(draft.savedBy),
              errors: current?.errors ?? null,
              warnings: current?.warnings ?? null,
            }
          : null,
      retired: about.retired,
      changedAt: time(Math.max(about.changedAt, isDraft && draft ? draft.savedAt : 0)),
    })
  }
  return items.sort((a, b) => b.changedAt.localeCompare(a.changedAt) || a.id.localeCompare(b.id))
}

/** The published versions of a package, newest first. */
export async function listVersions({ store }: Host, packageId: string): Promise<readonly PackageVersion[]> {
  const { packageVersion } = store.tables
  const rows: VersionRow[] = await store.read
    .select(versionColumns(store))
    .from(packageVersion)
    .where(eq(packageVersion.packageId, packageId))
    .orderBy(desc(packageVersion.version))
  const running = await countRunning(store, [packageId])
  const nameOf = await actorNames(
    store,
    rows.map(({ publishedBy }) => publishedBy),
  )
  return rows.map((row) => showVersion(row, running.ofDeployment(row.deploymentKey), nameOf))
}
