import { type Language, listSeparator } from '../../problem/index.ts'
import type { Json } from '../../record/json.ts'
import type { Component } from '../component.ts'
import type { FieldPaper } from '../form.ts'
import { papersIn, papersMissing, papersOf } from '../rule/papers.ts'
import { requiredProperty } from './definition.ts'
import { type AnswerPart, fieldType } from './field-type.ts'
import { filesOf, MAX_FILES, storedFile } from './stored-file.ts'

const MAX_PAPERS = 60

function readPapers(component: Component): readonly FieldPaper[] | null {
  const items = component.value('items')
  if (!Array.isArray(items) || items.length === 0 || items.length > MAX_PAPERS) {
    component.refuse('noItems')
    return null
  }
  const papers = papersOf(items)
  const twice = papers.find((paper, i) => papers.findIndex((other) => other.name === paper.name) < i)
  if (papers.length < items.length) component.refuse('itemInvalid')
  else if (twice) component.refuse('itemTwice', twice.name)
  else return papers
  return null
}

const partsOf = (value: Json, language: Language): AnswerPart[] =>
  papersIn(value).map((paper) => {
    const files = filesOf(paper.files)
    return { name: paper.item, words: files.map((file) => file.name).join(listSeparator(language)), files }
  })

/** Named papers, each with its files. One that is required must be there whenever any is given. */
export const attachments = fieldType({
  type: 'attachments',
  read(component) {
    const papers = readPapers(component)
    if (!papers) return null
    return {
      valueSchema: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            item: { type: 'string', enum: papers.map((paper) => paper.name) },
            files: { type: 'array', items: storedFile(), minItems: 1, maxItems: MAX_FILES },
          },
          required: ['item', 'files'],
          additionalProperties: false,
        },
        maxItems: papers.length,
      },
      expects: 'papers',
      empty: [],
      papers,
    }
  },
  judge(value, { papers, expects }) {
    const given = papersIn(value).map((paper) => paper.item)
    if (new Set(given).size < given.length) return [{ code: 'FIELD_TYPE', facts: { type: expects } }]
    return papersMissing(papers ?? [], value).map((item) => ({ code: 'FIELD_PAPER_MISSING' as const, facts: { item } }))
  },
  parts: partsOf,
  describe: (value, _field, _options, language) =>
    partsOf(value, language)
      .map((part) => `${part.name} ${part.words}`)
      .join('\n'),
  files: (value) => papersIn(value).flatMap((paper) => filesOf(paper.files)),
  definition: {
    group: 'basic-input',
    icon: 'paperclip',
    create: { items: [] },
    properties: [requiredProperty, { path: ['items'], kind: 'papers' }],
  },
})
