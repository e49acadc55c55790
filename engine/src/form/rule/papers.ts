import type { Json } from '../../record/json.ts'
import type { FieldPaper } from '../form.ts'
import { isObject } from '../json-object.ts'

/** The papers of a value that have files, by name. */
export const papersIn = (value: Json | undefined): readonly { readonly item: string; readonly files: Json[] }[] =>
  (Array.isArray(value) ? value : []).flatMap((one) =>
    isObject(one) && typeof one.item === 'string' && Array.isArray(one.files) && one.files.length > 0
      ? [{ item: one.item, files: one.files }]
      : [],
  )

/** Names of the required papers that a value does not have. */
export function papersMissing(papers: readonly FieldPaper[], value: Json | undefined): string[] {
  const given = new Set(papersIn(value).map((paper) => paper.item))
  return papers.filter((paper) => paper.required && !given.has(paper.name)).map((paper) => paper.name)
}

/** Papers as a component of a form lists them; those without a name are left out. */
export const papersOf = (items: unknown): readonly FieldPaper[] =>
  (Array.isArray(items) ? (items as Json[]) : []).flatMap((item) => {
    const name = isObject(item) && typeof item.name === 'string' ? item.name.trim() : ''
    return name === '' || name.length > 200 ? [] : [{ name, required: isObject(item) && item.required === true }]
  })
