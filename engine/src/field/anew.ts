import type { FeelContext } from '../feel/index.ts'
import type { Form } from '../form/form.ts'
import { writableNames } from '../form/names.ts'
import type { FieldDictionary } from './dictionary.ts'

/**
 * Names of the fields that a form asks anew, each time its step is reached: those of the dictionary that say so and that
 * the form takes an answer for. Where a step only reads such a field, its form shows what it holds.
 *
 * @param form as its step has it (`shapeForm`)
 * @param dictionary null where the package has none
 */
export function askedAnew(form: Form, dictionary: FieldDictionary | null): ReadonlySet<string> {
  const anew = (dictionary?.fields ?? []).filter((field) => field.anew === true).map(({ key }) => key)
  return anew.length === 0 ? NONE : new Set(writableNames(form).filter((name) => anew.includes(name)))
}

const NONE: ReadonlySet<string> = new Set()

/**
 * What a form reads while it is filled: the data of the case, without the former answers of what is asked anew. It is
 * both shown and judged against this, so that it opens as on a new form, and what is not answered is null.
 */
export const fillingData = (data: FeelContext, anew: ReadonlySet<string>): FeelContext =>
  anew.size === 0 ? data : { get: (name) => (anew.has(name) ? undefined : data.get(name)) }
