import { type Facts, type ProblemCode, type Rejection, say, sayProblem, statusOf } from '@bihuan/engine'
import type { ProblemJson } from '../contract/contract.ts'

const languages = ['zh-CN', 'en'] as const
type Language = (typeof languages)[number]

const inBoth = <T>(tell: (language: Language) => T): { [language: string]: T } =>
  Object.fromEntries(languages.map((language) => [language, tell(language)]))

const words = (code: ProblemCode, facts: Facts) => inBoth((language) => say(code, facts, language))

/** A rejection as RFC 9457 problem details: the Chinese words in `detail`, both languages under `messages`. */
export function problemJson(rejection: Rejection): ProblemJson {
  const messages = words(rejection.code, rejection.facts)
  return {
    type: `urn:bihuan:problem:${rejection.code}`,
    title: rejection.code,
    status: statusOf(rejection.code),
    detail: messages['zh-CN']?.text ?? rejection.code,
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
export function problemResponse(rejection: Rejection): Response {
  const body = problemJson(rejection)
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' },
  })
}
