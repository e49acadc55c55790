import { expect, it } from 'vitest'
import type { Workspace } from '../workspace/workspace.ts'
import { wordsOf } from './variable-words.ts'

const table = `<definitions><decision id="d"><decisionTable id="t">
<output id="o" label="In scope" name="within" typeRef="boolean" />
<rule id="r1" /><rule id="r2"><inputEntry /></rule></decisionTable></decision></definitions>`

const words = wordsOf({
  files: { 'a.dmn': table },
  dictionary: () => ({
    fields: [
      {
        key: 'answer',
        name: 'Is it right',
        kind: 'choice',
        grade: 'public',
        options: [{ value: 'again', label: 'Once more' }],
      },
    ],
    access: {},
  }),
} as unknown as Workspace)

it('says a rule by the names of fields, of options and of what decisions give', () => {
  expect(words.ruleOf('review.answer = "again"', ['review.answer'])).toBe('Is it right = Once more')
  expect(words.ruleOf('decision.within = "x"', ['decision.within'])).toBe('In scope = "x"')
  expect(words.wordOf('answer', ['again'])).toBe('Once more')
  expect(words.nameOf('nobody.knows')).toBe('nobody.knows')
})

it('numbers the rules of a table as its rows', () => {
  expect([words.rowOf('r1'), words.rowOf('r2'), words.rowOf('r3')]).toEqual([1, 2, undefined])
})
