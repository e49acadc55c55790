import { compileExpression, contextOf, evaluate, type Json, Rejection, type Variables } from '@bihuan/engine'
import { readJson } from '../contract/read-json.ts'
import { type Egress, EgressRefused } from './egress.ts'
import { type CallAnswer, CallFault, type CallLimits, makeCall } from './http-call.ts'
import { requestOf } from './http-request.ts'
import { context, span } from './input.ts'
import { SecretFault, type Secrets, SecretsFileError, withoutSecrets, withoutSecretsIn } from './secrets.ts'
import { type Attempt, done, failedForGood, failedForNow, InputFault, type Outcome, type Worker } from './worker.ts'

const LONGEST = 60_000

/** What calls stand on. */
export interface Calls {
  readonly egress: Egress
  readonly secrets: Secrets
  readonly limits: CallLimits
  readonly now: () => number
}

/** Says what a call that came to no answer means: what egress refuses is refused again, everything else may pass. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof EgressRefused) return failedForGood(error.code, error.message)
  if (error instanceof InputFault) return failedForGood('INPUT_INVALID', error.message)
  if (error instanceof SecretFault) return failedForGood('SECRET_MISSING', error.message)
  if (error instanceof SecretsFileError) return failedForNow('SECRETS_UNREADABLE', error.message)
  if (!(error instanceof CallFault)) throw error
  const isRefused = ['EGRESS_REFUSED', 'SCHEME_REFUSED', 'URL_INVALID', 'CREDENTIALS_IN_URL'].includes(error.code)
  return isRefused ? failedForGood(error.code, error.message) : failedForNow(error.code, error.message)
}

/**
 * What a status that is no success means: waits and faults of the server may pass (RFC 9110 §15), the rest will not.
 */
export function outcomeOfStatus({ status, headers }: Pick<CallAnswer, 'status' | 'headers'>, host: string): Outcome {
  const message = `${host} answered ${status}`
  if (status >= 300 && status < 400)
    return failedForGood('REDIRECT_REFUSED', `${message}, which sends elsewhere and is not followed`)
  const mayPass = status >= 500 || status === 408 || status === 425 || status === 429
  if (!mayPass) return failedForGood(`HTTP_${status}`, message)
  const seconds = /^\d{1,6}$/.test(headers['retry-after'] ?? '') ? Number(headers['retry-after']) : undefined
  return failedForNow(`HTTP_${status}`, message, seconds === undefined ? undefined : seconds * 1000)
}

/** Longest waits for one call: those of the server, cut to what the job allows. */
export function limitsFor(variables: Variables, limits: CallLimits): CallLimits {
  const total = span(variables, 'timeout', { least: 1, most: LONGEST, otherwise: limits.total })
  return { ...limits, total, headers: total, connect: Math.min(limits.connect, total) }
}

/**
 * `bihuan.http`: calls another system. The answer is the variable `response` (header `resultVariable` names it
 * otherwise), or what the FEEL of header `resultExpression` makes of it (Camunda 8: "REST connector"). `errorCodes`
 * gives statuses that are BPMN errors.
 */
export function httpWorker({ egress, secrets, limits, now }: Calls): Worker {
  return async (attempt) => {
    try {
      const errorCodes = errorCodesOf(attempt.job.variables)
      const request = await requestOf(attempt, egress, secrets)
      // Of what is neither success nor an error of the model nobody reads more than the status.
      const reads = (status: number) => isSuccess(status) || errorCodeOf(errorCodes, status) !== null
      const longest = limitsFor(attempt.job.variables, limits)
      const answer = await makeCall({ ...request.call, reads }, egress, longest, attempt.signal)
      const { host } = request.call.url
      const errorCode = errorCodeOf(errorCodes, answer.status)
      if (errorCode === null && !isSuccess(answer.status)) return outcomeOfStatus(answer, host)
      const response = responseOf(answer, request.secrets, host)
      if (errorCode !== null)
        return { kind: 'error', errorCode, message: `${host} answered ${answer.status}`, variables: { response } }
      return done(resultOf(attempt, response, now()))
    } catch (error) {
      return outcomeOf(error)
    }
  }
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300

type ErrorCodes = { readonly [status: string]: string | null }

/** BPMN errors by status. Judged before the call is made. Throws `InputFault`. */
function errorCodesOf(variables: Variables): ErrorCodes {
  const codes = context(variables, 'errorCodes')
  const isCode = (code: Json) => code === null || (typeof code === 'string' && code !== '' && code.length <= 200)
  if (!Object.values(codes).every(isCode)) throw new InputFault('errorCodes: expected texts by status')
  return codes as ErrorCodes
}

/** The BPMN error of a status: by its number, else by its class (`4xx`). */
const errorCodeOf = (codes: ErrorCodes, status: number): string | null =>
  codes[String(status)] ?? codes[`${Math.trunc(status / 100)}xx`] ?? null

/** The answer as a variable: nothing of it is a secret that was sent. */
function responseOf(answer: CallAnswer, secrets: ReadonlyMap<string, string>, host: string): Json {
  const headers = Object.entries(answer.headers)
    .filter(([name]) => name !== 'set-cookie')
    .map(([name, value]) => [name, withoutSecrets(value, secrets)])
  return { status: answer.status, headers: Object.fromEntries(headers), body: bodyOf(answer, secrets, host) }
}

function bodyOf({ body, headers }: CallAnswer, secrets: ReadonlyMap<string, string>, host: string): Json {
  if (body.byteLength === 0) return null
  const unreadable = (what: string) => new CallFault('ANSWER_MALFORMED', `${host} answered with ${what}`)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw unreadable('bytes that are no UTF-8')
  }
  if (text.includes('\0')) throw unreadable('bytes that are no text')
  const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  if (type !== 'application/json' && !type.endsWith('+json')) return withoutSecrets(text, secrets)
  try {
    return withoutSecretsIn(readJson(text), secrets)
  } catch (error) {
    if (!(error instanceof Rejection)) throw error
    throw unreadable('JSON that cannot be read')
  }
}

function resultOf({ job: { headers } }: Attempt, response: Json, at: number): Variables {
  const { resultVariable, resultExpression } = headers
  const expression = resultExpression?.replace(/^\s*=/, '').trim()
  return {
    ...(resultVariable || !expression ? { [resultVariable || 'response']: response } : {}),
    ...(expression ? evaluated(expression, response, at) : {}),
  }
}

function evaluated(source: string, response: Json, at: number): Variables {
  const compiled = compileExpression(source)
  if (!('expression' in compiled)) throw new InputFault(`resultExpression: ${compiled.error}`)
  const result = evaluate(compiled.expression, contextOf({ response }), at)
  if (!result.ok) throw new InputFault(`resultExpression: ${result.message}`)
  const { value } = result
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InputFault('resultExpression: expected a context')
  return value as Variables
}
