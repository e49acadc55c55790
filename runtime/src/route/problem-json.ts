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

const languages = ['zh-CN', 'en'] as const

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

/**
 * A rejection as RFC 9457 problem details: `title` and `detail` in the reader's language, both languages under
 * `messages`. Under `/v2` a body of another shape has the status Camunda gives it.
 */
export function problemJson(rejection: Rejection, { language, isCamunda, instance }: Telling): ProblemJson {
  const messages = words(rejection.code, rejection.facts)
  return {
    type: `urn:bihuan:problem:${rejection.code}`,
    title: wordOf('problem', rejection.code, language),
    status: isCamunda && rejection.code === 'BODY_INVALID' ? 400 : statusOf(rejection.code),
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

/** Answers with a rejection. */
export function problemResponse(rejection: Rejection, telling: Telling): Response {
  const body = problemJson(rejection, telling)
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      'content-language': telling.language,
      vary: 'accept-language',
      ...retryAfter(rejection),
    },
  })
}

/** Seconds to wait, as clients read them (RFC 9110 §10.2.3). */
function retryAfter({ facts }: Rejection): { [header: string]: string } {
  return typeof facts.seconds === 'number' ? { 'retry-after': String(facts.seconds) } : {}
}
