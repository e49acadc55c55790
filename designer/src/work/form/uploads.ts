import { isFileTaken } from '@bihuan/engine'
import type { StoredFile } from '@bihuan/runtime/contract'
import { createEffect, on } from 'solid-js'
import { createStore, produce } from 'solid-js/store'
import { LARGEST_FILE, type Upload, uploadFile } from '../../api/files.ts'
import { ApiProblem, mayPass, Unreachable } from '../../api/http.ts'
import { sessionEnded } from '../../api/session-ended.ts'
import { t } from '../../i18n/i18n.ts'
import { errorWords } from '../../ui/state.tsx'
import { shrinkPhoto, sizeText } from './photo.ts'

/** A file on its way to the server, or one that did not arrive. */
export interface Pending {
  readonly id: number
  readonly fieldId: string
  readonly name: string
  /** Object URL of the picture while it is on its way; null for what is no picture. */
  readonly preview: string | null
  readonly share: number
  readonly state: 'sending' | 'failed'
  readonly reason: string
  /** Whether sending again can help: the network was gone or the server had no room, not the file refused. */
  readonly again: boolean
}

export interface Uploads {
  readonly of: (fieldId: string) => readonly Pending[]
  readonly count: (state: Pending['state']) => number
  /** Resolves when nothing is on its way any more: everything has arrived or failed. */
  readonly settled: () => Promise<void>
  /** Called before that is waited for: what is drawn and not sent yet is sent now. Gives the way to take it back. */
  readonly beforeSettled: (flush: () => Promise<void>) => () => void
  /** Sends a file, a photo made smaller where the field (`accept`) takes it so; `arrived` gets the stored file. */
  readonly send: (fieldId: string, file: File, arrived: (stored: StoredFile) => void, accept?: string) => void
  /** Lists a file that the field does not take, and why. */
  readonly refuse: (fieldId: string, name: string, reason: string) => void
  readonly retry: (id: number) => void
  readonly drop: (id: number) => void
  /** Stops what is on its way and lets go of the previews. */
  readonly dispose: () => void
}

interface Held {
  file: File
  arrived: (stored: StoredFile) => void
  accept: string
  upload?: Upload
}

/** The files of one form that are on their way. Failed ones are sent again when the network comes back. */
export function createUploads(upload: typeof uploadFile = uploadFile): Uploads {
  const [list, setList] = createStore<Pending[]>([])
  const held = new Map<number, Held>()
  let last = 0
  const running = new Set<Promise<void>>()
  const flushes = new Set<() => Promise<void>>()

  const change = (id: number, update: Partial<Pending>) => setList((item) => item.id === id, update)

  function forget(id: number): void {
    const preview = list.find((item) => item.id === id)?.preview
    if (preview) URL.revokeObjectURL(preview)
    held.delete(id)
    setList(
      produce((items) => {
        const index = items.findIndex((item) => item.id === id)
        if (index >= 0) items.splice(index, 1)
      }),
    )
  }

  function start(id: number): void {
    const transfer = run(id).finally(() => running.delete(transfer))
    running.add(transfer)
  }

  async function run(id: number): Promise<void> {
    const entry = held.get(id)
    if (!entry) return
    change(id, { state: 'sending', share: 0, reason: '' })
    try {
      const shrunk = await shrinkPhoto(entry.file)
      const file = isFileTaken(shrunk, entry.accept) ? shrunk : entry.file
      if (file.size > LARGEST_FILE) {
        change(id, {
          state: 'failed',
          again: false,
          reason: t('form.tooLarge', { name: file.name, size: sizeText(file.size) }),
        })
        return
      }
      entry.upload = upload(file, (share) => change(id, { share }))
      const stored = await entry.upload.done
      if (!held.has(id)) return
      forget(id)
      entry.arrived(stored)
    } catch (error) {
      if (!held.has(id)) return
      // Nobody refused the file when the network was gone or the session had ended.
      const lost = error instanceof Unreachable || (error instanceof ApiProblem && error.status === 401)
      const reason = lost ? t('form.uploadOffline') : t('form.uploadFailed', { reason: errorWords(error).title })
      change(id, { state: 'failed', again: lost || mayPass(error), reason })
    }
  }

  const resume = () => {
    for (const item of list.filter((each) => each.state === 'failed' && each.again)) start(item.id)
  }
  addEventListener('online', resume)
  createEffect(on(sessionEnded, (ended) => !ended && resume(), { defer: true }))

  return {
    of: (fieldId) => list.filter((item) => item.fieldId === fieldId),
    beforeSettled(flush) {
      flushes.add(flush)
      return () => flushes.delete(flush)
    },
    async settled() {
      await Promise.all([...flushes].map((flush) => flush()))
      while (running.size > 0) await Promise.all(running)
    },
    count: (state) => list.filter((item) => item.state === state).length,
    send(fieldId, file, arrived, accept = '') {
      last += 1
      const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : null
      held.set(last, { file, arrived, accept })
      setList(list.length, {
        id: last,
        fieldId,
        name: file.name,
        preview,
        share: 0,
        state: 'sending',
        reason: '',
        again: true,
      })
      start(last)
    },
    refuse(fieldId, name, reason) {
      last += 1
      setList(list.length, { id: last, fieldId, name, preview: null, share: 0, state: 'failed', reason, again: false })
    },
    retry: start,
    drop(id) {
      const upload = held.get(id)?.upload
      forget(id)
      upload?.cancel()
    },
    dispose() {
      removeEventListener('online', resume)
      for (const id of [...held.keys()]) {
        const upload = held.get(id)?.upload
        forget(id)
        upload?.cancel()
      }
    },
  }
}
