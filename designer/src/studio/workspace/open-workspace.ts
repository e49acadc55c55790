import { ensureForms, type PackageFiles, retitleForms, type Step } from '@bihuan/engine'
import type { Package, Presence } from '@bihuan/runtime/contract'
import { batch, createSignal, onCleanup } from 'solid-js'
import { createStore, unwrap } from 'solid-js/store'
import { createAutosave } from './autosave.ts'
import { createBeforeSave } from './before-save.ts'
import { changed } from './changed-files.ts'
import { createDerived } from './derived.ts'
import type { WorkspaceHouse } from './house.ts'
import { baseOf, type KeptFiles, keptOf, missingThere, withKept } from './kept-files.ts'
import { afterSaving, isBehind, type Ledger, ledgerOf, unsavedOf } from './ledger.ts'
import type { OpenClash, OpenWorkspace } from './opened-workspace.ts'
import { firstProcess } from './process-files.ts'
import { reconcile } from './reconcile.ts'
import { settleClashes } from './settle-clashes.ts'
import { timer } from './timer.ts'
import { watchWindow } from './watch-window.ts'
import type { FileChanges, Origin, SaveState } from './workspace.ts'

const PRESENCE_MS = 15_000
const KEEP_MS = 250

const infoOf = ({ files: _files, ...info }: Package): Omit<Package, 'files'> => info

/**
 * Opens a package in memory: keeps its files, saves them, follows what others save. Made inside a reactive owner, whose
 * end saves what is left.
 * @param opened the package as the server gave it
 * @param first its steps, read before
 * @param found what this device had kept of it
 */
export function openWorkspace(
  opened: Package,
  first: readonly Step[],
  found: KeptFiles | null,
  house: WorkspaceHouse,
): OpenWorkspace {
  const [files, setFiles] = createStore<Record<string, string>>(textsOf(opened))
  const origins = new Map<string, Origin>()
  const [info, setInfo] = createSignal(infoOf(opened))
  const [state, setState] = createSignal<SaveState>('saved')
  const [savedAt, setSavedAt] = createSignal(opened.savedAt)
  const [editors, setEditors] = createSignal<Presence['editors']>([])
  const [clash, setClash] = createSignal<OpenClash | null>(null)
  const [chosen, setChosen] = createSignal(firstProcess(textsOf(opened)))
  const drawn = () => (files[chosen()] === undefined ? firstProcess(files) : chosen())
  let ledger: Ledger = ledgerOf(opened.files)
  const [kept, setKept] = createSignal(missingThere(found, ledger))
  let place = ''
  /** Counts saves: what was read before one is not compared after it. */
  let saves = 0

  /** The steps as they were called when they were read last. */
  let named = first

  const plain = (): PackageFiles => ({ ...unwrap(files) })
  const { dictionary, steps, problems, judgeFailed } = createDerived(first, {
    files,
    plain,
    drawn,
    known: () => {
      const { processes, forms, decisions, people, taken } = info().known
      return { processes, forms, decisions, ...(people && { people }), owner: { packageId: info().id, taken } }
    },
    worker: house.worker,
    stepsRead(read) {
      // Only what is drawn here gets its forms here: opening a package changes nothing.
      if (origins.get(drawn()) === 'bpmn') {
        write(retitleForms(plain(), named, read), 'bpmn')
        write(ensureForms(plain(), read, opened.id), 'bpmn')
      }
      named = read
    },
  })
  const held = () => new Set(clash()?.files.map(({ name }) => name))

  function put(changes: FileChanges, origin: Origin): boolean {
    const real = Object.entries(changes).filter(([name, text]) => text !== (unwrap(files)[name] ?? null))
    batch(() => {
      for (const [name, text] of real) {
        origins.set(name, origin)
        // A store forgets a member that is set to undefined.
        setFiles(name, text ?? (undefined as unknown as string))
      }
    })
    return real.length > 0
  }

  const autosave = createAutosave({
    unsaved: () => unsavedOf(ledger, plain(), held()),
    clashing: () => clash() !== null,
    send: house.save,
    saved(sent, answer) {
      saves += 1
      ledger = afterSaving(ledger, sent, answer)
      setSavedAt(answer.savedAt)
      setInfo((now) => ({ ...now, isDraft: true, savedAt: answer.savedAt }))
      keepSoon()
    },
    judge: house.judgeError,
    resolve: pull,
    refused: house.refused,
    state: setState,
    timer,
  })

  /** Takes over what the server has now, and settles or shows what both changed. */
  async function pull(): Promise<void> {
    const before = saves
    const there = await house.read()
    // What editors still hold is part of what both changed.
    await beforeSave.bring()
    if (saves === before) await adopt(there)
  }

  async function adopt(there: Package): Promise<void> {
    const server = ledgerOf(there.files)
    const base = ledger
    const mine = plain()
    const { ledger: next, take, clashes } = reconcile(base, mine, server)
    const settled =
      clashes.length > 0
        ? settleClashes(clashes, {
            packageId: opened.id,
            steps: steps(),
            base: textsIn(base),
            mine,
            theirs: textsIn(server),
          })
        : { changes: {}, left: [] }
    const newest = there.files
      .filter(({ name }) => settled.left.some((one) => one.name === name))
      .sort((a, b) => ((a.savedAt ?? '') < (b.savedAt ?? '') ? 1 : -1))[0]
    batch(() => {
      ledger = next
      put({ ...take, ...settled.changes }, 'merge')
      setInfo(infoOf(there))
      setSavedAt(there.savedAt)
      setClash(
        settled.left.length > 0
          ? { files: settled.left, by: newest?.savedBy?.name ?? null, at: newest?.savedAt ?? null }
          : null,
      )
    })
    autosave.touch()
    keepSoon()
  }

  const beforeSave = createBeforeSave()
  async function flush(): Promise<void> {
    await beforeSave.bring()
    await autosave.flush()
  }

  let keepTimer: unknown
  function keepSoon(): void {
    timer.clear(keepTimer)
    keepTimer = timer.set(keepNow, KEEP_MS)
  }
  function keepNow(): void {
    timer.clear(keepTimer)
    // What is offered from last time stays kept until somebody has chosen.
    if (kept()) return
    const waiting = keptOf(ledger, plain())
    void (waiting.length > 0 ? house.shelf.keep(waiting) : house.shelf.drop())
  }

  function write(changes: FileChanges, origin: Origin): void {
    if (!put(changes, origin)) return
    autosave.touch()
    keepSoon()
  }

  // Others: who is here, and what they saved.
  async function meet(): Promise<void> {
    try {
      const there = await house.presence(place)
      setEditors(there.editors)
      if (state() === 'offline') autosave.resume()
      if (state() !== 'saving' && clash() === null && isBehind(ledger, there.revisions)) await pull()
    } catch {
      // The next meeting asks again; saving itself says when the server is not reached.
    }
  }
  const meeting = setInterval(() => void meet(), PRESENCE_MS)

  const end = watchWindow({
    unsaved: () => beforeSave.bring() !== undefined || unsavedOf(ledger, plain()).length > 0,
    leaving() {
      keepNow()
      void beforeSave.bring()?.then(keepNow)
    },
    hidden() {
      keepNow()
      void flush().catch(() => undefined)
    },
    shown: () => void meet(),
    online: () => autosave.resume(),
    gone: house.goodbye,
  })
  onCleanup(() => {
    clearInterval(meeting)
    end()
    house.goodbye()
    keepNow()
    void flush()
      .then(keepNow, keepNow)
      .finally(() => autosave.stop())
  })

  return {
    id: opened.id,
    info,
    files,
    originOf: (name) => origins.get(name) ?? 'load',
    write,
    processFile: drawn,
    openProcess(name) {
      if (files[name] !== undefined) setChosen(name)
    },
    dictionary,
    steps,
    problems,
    directory: house.directory,
    state,
    savedAt,
    editors,
    flush,
    beforeSave: beforeSave.add,
    setPlace(next) {
      place = next
      void meet()
    },
    clash,
    async settle(choice, copyName) {
      const open = clash()
      if (!open) throw new Error('Expected two versions to choose from')
      const theirs = changed(plain(), Object.fromEntries(open.files.map(({ name, theirs: text }) => [name, text])))
      // First the copy, so that nothing is lost whatever happens after it.
      const made = await house.copy(copyName, choice === 'mine' ? theirs : plain())
      batch(() => {
        setClash(null)
        if (choice !== 'mine')
          put(Object.fromEntries(open.files.map(({ name, theirs: text }) => [name, text])), 'merge')
      })
      autosave.touch()
      await autosave.flush()
      return made
    },
    kept,
    takeKept() {
      const found = kept()
      if (!found) return
      const { clashes } = reconcile(baseOf(found, ledger), withKept(found, plain()), ledger)
      batch(() => {
        setKept(null)
        put(Object.fromEntries(found.files.map(({ name, text }) => [name, text])), 'load')
        if (clashes.length > 0) setClash({ files: clashes, by: null, at: null })
      })
      autosave.touch()
      keepSoon()
    },
    dropKept() {
      setKept(null)
      keepSoon()
    },
    judgeFailed,
    revisions: () =>
      Object.entries(ledger).flatMap(([name, { text, revision }]) =>
        text === null || revision === null ? [] : [{ name, revision }],
      ),
    refresh: pull,
    plain,
    copyAside: (name) => house.copy(name, plain()),
    me: house.me,
  }
}

const textsOf = (opened: Package): Record<string, string> =>
  Object.fromEntries(opened.files.map(({ name, text }) => [name, text]))

const textsIn = (ledger: Ledger): PackageFiles =>
  Object.fromEntries(Object.entries(ledger).flatMap(([name, { text }]) => (text === null ? [] : [[name, text]])))
