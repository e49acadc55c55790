import { type PackageFiles, Rejection } from '@bihuan/engine'
import { type RowChange, upsert } from '../db/row-change.ts'
import type { Row } from '../db/schema/index.ts'
import { conflict } from './draft-conflict.ts'
import { currentFiles, type PackageState, textNow, textsOf } from './package-state.ts'

const MAX_FILES = 200
const MAX_FILE_BYTES = 2 * 1024 * 1024
const MAX_BYTES = 10 * 1024 * 1024

/** A file as somebody wants it saved: `text` null removes it, `revision` is the one he had before him. */
export interface FileChange {
  readonly name: string
  readonly text: string | null
  /** Null for a file he had not. */
  readonly revision: number | null
}

/** What a saving comes to. */
export interface Saved {
  /** None when all was so already. */
  readonly changes: readonly RowChange[]
  /** Of the files named, in their order. */
  readonly revisions: readonly { readonly name: string; readonly revision: number }[]
  /** All files afterwards. */
  readonly files: PackageFiles
}

/**
 * The rows that save changes of a draft. Who had an older text before him is refused, whole: throws `DRAFT_CONFLICT`.
 * The same text once more changes nothing, so a saving whose answer was lost may be repeated.
 */
export function saveChanges(
  state: Pick<PackageState, 'latest' | 'draft' | 'rows' | 'files'>,
  packageId: string,
  wanted: readonly FileChange[],
  by: { readonly at: number; readonly id: string },
): Saved {
  const published = state.latest?.files ?? {}
  const rows = new Map(state.rows)
  const changed: Row<'draftFile'>[] = []
  const late: string[] = []
  for (const { name, text, revision } of wanted) {
    const row = rows.get(name)
    const now = textNow(published, row, name)
    if (text === now) continue
    const known = row?.revision ?? (now === null ? null : 0)
    // A file that is gone may be brought back by who knew it gone, and by who never had it.
    const isLate = now === null ? revision !== null && revision !== known : revision !== known
    if (isLate) late.push(name)
    const next: Row<'draftFile'> = {
      packageId,
      name,
      revision: (row?.revision ?? 0) + 1,
      state: textNow(published, undefined, name) === text ? 'published' : text === null ? 'removed' : 'changed',
      text: textNow(published, undefined, name) === text ? null : text,
      savedAt: by.at,
      savedBy: by.id,
    }
    rows.set(name, next)
    changed.push(next)
  }
  if (late.length > 0) throw conflict(state, late)
  const revisions = wanted.map(({ name }) => ({ name, revision: rows.get(name)?.revision ?? 0 }))
  if (changed.length === 0) return { changes: [], revisions, files: textsOf(state.files) }
  const { draft } = state
  return {
    changes: [
      // A file named twice counts as it was named last.
      ...new Set(changed.map(({ name }) => name)),
    ]
      .map((name) => upsert('draftFile', rows.get(name)!))
      .concat(
        upsert('packageDraft', {
          packageId,
          isDraft: state.latest === null || [...rows.values()].some((row) => row.state !== 'published'),
          changes: (draft?.changes ?? 0) + 1,
          savedAt: by.at,
          savedBy: by.id,
          summary: draft?.summary ?? null,
          summaryOf: draft?.summaryOf ?? 0,
        }),
      ),
    revisions,
    files: textsOf(currentFiles(published, rows)),
  }
}

/** Throws `PACKAGE_TOO_LARGE` with the bound that is passed. */
export function checkSize(files: PackageFiles): void {
  const texts = Object.values(files)
  if (texts.length > MAX_FILES) throw new Rejection('PACKAGE_TOO_LARGE', { files: MAX_FILES })
  let sum = 0
  for (const text of texts) {
    const size = Buffer.byteLength(text)
    if (size > MAX_FILE_BYTES) throw new Rejection('PACKAGE_TOO_LARGE', { limit: MAX_FILE_BYTES })
    sum += size
  }
  if (sum > MAX_BYTES) throw new Rejection('PACKAGE_TOO_LARGE', { limit: MAX_BYTES })
}
