import type { PackageFiles } from '@bihuan/engine'
import { and, eq } from 'drizzle-orm'
import type { RowChange } from '../db/row-change.ts'
import { upsert } from '../db/row-change.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'

/** A file as it is worked on. */
export interface CurrentFile {
  readonly name: string
  readonly text: string
  readonly revision: number
  /** When and by whom it was changed since it was published; null when it was not. */
  readonly savedAt: number | null
  readonly savedBy: string | null
}

/** A package with everything kept of it. */
export interface PackageState {
  readonly about: Row<'package'>
  /** The version published last. */
  readonly latest: Row<'packageVersion'> | null
  readonly draft: Row<'packageDraft'> | null
  readonly rows: ReadonlyMap<string, Row<'draftFile'>>
  /** The files as they are now, by name. */
  readonly files: readonly CurrentFile[]
}

const byName = (a: { readonly name: string }, b: { readonly name: string }) =>
  a.name < b.name ? -1 : Number(a.name > b.name)

/** Reads a package; null when there is none of this id. */
export async function readPackage(store: Store, id: string): Promise<PackageState | null> {
  const { package: packages, packageVersion } = store.tables
  const [about] = await store.read.select().from(packages).where(eq(packages.id, id)).limit(1)
  if (!about) return null
  const [latest] =
    about.version === null
      ? []
      : await store.read
          .select()
          .from(packageVersion)
          .where(and(eq(packageVersion.packageId, id), eq(packageVersion.version, about.version)))
          .limit(1)
  const { draft, rows } = await readDraft(store, id)
  return { about, latest: latest ?? null, draft, rows, files: currentFiles(latest?.files ?? {}, rows) }
}

/** What is kept of the drafts of an id, also of a package that is gone. */
export async function readDraft(store: Store, id: string): Promise<Pick<PackageState, 'draft' | 'rows'>> {
  const { packageDraft, draftFile } = store.tables
  const [draft] = await store.read.select().from(packageDraft).where(eq(packageDraft.packageId, id)).limit(1)
  const rows = await store.read.select().from(draftFile).where(eq(draftFile.packageId, id))
  return { draft: draft ?? null, rows: new Map(rows.map((row) => [row.name, row])) }
}

/** Files as they are now: those published, with what was changed or removed since. */
export function currentFiles(
  published: PackageFiles,
  rows: ReadonlyMap<string, Row<'draftFile'>>,
): readonly CurrentFile[] {
  const names = new Set([...Object.keys(published), ...rows.keys()])
  return [...names]
    .flatMap((name): CurrentFile[] => {
      const row = rows.get(name)
      const text = textNow(published, row, name)
      if (text === null) return []
      const isChanged = row?.state === 'changed'
      return [
        {
          name,
          text,
          revision: row?.revision ?? 0,
          savedAt: isChanged ? row.savedAt : null,
          savedBy: isChanged ? row.savedBy : null,
        },
      ]
    })
    .sort(byName)
}

/** Text of a file as it is now; null when there is none. */
export function textNow(published: PackageFiles, row: Row<'draftFile'> | undefined, name: string): string | null {
  if (row?.state === 'changed') return row.text
  if (row?.state === 'removed') return null
  return Object.hasOwn(published, name) ? published[name]! : null
}

/** Texts by name. */
export const textsOf = (files: readonly CurrentFile[]): PackageFiles =>
  Object.fromEntries(files.map(({ name, text }) => [name, text]))

/**
 * What becomes of a draft when a version is published: a file whose text it is, is a draft no more; one that somebody
 * has changed otherwise stays his; one that nobody had changed gets a revision of its own, for its text is another now.
 */
export function draftAfter(
  state: Pick<PackageState, 'latest' | 'draft' | 'rows'> | null,
  packageId: string,
  published: PackageFiles,
  by: { readonly at: number; readonly id: string },
): readonly RowChange[] {
  const rows = state?.rows ?? new Map<string, Row<'draftFile'>>()
  const before = state?.latest?.files ?? {}
  const changes: RowChange[] = []
  let isDraft = false
  for (const name of new Set([...Object.keys(before), ...Object.keys(published), ...rows.keys()])) {
    const row = rows.get(name)
    const isOpen = row !== undefined && row.state !== 'published'
    const now = textNow(before, row, name)
    const text = published[name] ?? null
    if (isOpen && now !== text) isDraft = true
    else if (isOpen) changes.push(upsert('draftFile', { ...row, state: 'published', text: null }))
    // Before the first version nobody can have seen another text.
    else if (now !== text && state?.latest) {
      const revision = (row?.revision ?? 0) + 1
      changes.push(
        upsert('draftFile', {
          packageId,
          name,
          revision,
          state: 'published',
          text: null,
          savedAt: by.at,
          savedBy: by.id,
        }),
      )
    }
  }
  if (state?.draft || changes.length > 0)
    changes.push(
      upsert('packageDraft', {
        packageId,
        isDraft,
        changes: (state?.draft?.changes ?? 0) + 1,
        savedAt: state?.draft?.savedAt ?? by.at,
        savedBy: state?.draft?.savedBy ?? by.id,
        summary: null,
        summaryOf: 0,
      }),
    )
  return changes
}
