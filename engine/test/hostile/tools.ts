import { expect } from 'vitest'
import {
  compile,
  emptyState,
  type Facts,
  fold,
  isProblemCode,
  type Problem,
  readDecisions,
  restoreState,
  say,
  sayProblem,
  stateText,
} from '../../src/index.ts'
import type { Play } from '../../src/testing/index.ts'

/** What is found in a BPMN file: `code element`, errors only unless told. */
export async function findings(xml: string, severity: Problem['severity'] = 'error'): Promise<string[]> {
  const { problems } = await compile(xml, 'a.bpmn')
  for (const problem of problems) judgeWords(problem)
  return problems
    .filter((problem) => problem.severity === severity)
    .map(({ code, elementId }) => (elementId === null ? code : `${code} ${elementId}`))
}

/** The codes a BPMN file is refused with, each once; none when it is taken. */
export async function refusals(xml: string): Promise<string[]> {
  const { problems, processes } = await compile(xml, 'a.bpmn')
  for (const problem of problems) judgeWords(problem)
  const codes = problems.filter(({ severity }) => severity === 'error').map(({ code }) => code)
  expect(processes.length > 0).toBe(codes.length === 0)
  return [...new Set(codes)]
}

/** The codes a DMN file is refused with, each once. */
export async function refusedDecisions(xml: string): Promise<string[]> {
  const { problems } = await readDecisions(xml, 'a.dmn')
  for (const problem of problems) judgeWords(problem)
  return [...new Set(problems.filter(({ severity }) => severity === 'error').map(({ code }) => code))]
}

function judgeWords(problem: Problem): void {
  expect(isProblemCode(problem.code)).toBe(true)
  for (const language of ['zh-CN', 'en'] as const) {
    const { text, todo } = sayProblem(problem, language)
    expect([text.length > 0, todo.length > 0]).toEqual([true, true])
  }
}

const NOTHING = /[⟦⟧{}]|（未填）|\(none\)/

/** Expects words in both languages in which every fact has its place: nothing of a template is left, nothing missing. */
export function expectWords(code: string, facts: Facts): void {
  if (!isProblemCode(code)) throw new Error(`no such code: ${code}`)
  for (const language of ['zh-CN', 'en'] as const) {
    const { text, todo } = say(code, facts, language)
    expect(text).not.toMatch(NOTHING)
    expect(todo).not.toMatch(NOTHING)
    // What failed is said in Chinese too.
    if (language === 'zh-CN' && facts.message) expect(text).not.toContain(String(facts.message))
  }
}

/** Expects that facts and snapshot hold the case entirely (SPEC ST4), through JSON. */
export function expectKept({ state, facts }: Pick<Play, 'state' | 'facts'>): void {
  const text = stateText(state)
  const told = JSON.stringify(facts)
  expect(stateText(fold(emptyState(state.stream), JSON.parse(told) as typeof facts))).toBe(text)
  expect(stateText(restoreState(JSON.parse(text)))).toBe(text)
  expect(JSON.stringify(JSON.parse(told))).toBe(told)
}
