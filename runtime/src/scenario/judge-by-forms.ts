import {
  accessOf,
  contextOf,
  type Form,
  fillingData,
  judgeAnswers,
  Rejection,
  readForm,
  shapeForm,
} from '@bihuan/engine'
import type { JudgeAnswers } from '@bihuan/engine/testing'
import { validate } from '../work/form-judge.ts'
import type { CompiledPackage } from './compiled-package.ts'

/**
 * Judges the answers of a scenario by the forms of its package, shaped by its matrix as the task pages have them, so
 * that forms, fields and scenarios cannot drift apart. Answers where there is no form are refused.
 */
export function judgeByForms({ forms, fields }: Pick<CompiledPackage, 'forms' | 'fields'>): JudgeAnswers {
  const shaped = new Map<string, Form | null>()
  const formAt = (elementId: string, formId: string): Form | null => {
    const authored = forms.get(formId) ?? null
    if (!authored || !fields) return authored
    const known = shaped.get(elementId)
    if (known !== undefined) return known
    const { form } = readForm(shapeForm(authored, accessOf(fields, elementId)), formId)
    shaped.set(elementId, form)
    return form
  }
  return ({ elementId, formId, answers, variables, parameters, at }) => {
    const form = formId === null ? null : formAt(elementId, formId)
    if (!form) {
      const fields = Object.keys(answers).map((field) => ({
        field,
        label: null,
        code: 'FIELD_UNKNOWN' as const,
        facts: { field },
      }))
      if (fields.length > 0) throw new Rejection('ANSWERS_REFUSED', {}, { fields })
      return {}
    }
    const data = fillingData(form, fields, contextOf({ ...variables, parameters }), at)
    const judged = judgeAnswers(form, answers, data, at, validate)
    if (judged.errors.length > 0) throw new Rejection('ANSWERS_REFUSED', {}, { fields: judged.errors })
    return judged.variables
  }
}
