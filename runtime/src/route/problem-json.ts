import {
  type Facts,
  type Language,
  type ProblemCode,
  type Rejection,
  say,
  sayProblem,
  statusOf,
  wordOf,
} from '@bihuan/engine'
import type { ProblemJson } from '../contract/contract.ts'
import { languageOf } from './language.ts'

const languages = ['zh-CN', 'en'] as const

/** Seconds after which a server that cannot serve now may be asked again, when nothing better is known. */
const SOON = 5

/** Statuses of a server that cannot serve now and may soon: it is busy or stops, or its disk is full until it has room. */
const notNow: ReadonlySet<number> = new Set([503, 507])

/** How a refusal is told: in whose language, in whose shape, and about which address. */
export interface Telling {
  readonly language: Language
  readonly isCamunda: boolean
  /** Path of the request, for systems. What people are told of others' cases is the same to the byte (A02). */
  readonly instance: string | null
}

const inBoth = <T>(tell: (language: Language) => T): { [language: string]: T } =>
  Object.fromEntries(languages.map((language) => [language, tell(language)]))

const words = (code: ProblemCode, facts: Facts) => inBoth((language) => say(code, facts, language))

/** For Camunda what has ended is there no more: 409 is for what is there and in a state that does not fit. */
const ended: ReadonlySet<ProblemCode> = new Set(['PROCESS_INSTANCE_ENDED', 'USER_TASK_COMPLETED'])

/** The status Camunda gives a refusal, where ours is another: a media type that is not taken is RFC 9110 §15.5.16. */
function statusBelowV2({ code, facts }: Rejection): number {
  if (code === 'BODY_INVALID') return 400
  if (ended.has(code) && facts.awaited !== true) return 404
  // A case that is being ended, too (Zeebe: one that cannot be terminated any more).
  if (code === 'STATE_CONFLICT' && facts.state === 'terminating') return 404
  return code === 'BODY_UNREADABLE' && facts.why === 'notJsonType' ? 415 : statusOf(code)
}

/**
 * A rejection as RFC 9457 problem details: `title` and `detail` in the reader's language, both languages under
 * `messages`. Under `/v2` a body of another shape has the status Camunda gives it.
 */
export function problemJson(rejection: Rejection, { language, isCamunda, instance }: Telling): ProblemJson {
  const messages = words(rejection.code, rejection.facts)
  return {
    type: `urn:bihuan:problem:${rejection.code}`,
    title: wordOf('problem', rejection.code, language),
    status: isCamunda ? statusBelowV2(rejection) : statusOf(rejection.code),
    detail: messages[language]!.text,
    ...(instance !== null && { instance }),
    code: rejection.code,
    messages,
    ...(rejection.fields.length > 0 && {
      fields: rejection.fields.map((error) => ({
        field: error.field,
        label: error.label,
        code: error.code,
        messages: inBoth(
          (language) => say(error.code, { ...error.facts, field: error.label ?? error.field }, language).text,
        ),
      })),
    }),
    ...(rejection.problems.length > 0 && {
      problems: rejection.problems.map((problem) => ({
        code: problem.code,
        severity: problem.severity,
        resource: problem.resource,
        elementId: problem.elementId,
        elementName: problem.elementName,
        messages: inBoth((language) => sayProblem(problem, language)),
      })),
    }),
  }
}

/** How a refusal is told to whoever sent a request to this path with these headers (names in lower case). */
export function tellingTo(path: string, header: (name: string) => string | undefined): Telling {
  const isCamunda = path.startsWith('/v2/')
  return {
    language: languageOf(header('accept-language')),
    isCamunda,
    instance: isCamunda && header('authorization') !== undefined ? path.slice(0, 500) : null,
  }
}

/** Headers of the answer to a rejection. */
export function problemHeaders(rejection: Rejection, { language }: Telling): { readonly [header: string]: string } {
  return {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    'content-language': language,
    vary: 'accept-language',
    ...retryAfter(rejection),
    ...allow(rejection),
    // Whoever comes again comes to the server that follows.
    ...(rejection.code === 'SHUTTING_DOWN' && { connection: 'close' }),
  }
}

/** Answers with a rejection. */
export function problemResponse(rejection: Rejection, telling: Telling): Response {
  const body = problemJson(rejection, telling)
  return new Response(JSON.stringify(body), { status: body.status, headers: problemHeaders(rejection, telling) })
}

/** The methods an address takes (RFC 9110 §10.2.1). */
function allow({ code, facts }: Rejection): { [header: string]: string } {
  return code === 'METHOD_NOT_ALLOWED' ? { allow: String(facts.allowed) } : {}
}

/** Seconds to wait, as clients read them (RFC 9110 §10.2.3). */
function retryAfter({ code, facts }: Rejection): { [header: string]: string } {
  if (typeof facts.seconds === 'number') return { 'retry-after': String(facts.seconds) }
  return notNow.has(statusOf(code)) ? { 'retry-after': String(SOON) } : {}
}
