import {
  applyDictionary,
  deriveDictionary,
  type FieldDictionary,
  type PackageFiles,
  type Problem,
  readDictionary,
} from '@bihuan/engine'
import { batch, createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js'
import type { Workspace } from '../workspace/workspace.ts'
import type { Edit } from './edit.ts'
import { again, back, type Done, noHistory, remember } from './history.ts'
import { renameInForms, renameKey } from './rename-key.ts'
import { expressionsOf, namesRead } from './uses.ts'

export const FIELDS_FILE = 'fields.yaml'

/** Quick changes gather before the forms follow, until there is a pause: a key that repeats makes no form anew each time. */
const PAUSE_MS = 200
const LONGEST_WAIT_MS = 1_500

/** The dictionary being edited: changes show at once, the package's files follow. */
export interface FieldEditor {
  readonly dictionary: () => FieldDictionary
  /** Whether the package has a dictionary of its own; else it is read from its forms. */
  readonly kept: () => boolean
  /** Faults of `fields.yaml` as it is; nothing is edited while there are any. */
  readonly faults: () => readonly Problem[]
  /**
   * Keys that no new field gets: those of fields, also of the version in use, and what expressions read. A rule that
   * still reads a field that is gone must not come to read another one, nor its answers be shown under another name.
   */
  readonly taken: () => ReadonlySet<string>
  /** Values of options as new ones are given, that models and decisions name. */
  readonly namedValues: () => ReadonlySet<string>
  readonly change: (edit: Edit) => void
  /** Gives a field another key, in the forms too. */
  readonly rename: (from: string, to: string) => void
  /** Makes a dictionary read from forms the package's own. */
  readonly keep: () => void
  /** Puts another text in place of one that cannot be read. */
  readonly replaceText: (text: string) => void
  readonly undo: () => void
  readonly redo: () => void
  readonly canUndo: () => boolean
  readonly canRedo: () => boolean
}

/** An editor of the dictionary of the package that is open. Needs an owner: it writes what is left when that ends. */
export function createFieldEditor(workspace: Workspace): FieldEditor {
  const kept = () => workspace.files[FIELDS_FILE] !== undefined
  const plainFiles = (): PackageFiles => ({ ...workspace.files })
  const given = createMemo(() => (kept() ? workspace.dictionary() : deriveDictionary(plainFiles(), workspace.steps())))
  const faults = createMemo((): readonly Problem[] => {
    const text = workspace.files[FIELDS_FILE]
    // What was written here can be read.
    if (text === undefined || workspace.originOf(FIELDS_FILE) === 'fields') return []
    return readDictionary(text, FIELDS_FILE).problems
  })

  /** As the files have it; `current` is ahead of it by the edits that wait. */
  let written = untrack(given)
  let waiting: Edit[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let waitingSince = 0
  const [current, setCurrent] = createSignal(written)
  const [history, setHistory] = createSignal(noHistory)

  createEffect(
    on(
      given,
      (next) => {
        // Our own words come back; anybody else's are taken up, with what waits here done to them again.
        if (kept() && workspace.originOf(FIELDS_FILE) === 'fields') return
        written = next
        batch(() => {
          setCurrent(waiting.reduce((dictionary, edit) => edit(dictionary), next))
          setHistory(noHistory)
        })
      },
      { defer: true },
    ),
  )
  onCleanup(flush)
  onCleanup(
    workspace.beforeSave(() => {
      flush()
      return undefined
    }),
  )

  function write(
    files: PackageFiles,
    before: FieldDictionary,
    after: FieldDictionary,
    renamed: Done['renamed'] = null,
  ): void {
    written = after
    const followed = renamed ? renameInForms(files, renamed.from, renamed.to) : {}
    const changes = applyDictionary(
      { ...files, ...followed },
      {
        before,
        after,
        steps: untrack(workspace.steps),
        packageId: workspace.id,
        ...(renamed && { renamed: { [renamed.from]: renamed.to } }),
      },
    )
    untrack(() => workspace.write({ ...followed, ...changes }, 'fields'))
  }

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (waiting.length === 0) return
    waiting = []
    write(untrack(plainFiles), written, untrack(current))
  }

  function make({ after, renamed }: Pick<Done, 'after' | 'renamed'>): void {
    if (renamed) {
      // What waits was done under the old key.
      flush()
      setCurrent(after)
      write(untrack(plainFiles), written, after, renamed)
      return
    }
    waiting.push(() => after)
    setCurrent(after)
    flushSoon()
  }

  function flushSoon(): void {
    if (timer === undefined) waitingSince = performance.now()
    clearTimeout(timer)
    const waited = performance.now() - waitingSince
    timer = setTimeout(flush, Math.max(0, Math.min(PAUSE_MS, LONGEST_WAIT_MS - waited)))
  }

  function doOnce(after: FieldDictionary, edit: Edit, renamed: Done['renamed']): void {
    const before = current()
    batch(() => {
      setHistory((past) => remember(past, { before, after, renamed }))
      if (renamed) make({ after, renamed })
      else {
        waiting.push(edit)
        setCurrent(after)
        flushSoon()
      }
    })
  }

  function step(taken: ReturnType<typeof back>): void {
    if (!taken) return
    batch(() => {
      setHistory(taken.history)
      make(taken.done)
    })
  }

  return {
    dictionary: current,
    kept,
    faults,
    taken: () =>
      untrack(() => {
        const dictionary = current()
        return new Set([
          ...dictionary.fields.map(({ key }) => key),
          ...workspace.info().known.fields,
          ...namesRead(expressionsOf(plainFiles(), dictionary)),
        ])
      }),
    namedValues: () =>
      new Set(
        Object.entries(untrack(plainFiles))
          .filter(([name]) => /\.(bpmn|dmn)$/.test(name))
          .flatMap(([, text]) => text.match(/\boption_\d+\b/g) ?? []),
      ),
    change: (edit) =>
      untrack(() => {
        const after = edit(current())
        if (after !== current()) doOnce(after, edit, null)
      }),
    rename: (from, to) =>
      untrack(() => doOnce(renameKey(from, to)(current()), renameKey(from, to), from === to ? null : { from, to })),
    keep: () => untrack(() => write(plainFiles(), written, current())),
    replaceText: (text) => workspace.write({ [FIELDS_FILE]: text }, 'load'),
    undo: () => step(back(untrack(history))),
    redo: () => step(again(untrack(history))),
    canUndo: () => history().past.length > 0,
    canRedo: () => history().future.length > 0,
  }
}
