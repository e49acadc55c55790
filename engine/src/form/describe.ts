import { contextOf, evaluate } from '../feel/index.ts'
import { type Language, listSeparator } from '../problem/index.ts'
import type { Json, Variables } from '../record/json.ts'
import { fieldTypes } from './field/all.ts'
import type { Form, FormField, FormNode } from './form.ts'
import { isEmpty, readAt, valueAt } from './paths.ts'
import { optionsInForce } from './value.ts'

/**
 * Answers in words, in the order of the form: option labels for option values, file names for files, times in
 * Asia/Shanghai. Empty answers are left out. A list is one entry, a row a line.
 *
 * @param variables top-level variables; those the form has no field for are left aside
 */
export function describeAnswers(form: Form, variables: Variables, language: Language = 'zh-CN'): DescribedAnswer[] {
  return form.nodes.flatMap((node) => {
    const value = valueAt(variables, node.path)
    const words = value === undefined ? '' : describeNode(node, value, variables, language)
    return words === '' ? [] : [{ label: labelOf(node), value: words, files: filesOf(node, value!) }]
  })
}

/** An answer for people to read. */
export interface DescribedAnswer {
  readonly label: string
  readonly value: string
  /** Files the answer names, in order: those of a file field, or of the rows of a list. */
  readonly files: readonly AnswerFile[]
}

/** A stored file as an answer names it. */
export interface AnswerFile {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly size: number
}

function filesOf(node: FormNode, value: Json): AnswerFile[] {
  if (!Array.isArray(value)) return []
  if (node.kind === 'list')
    return value.flatMap((row) => node.children.flatMap((child) => filesOf(child, valueAt(row, child.path) ?? null)))
  return node.type === 'filepicker' ? value.flatMap((one) => (isAnswerFile(one) ? [one] : [])) : []
}

const isAnswerFile = (value: Json): value is Json & AnswerFile =>
  value !== null &&
  typeof value === 'object' &&
  !Array.isArray(value) &&
  typeof value.id === 'string' &&
  typeof value.name === 'string' &&
  typeof value.type === 'string' &&
  typeof value.size === 'number'

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
