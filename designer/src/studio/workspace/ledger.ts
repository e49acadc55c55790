import type { PackageFiles } from '@bihuan/engine'
import type { FilesSaved, SaveFiles } from '@bihuan/runtime/contract'

/** A file as the server has it: its text and the revision of it. Null text: removed there. */
export interface ServerFile {
  readonly text: string | null
  readonly revision: number | null
}

/** What the server is known to have, file by file: the base that changes here are made on. */
export type Ledger = { readonly [name: string]: ServerFile }

/** The ledger of a package just read. */
export const ledgerOf = (
  files: readonly { readonly name: string; readonly text: string; readonly revision: number }[],
): Ledger => Object.fromEntries(files.map(({ name, text, revision }) => [name, { text, revision }]))

/** What is changed here and not there, as the server takes it. Names in `held` are left out: they wait for a decision. */
export function unsavedOf(
  ledger: Ledger,
  mine: PackageFiles,
  held: ReadonlySet<string> = new Set(),
): SaveFiles['files'] {
  const names = [...new Set([...Object.keys(ledger), ...Object.keys(mine)])].sort()
  return names.flatMap((name) => {
    const text = mine[name] ?? null
    const there = ledger[name]
    if (held.has(name) || text === (there?.text ?? null)) return []
    return [{ name, text, revision: there?.revision ?? null }]
  })
}

/** The ledger after the server took what was sent. */
export function afterSaving(ledger: Ledger, sent: SaveFiles['files'], answer: FilesSaved): Ledger {
  const revisions = new Map(answer.files.map(({ name, revision }) => [name, revision]))
  const next: Record<string, ServerFile> = { ...ledger }
  for (const { name, text, revision } of sent) next[name] = { text, revision: revisions.get(name) ?? revision }
  return next
}

/**
 * Whether the server has something else than the ledger says.
 * @param revisions what the server says it has now; removed files are not among them
 */
export function isBehind(
  ledger: Ledger,
  revisions: readonly { readonly name: string; readonly revision: number }[],
): boolean {
  const there = new Map(revisions.map(({ name, revision }) => [name, revision]))
  const known = Object.entries(ledger).filter(([, file]) => file.text !== null)
  return (
    known.some(([name, file]) => there.get(name) !== file.revision) ||
    [...there].some(([name, revision]) => {
      const file = ledger[name]
      return file === undefined || file.revision === null || revision > file.revision
    })
  )
}
