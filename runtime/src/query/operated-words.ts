import { type Language, type Rejection, say, sayProblem } from '@bihuan/engine'
import type { MigrationResult } from '../contract/contract.ts'

const inBoth = <T>(tell: (language: Language) => T): { [language: string]: T } => ({
  'zh-CN': tell('zh-CN'),
  en: tell('en'),
})

type Refusal = NonNullable<MigrationResult['items'][number]['refusal']>

/** Why one of many could not be done, in the words of the catalogue, in each language. */
export function wordsOf({ code, facts, problems }: Rejection): Refusal {
  return {
    code,
    messages: inBoth((language) => say(code, facts, language)),
    problems: problems.map((problem) => ({
      elementId: problem.elementId,
      elementName: problem.elementName,
      messages: inBoth((language) => sayProblem(problem, language)),
    })),
  }
}
