import { isDeepStrictEqual } from 'node:util'
import { compileExpression, compileUnaryTests, contextOf, evaluate } from '../../src/feel/index.ts'
import type { Json } from '../../src/record/json.ts'
import { type Case, caseFiles, casesOf, type Expected } from './cases.ts'

/** The time of every case: 19 May 2026, half past one in Shanghai; still the 18th in UTC. */
const AT = Date.UTC(2026, 4, 18, 17, 30)

/** A case that came out otherwise than its line says. */
export interface Failure {
  readonly place: string
  readonly line: string
  /** As the right side of the line would have to read. */
  readonly got: string
}

/** What the table gave: how many cases it holds and those that failed. */
export interface Verdict {
  readonly cases: number
  readonly failures: readonly Failure[]
}

/** Runs the cases of one file. */
export function checkFile(file: string): Verdict {
  const cases = casesOf(file)
  return { cases: cases.length, failures: cases.flatMap(failureOf) }
}

/** Runs the whole table. */
export function checkTable(): Verdict {
  const verdicts = caseFiles().map(checkFile)
  return {
    cases: verdicts.reduce((sum, { cases }) => sum + cases, 0),
    failures: verdicts.flatMap(({ failures }) => failures),
  }
}

/** `engine/test/feel/list.cases:7: sum([]) ⇒ null but got 0`. */
export function failureLine({ place, line, got }: Failure): string {
  return `${place}: ${line} but got ${got}`
}

function failureOf(test: Case): readonly Failure[] {
  const got = outcomeOf(test)
  if (same(got, test.expected)) return []
  return [{ place: test.place, line: test.line, got: typeof got === 'string' ? got : JSON.stringify(got.value) }]
}

/** What a case gives. An exception is an outcome of its own, which no case expects: the door never throws. */
function outcomeOf({ kind, source, variables }: Case): Expected | `throws ${string}` {
  try {
    const compiled = kind === 'tests' ? compileUnaryTests(source) : compileExpression(source)
    if ('error' in compiled) return 'error'
    const result = evaluate(compiled.expression, contextOf(variables), AT)
    return result.ok ? { value: result.value } : 'fails'
  } catch (error) {
    return `throws ${String(error)}`
  }
}

/** Equal as JSON is: entries in any order; no zero is negative, and what is no JSON equals nothing. */
function same(got: Expected | string, expected: Expected): boolean {
  if (typeof got === 'string' || typeof expected === 'string') return got === expected
  return isDeepStrictEqual(got.value, expected.value) && isJson(got.value)
}

function isJson(value: Json): boolean {
  return isDeepStrictEqual(value, JSON.parse(JSON.stringify(value)))
}
