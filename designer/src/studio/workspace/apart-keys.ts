import { applyDictionary, type FieldDictionary, type PackageFiles, type Step } from '@bihuan/engine'
import { freshKey } from '../field/edit.ts'
import { renameInForms, renameKey } from '../field/rename-key.ts'
import { expressionsOf, usesOf } from '../field/uses.ts'
import { changed } from './changed-files.ts'
import { same } from './merge-dictionary.ts'

/** What is here, under keys that nobody else gave away meanwhile. */
export interface Apart {
  readonly dictionary: FieldDictionary
  readonly files: PackageFiles
}

/**
 * Two people who add a field each get the same next key for it. The one added here gets another key then, in the forms
 * too: nobody but this window knows it yet.
 * @returns null when a model or a decision here reads the key already, so that a person must look
 */
export function keysApart(
  base: FieldDictionary,
  mine: FieldDictionary,
  theirs: FieldDictionary,
  {
    mine: files,
    steps,
    packageId,
  }: { readonly mine: PackageFiles; readonly steps: readonly Step[]; readonly packageId: string },
): Apart | null {
  const was = new Set(base.fields.map(({ key }) => key))
  const there = new Map(theirs.fields.map((field) => [field.key, field]))
  const taken = new Set([...there.keys(), ...mine.fields.map(({ key }) => key)])
  let apart: Apart = { dictionary: mine, files }
  for (const field of mine.fields) {
    const other = there.get(field.key)
    if (!other || was.has(field.key) || same(field, other)) continue
    if (isReadOutside(apart, field.key)) return null
    const key = freshKey(taken, field.name)
    taken.add(key)
    const after = renameKey(field.key, key)(apart.dictionary)
    const followed = changed(apart.files, renameInForms(apart.files, field.key, key))
    const renamed = { [field.key]: key }
    const changes = applyDictionary(followed, { before: apart.dictionary, after, steps, packageId, renamed })
    apart = { dictionary: after, files: changed(followed, changes) }
  }
  return apart
}

const isReadOutside = ({ files, dictionary }: Apart, key: string): boolean =>
  usesOf(expressionsOf(files, dictionary), key).some(({ part }) => part === 'process' || part === 'decision')
