import { contextOf, evaluate } from '../feel/index.ts'
import { type Language, listSeparator } from '../problem/index.ts'
import type { Json, Variables } from '../record/json.ts'
import { fieldTypes } from './field/all.ts'
import type { AnswerFile, Form, FormField, FormNode } from './form.ts'
import { isEmpty } from './json-object.ts'
import { readAt, valueAt } from './paths.ts'
import { optionsInForce } from './value.ts'

/**
 * Answers in words, in the order of the form: option labels for option values, file names for files, times in
 * Asia/Shanghai. Empty answers are left out, and what a form computes without a label: nobody gave it, and only its key
 * could be said of it. A list is one entry, a row a line.
 *
 * @param variables top-level variables; those the form has no field for are left aside
 */
export function describeAnswers(form: Form, variables: Variables, language: Language = 'zh-CN'): DescribedAnswer[] {
  return form.nodes.filter(isTold).flatMap((node) => {
    const value = valueAt(variables, node.path)
    const words = value === undefined ? '' : describeNode(node, value, variables, language)
    if (words === '' || value === undefined) return []
    const label = labelOf(node)
    const parts = node.kind === 'field' ? fieldTypes.get(node.type)?.parts?.(value, language) : undefined
    return parts
      ? parts.map((part) => ({ label: `${label} ${part.name}`, value: part.words, files: part.files }))
      : [{ label, value: words, files: filesOf(node, value) }]
  })
}

/** An answer for people to read. */
export interface DescribedAnswer {
  readonly label: string
  readonly value: string
  /** Files the answer names, in order: those of a field of files, or of the rows of a list. */
  readonly files: readonly AnswerFile[]
}

function filesOf(node: FormNode, value: Json): AnswerFile[] {
  if (node.kind === 'field') return [...(fieldTypes.get(node.type)?.files?.(value) ?? [])]
  if (!Array.isArray(value)) return []
  return value.flatMap((row) => node.children.flatMap((child) => filesOf(child, valueAt(row, child.path) ?? null)))
}

const isTold = (node: FormNode): boolean => node.kind !== 'field' || node.computed === null || node.label !== null

/** Label without markdown and templates; the key when there is none. */
const labelOf = (node: FormNode): string =>
  node.label === null || node.label.startsWith('=')
    ? node.path.at(-1)!
    : node.label.replace(/[*_`#]|\{\{[^{}]*\}\}/g, '').trim()

function describeNode(node: FormNode, value: Json, variables: Variables, language: Language): string {
  if (node.kind === 'field') return isEmpty(value) ? '' : describeField(node, value, variables, language)
  if (!Array.isArray(value)) return ''
  return value
    .map((row) =>
      node.children
        .filter(isTold)
        .flatMap((child) => {
          const inner = valueAt(row, child.path)
          const words = inner === undefined ? '' : describeNode(child, inner, variables, language)
          return words === '' ? [] : [`${labelOf(child)} ${words}`]
        })
        .join(listSeparator(language)),
    )
    .join('\n')
}

function describeField(field: FormField, value: Json, variables: Variables, language: Language): string {
  const context = contextOf(variables)
  const options = optionsInForce(
    field,
    (expression) => {
      const result = evaluate(expression, context, 0)
      return result.ok ? result.value : undefined
    },
    (path) => readAt(context, path),
  )
  return fieldTypes.get(field.type)!.describe(value, field, options, language)
}
