import type { Directory, Me } from '@bihuan/runtime/contract'
import { useQueryClient } from '@tanstack/solid-query'
import { createSignal } from 'solid-js'
import { ApiProblem, request, Unreachable } from '../../api/http.ts'
import { keptText } from '../../api/kept-text.ts'
import { makePackage, packagesKey, readPackage, saveFiles, sendGoodbye, sendPresence } from '../../api/packages.ts'
import { st } from '../../i18n/studio.ts'
import { errorWords } from '../../ui/state.tsx'
import { showToast } from '../../ui/toast.tsx'
import type { Refusal } from '../workspace/autosave.ts'
import { stepsOf } from '../workspace/derived.ts'
import type { WorkspaceHouse } from '../workspace/house.ts'
import type { JudgeWorker } from '../workspace/judge.ts'
import type { JudgeAnswer } from '../workspace/judge-messages.ts'
import { type KeptFiles, keptShelf } from '../workspace/kept-files.ts'
import { openWorkspace } from '../workspace/open-workspace.ts'
import type { OpenWorkspace } from '../workspace/opened-workspace.ts'
import { firstProcess } from '../workspace/process-files.ts'

/** A worker that judges packages. */
function startJudge(): JudgeWorker {
  const worker = new Worker(new URL('../workspace/judge.worker.ts', import.meta.url), { type: 'module' })
  const judge: JudgeWorker = {
    postMessage: (question) => worker.postMessage(question),
    onmessage: null,
    onerror: null,
    terminate: () => worker.terminate(),
  }
  worker.onmessage = (event: MessageEvent<JudgeAnswer>) => judge.onmessage?.(event)
  worker.onerror = (event) => judge.onerror?.(event)
  return judge
}

/** A browser whose storage does not answer must not keep a package from opening. */
const PATIENCE_MS = 1500

/** What a failed save means. */
export function judgeError(error: unknown): Refusal {
  if (!(error instanceof ApiProblem)) return error instanceof Unreachable ? 'unreachable' : 'refused'
  if (error.code === 'DRAFT_CONFLICT') return 'conflict'
  if (error.status === 401) return 'signed-out'
  return error.status >= 500 || error.status === 429 ? 'unreachable' : 'refused'
}

/**
 * Reads a package from the server, and what this device kept of it.
 * @param me who is signed in
 * @returns what opens it in memory, to be called inside a reactive owner
 * @throws ApiProblem when it is not there for this person; Unreachable
 */
export async function loadPackage(
  id: string,
  me: Me,
): Promise<(directory: () => Directory | undefined) => OpenWorkspace> {
  const shelf = keptShelf(id, keptText(me.id), () => new Date().toISOString())
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS))
  const [opened, found] = await Promise.all([readPackage(id), Promise.race<KeptFiles | null>([shelf.read(), late])])
  const files = Object.fromEntries(opened.files.map(({ name, text }) => [name, text]))
  const steps = await stepsOf(files, firstProcess(files))
  const house: Omit<WorkspaceHouse, 'directory'> = {
    me: me.name,
    read: () => readPackage(id),
    save: (changed) => saveFiles(id, changed),
    presence: (place) => sendPresence(id, place),
    goodbye: () => sendGoodbye(id),
    copy: (name, copied) =>
      makePackage({
        name,
        from: { kind: 'files', files: Object.entries(copied).map(([file, text]) => ({ name: file, text })) },
      }),
    judgeError,
    refused: (error) => showToast(st('shell.notTaken', { why: errorWords(error).title }), 'problem'),
    worker: startJudge,
    shelf,
  }
  return (directory) => openWorkspace(opened, steps, found, { ...house, directory })
}

/** Roles and units, asked for once; undefined until they are there. */
export function useDirectoryNow(): () => Directory | undefined {
  const queries = useQueryClient()
  const [directory, setDirectory] = createSignal<Directory>()
  void queries
    .fetchQuery({
      queryKey: ['directory'],
      queryFn: ({ signal }) => request<Directory>('GET', '/directory', { signal }),
      staleTime: 300_000,
      retry: 3,
    })
    .then(setDirectory, () => undefined)
  return directory
}

/** Forgets the list of packages, so that it is read again when it is opened. */
export function useForgetList(): () => void {
  const queries = useQueryClient()
  return () => void queries.invalidateQueries({ queryKey: packagesKey })
}
