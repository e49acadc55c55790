import { Rejection } from '@bihuan/engine'
import type { PackageState } from './package-state.ts'

/** Throws `DRAFT_CONFLICT` unless the files are those that were seen, at the same revisions. */
export function checkSeen(
  state: PackageState,
  seen: readonly { readonly name: string; readonly revision: number }[],
): void {
  const now = new Map(state.files.map(({ name, revision }) => [name, revision]))
  const then = new Map(seen.map(({ name, revision }) => [name, revision]))
  const differing = [...new Set([...now.keys(), ...then.keys()])].filter((name) => now.get(name) !== then.get(name))
  if (differing.length > 0) throw conflict(state, differing)
}

/** The conflict as the one who comes late is told: which files, by whom and when one of them was saved last. */
export function conflict(
  { rows, latest, draft }: Pick<PackageState, 'rows' | 'latest' | 'draft'>,
  files: readonly string[],
): Rejection {
  const last = files
    .flatMap((name) => rows.get(name) ?? [])
    .sort((a, b) => b.savedAt - a.savedAt)
    .at(0)
  const by = last?.savedBy ?? latest?.publishedBy ?? draft?.savedBy ?? ''
  const at = last?.savedAt ?? latest?.publishedAt ?? draft?.savedAt ?? 0
  return new Rejection('DRAFT_CONFLICT', { files: [...files].sort(), by, at: new Date(at).toISOString() })
}
