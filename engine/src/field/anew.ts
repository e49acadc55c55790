import { chainContexts, type Expression, evaluate, type FeelContext } from '../feel/index.ts'
import type { Form } from '../form/form.ts'
import { writableNames } from '../form/names.ts'
import type { FieldDictionary } from './dictionary.ts'

/**
 * What a form reads while it is filled: the data of the case, without the former answers of what it asks anew each time
 * its step is reached. It is both shown and judged against this, so that it opens as on a new form, and what is not
 * answered is null.
 *
 * Asked anew are the fields of the dictionary that say so and that the form takes an answer for. One that the step only
 * reads, or that a condition locks as the form opens, is not asked: it shows what it holds and keeps it. What a person's
 * own answers lock is judged as it was opened.
 *
 * @param form as its step has it (`shapeForm`)
 * @param dictionary null where the package has none
 * @param data the data of the case
 * @param at time that conditions read, milliseconds since 1970 UTC
 */
export function fillingData(
  form: Form,
  dictionary: FieldDictionary | null,
  data: FeelContext,
  at: number,
): FeelContext {
  const fields = dictionary?.fields ?? []
  let asked: readonly string[] = fields.filter((field) => field.anew === true).map(({ key }) => key)
  if (asked.length === 0) return data
  const fillable = writableNames(form)
  const initial = new Map(fields.map((field) => [field.key, fillable.includes(field.key) ? field.initial : undefined]))
  const left: FeelContext = { get: (name) => (asked.includes(name) ? undefined : data.get(name)) }
  const locks = (condition: Expression): boolean => {
    const locked = evaluate(condition, chainContexts(left, initial), at)
    return locked.ok && locked.value === true
  }
  // What is kept may lock another field: each turn keeps more, until one keeps no more.
  for (let before = Number.POSITIVE_INFINITY; asked.length < before; ) {
    before = asked.length
    const writable = writableNames(form, locks)
    asked = asked.filter((name) => writable.includes(name))
  }
  return left
}
