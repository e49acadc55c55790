import type { ProblemJson, StoredFile } from '@bihuan/runtime/contract'
import { ApiProblem, isProblem, newKey, Unreachable } from './http.ts'
import { personHeader } from './person.ts'
import { setSessionEnded } from './session-ended.ts'

/** The largest file the server takes, in bytes. */
export const LARGEST_FILE = 10 * 1024 * 1024

/** Where the bytes of a stored file are read. */
export const fileAddress = (id: string): string => `/api/files/${encodeURIComponent(id)}`

export interface Upload {
  /** Resolves with the stored file. @throws ApiProblem or Unreachable */
  readonly done: Promise<StoredFile>
  readonly cancel: () => void
}

/**
 * Sends one file. XMLHttpRequest is used because fetch tells nothing about progress.
 * @param onProgress share sent, 0 to 1
 */
export function uploadFile(file: File, onProgress: (share: number) => void): Upload {
  const transfer = new XMLHttpRequest()
  const done = new Promise<StoredFile>((resolve, reject) => {
    transfer.open('POST', '/api/files')
    transfer.responseType = 'json'
    transfer.setRequestHeader('Accept', 'application/json')
    transfer.setRequestHeader('Idempotency-Key', newKey())
    for (const [name, value] of Object.entries(personHeader())) transfer.setRequestHeader(name, value)
    transfer.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total)
    transfer.onerror = () => reject(new Unreachable('upload'))
    transfer.onabort = () => reject(new DOMException('canceled', 'AbortError'))
    transfer.onload = () => {
      const body: unknown = transfer.response
      if (transfer.status === 401) setSessionEnded(true)
      if (transfer.status >= 200 && transfer.status < 300 && body) resolve(body as StoredFile)
      else reject(isProblem(body) ? new ApiProblem(body as ProblemJson) : new Unreachable(`HTTP ${transfer.status}`))
    }
    const body = new FormData()
    body.append('file', file, file.name)
    transfer.send(body)
  })
  return { done, cancel: () => transfer.abort() }
}
