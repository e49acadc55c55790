import { type PackageFiles, type Problem, packageName, readDictionary, type TakenIds } from '@bihuan/engine'
import { eq, inArray } from 'drizzle-orm'
import type { DraftFile, Package, PackageProblem, PackageVersion } from '../contract/contract.ts'
import { time, timeOrNull } from '../contract/wire.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { knownBeside } from '../host/deployed.ts'
import { type PackageState, textsOf } from '../host/package-state.ts'
import { namesOf } from '../identity/person.ts'
import type { UnitName } from '../identity/who.ts'
import { countRunning } from '../query/running.ts'

/** What lists need of a version: all but its files. */
export type VersionRow = Pick<
  Row<'packageVersion'>,
  'version' | 'note' | 'publishedAt' | 'publishedBy' | 'actorType' | 'deploymentKey'
>

/** Who has done something, by name; a system is known by its id, an interface by the name it was given. */
export async function actorNames(
  store: Store,
  ids: Iterable<string>,
): Promise<(id: string) => { id: string; name: string }> {
  const wanted = [...new Set(ids)]
  const { apiClient } = store.tables
  const clients =
    wanted.length === 0
      ? []
      : await store.read
          .select({ id: apiClient.id, name: apiClient.name })
          .from(apiClient)
          .where(inArray(apiClient.id, wanted))
  const nameOfClient = new Map(clients.map((client) => [client.id, client.name]))
  const nameOfPerson = await namesOf(store, wanted)
  return (id) => ({ id, name: nameOfClient.get(id) ?? nameOfPerson(id) })
}

export const showVersion = (
  row: VersionRow,
  running: number,
  nameOf: (id: string) => { id: string; name: string },
): PackageVersion => ({
  version: row.version,
  note: row.note,
  publishedAt: time(row.publishedAt),
  // What an operator or the house itself brings has an id, and no name people know.
  publishedBy: row.actorType === 'system' ? { id: row.publishedBy, name: '' } : nameOf(row.publishedBy),
  actorType: row.actorType,
  running,
})

/** Findings on the wire. */
export const showProblems = (problems: readonly Problem[]): PackageProblem[] =>
  problems.map(({ code, severity, resource, elementId, elementName, facts }) => ({
    code,
    severity,
    resource,
    elementId,
    elementName,
    facts: { ...facts },
  }))

/** The unit of a package; its id alone when the organisation has lost it. */
export async function unitNamed(store: Store, id: string): Promise<UnitName> {
  const { unit } = store.tables
  const [row] = await store.read
    .select({ id: unit.id, name: unit.name, level: unit.level })
    .from(unit)
    .where(eq(unit.id, id))
    .limit(1)
  return row ?? { id, name: id, level: '' }
}

/** The name a package has now: that of its draft, as far as it can be read. */
export const currentName = ({ about, files }: PackageState): string => packageName(textsOf(files)) ?? about.name

/** A package to work on. */
export async function showPackage(store: Store, state: PackageState, now: number): Promise<Package> {
  const { about, latest, draft, files } = state
  const nameOf = await actorNames(store, [
    ...files.flatMap(({ savedBy }) => savedBy ?? []),
    ...(latest ? [latest.publishedBy] : []),
  ])
  const running = await countRunning(store, [about.id])
  const known = await knownBeside(store, about.id)
  return {
    id: about.id,
    name: currentName(state),
    unit: await unitNamed(store, about.unitId),
    files: files.map(
      (file): DraftFile => ({
        name: file.name,
        text: file.text,
        revision: file.revision,
        savedAt: timeOrNull(file.savedAt),
        savedBy: file.savedBy === null ? null : nameOf(file.savedBy),
      }),
    ),
    isDraft: draft?.isDraft ?? false,
    savedAt: draft?.isDraft ? time(draft.savedAt) : null,
    published: latest && showVersion(latest, running.ofDeployment(latest.deploymentKey), nameOf),
    running: running.of(about.id),
    retired: about.retired,
    known: {
      processes: [...(known.processes ?? [])],
      forms: [...known.forms],
      decisions: [...known.decisions],
      ...(known.people && { people: { roles: [...known.people.roles], levels: [...known.people.levels] } }),
      fields: fieldKeys(latest?.files ?? {}),
      taken: mutable(known.owner?.taken ?? { processes: [], decisions: [], forms: [] }),
    },
    now: time(now),
  }
}

const fieldKeys = ({ 'fields.yaml': text }: PackageFiles): string[] =>
  text === undefined ? [] : (readDictionary(text, 'fields.yaml').dictionary?.fields ?? []).map(({ key }) => key)

const mutable = ({ processes, decisions, forms }: TakenIds) => ({
  processes: [...processes],
  decisions: [...decisions],
  forms: [...forms],
})
