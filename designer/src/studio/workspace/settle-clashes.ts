import {
  applyDictionary,
  type FieldDictionary,
  type PackageFiles,
  readDictionary,
  type Step,
  writeDictionary,
} from '@bihuan/engine'
import { keysApart } from './apart-keys.ts'
import { changed } from './changed-files.ts'
import { mergeDictionaries } from './merge-dictionary.ts'
import type { Clash } from './reconcile.ts'
import type { FileChanges } from './workspace.ts'

export interface Sides {
  readonly packageId: string
  readonly steps: readonly Step[]
  readonly base: PackageFiles
  readonly mine: PackageFiles
  readonly theirs: PackageFiles
}

export interface Settled {
  readonly changes: FileChanges
  /** What only people can decide. */
  readonly left: readonly Clash[]
}

const FIELDS = 'fields.yaml'

/**
 * Settles without asking what can be settled: two dictionaries whose changes touch different fields and cells, new
 * fields that only got the same key, and the forms that on one side only followed the dictionary. Those follow the
 * dictionary that came out.
 */
export function settleClashes(clashes: readonly Clash[], sides: Sides): Settled {
  const nothing = { changes: {}, left: clashes }
  const base = dictionaryOf(sides.base)
  const mine = dictionaryOf(sides.mine)
  const theirs = dictionaryOf(sides.theirs)
  const apart = base && mine && theirs && keysApart(base, mine, theirs, sides)
  const merged = apart && mergeDictionaries(base, apart.dictionary, theirs)
  if (!merged) return nothing
  const follow = (files: PackageFiles, before: FieldDictionary, after: FieldDictionary): PackageFiles =>
    changed(files, applyDictionary(files, { before, after, steps: sides.steps, packageId: sides.packageId }))
  // What each side would look like had only its dictionary changed, and what both look like after all changes.
  const asMine = follow(sides.base, base, mine)
  const asTheirs = follow(sides.base, base, theirs)
  const mineFollowed = follow(apart.files, apart.dictionary, merged)
  const theirsFollowed = follow(sides.theirs, theirs, merged)
  // Forms that nobody else changed have the new keys, too.
  const changes: Record<string, string | null> = Object.fromEntries(
    Object.entries(apart.files).filter(([name, text]) => name.endsWith('.form') && text !== sides.mine[name]),
  )
  const left = clashes.filter(({ name, mine: here, theirs: there }) => {
    if (name === FIELDS) changes[name] = writeDictionary(merged)
    else if (!name.endsWith('.form') || here === null || there === null) return true
    else if (here === asMine[name]) changes[name] = theirsFollowed[name] ?? there
    else if (there === asTheirs[name]) changes[name] = mineFollowed[name] ?? here
    else return true
    return false
  })
  return { changes, left }
}

function dictionaryOf(files: PackageFiles): FieldDictionary | null {
  const text = files[FIELDS]
  return text === undefined ? { fields: [], access: {} } : readDictionary(text, FIELDS).dictionary
}
