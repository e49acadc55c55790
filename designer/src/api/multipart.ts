import { ApiProblem, isProblem, newKey, Unreachable } from './http.ts'
import { personHeader } from './person.ts'
import { setSessionEnded } from './session-ended.ts'

/**
 * Sends one file as `multipart/form-data` (field `file`), JSON out.
 * @throws ApiProblem when the server refuses; Unreachable when no usable answer comes.
 */
export async function sendMultipart<T>(path: string, file: File): Promise<T> {
  const body = new FormData()
  body.append('file', file, file.name)
  let response: Response
  try {
    response = await fetch(`/api${path}`, {
      method: 'POST',
      headers: { Accept: 'application/json', 'Idempotency-Key': newKey(), ...personHeader() },
      credentials: 'same-origin',
      body,
    })
  } catch (error) {
    throw new Unreachable(error)
  }
  if (response.status === 401) setSessionEnded(true)
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok && answer !== null) return answer as T
  throw isProblem(answer) ? new ApiProblem(answer) : new Unreachable(`HTTP ${response.status}`)
}
