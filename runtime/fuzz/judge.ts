import type { Planned } from './request.ts'
import type { Answer } from './wire.ts'

/** Longest an answer may take, in milliseconds: long polls end after five seconds. */
export const BOUND_MS = 15_000

/** What Camunda answers by 5xx, and no fault: an operation that is not offered; a case that was started, and whose end was not awaited. */
const NOT_AWAITED = '504 COMPLETION_AWAITED_TOO_LONG'
const meant = ['501 NOT_IMPLEMENTED', NOT_AWAITED]

interface Told {
  readonly type?: string
  readonly title?: string
  readonly status?: number
  readonly detail?: string
  readonly code?: string
  readonly messages?: { readonly [language: string]: { readonly text?: string } | undefined }
}

/** What is wrong about an answer; null when nothing is. */
export function faultOf({ method, raw, isCut, language, headers }: Planned, answer: Answer): string | null {
  if (answer.outcome === 'late') return `no answer in ${BOUND_MS} ms`
  if (answer.outcome !== 'answered') return raw !== null || isCut ? null : 'the connection ended without an answer'
  const { status } = answer
  if (status === 0) return 'no HTTP answer'
  const problem = status >= 400 ? problemOf(answer.body) : null
  if (status >= 500 && !meant.includes(`${status} ${problem?.code}`)) return `status ${status}`
  if (status < 400) return fitting(answer) ? null : 'a body that is no JSON'
  if (method === 'HEAD' && raw === null) return null
  if (!answer.headers.get('content-type')?.startsWith('application/problem+json'))
    return `status ${status} without a problem`
  if (problem === null || !/^[A-Z][A-Z0-9_]+$/.test(problem.code ?? '')) return 'a problem without a code'
  if (problem.status !== status || problem.type !== `urn:bihuan:problem:${problem.code}` || !problem.title)
    return 'a problem that is not told as RFC 9457 wants it'
  const { 'zh-CN': chinese, en } = problem.messages ?? {}
  if (
    !chinese?.text ||
    !en?.text ||
    !/\p{Script=Han}/u.test(chinese.text) ||
    /\p{Script=Han}/u.test(en.text.replace(/"[^"]*"/g, ''))
  )
    return 'a problem that is not told in both languages'
  const isAsked = raw === null && headers.some(([name, value]) => name === 'Accept-Language' && value === language)
  // Of a request that cannot be read nobody knows the language.
  const isRead = !['REQUEST_UNREADABLE', 'HEADERS_TOO_LARGE'].includes(problem.code ?? '')
  if (isAsked && isRead && answer.headers.get('content-language') !== language)
    return 'a problem in another language than was asked for'
  if (/\bat .*\.[jt]s:\d+|SQLITE|node_modules/.test(answer.body)) return 'an answer that shows the inside'
  return null
}

function problemOf(body: string): Told | null {
  try {
    return JSON.parse(body) as Told
  } catch {
    return null
  }
}

/** Whether what says that it is JSON is. */
function fitting({ headers, body }: { readonly headers: ReadonlyMap<string, string>; readonly body: string }): boolean {
  if (body === '' || !headers.get('content-type')?.startsWith('application/json')) return true
  try {
    JSON.parse(body)
    return true
  } catch {
    return false
  }
}

/** Whether a request was not done: then it must have left everything as it was. */
export function isRefused(answer: Answer): boolean {
  if (answer.outcome !== 'answered') return answer.outcome === 'cut'
  return answer.status >= 400 && `${answer.status} ${problemOf(answer.body)?.code}` !== NOT_AWAITED
}
