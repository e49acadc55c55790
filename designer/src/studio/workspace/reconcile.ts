import type { PackageFiles } from '@bihuan/engine'
import type { Ledger, ServerFile } from './ledger.ts'
import type { FileChanges } from './workspace.ts'

/** A file that was changed here and by somebody else. Null: removed. */
export interface Clash {
  readonly name: string
  readonly base: string | null
  readonly mine: string | null
  readonly theirs: string | null
}

export interface Reconciled {
  /** The server's files, to go on from. */
  readonly ledger: Ledger
  /** What to take over here: changed there and not here. */
  readonly take: FileChanges
  /** What both changed, each in another way. */
  readonly clashes: readonly Clash[]
}

/**
 * Compares what is here with what the server has now, by what it had before.
 * @param base the server's files that the changes here were made on
 * @param mine the files here
 * @param server the server's files now
 */
export function reconcile(base: Ledger, mine: PackageFiles, server: Ledger): Reconciled {
  const take: Record<string, string | null> = {}
  const ledger: Record<string, ServerFile> = { ...server }
  const clashes: Clash[] = []
  for (const name of [...new Set([...Object.keys(base), ...Object.keys(mine), ...Object.keys(server)])].sort()) {
    const before = base[name]?.text ?? null
    const here = mine[name] ?? null
    const there = server[name]?.text ?? null
    // A file that was removed there has no revision any more: writing it again is writing a new one.
    if (server[name] === undefined) ledger[name] = { text: null, revision: null }
    if (there === before || here === there) continue
    if (here === before) take[name] = there
    else clashes.push({ name, base: before, mine: here, theirs: there })
  }
  return { ledger, take, clashes }
}
