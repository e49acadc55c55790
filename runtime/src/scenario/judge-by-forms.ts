import { contextOf, type Form, judgeAnswers, Rejection } from '@bihuan/engine'
import type { JudgeAnswers } from '@bihuan/engine/testing'
import { validate } from '../work/form-judge.ts'

/**
 * Judges the answers of a scenario by the forms of its package, as the task pages do, so that forms and scenarios
 * cannot drift apart. Answers where there is no form are refused.
 */
export function judgeByForms(forms: ReadonlyMap<string, Form>): JudgeAnswers {
  return ({ formId, answers, variables, parameters, at }) => {
    const form = formId === null ? undefined : forms.get(formId)
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
    const judged = judgeAnswers(form, answers, contextOf({ ...variables, parameters }), at, validate)
    if (judged.errors.length > 0) throw new Rejection('ANSWERS_REFUSED', {}, { fields: judged.errors })
    return judged.variables
  }
}
