import { type FeelContext, fillingData, Rejection, type Variables } from '@bihuan/engine'
import { filesIn } from '../file/reference.ts'
import type { Services } from '../services.ts'
import { type DeployedForm, judge } from './form-judge.ts'
import { settleNamed } from './named.ts'

/**
 * The answers a person hands in, as they may be stored: judged by the form he saw, people and units settled against
 * the organisation, files against what was uploaded. Throws `FORM_VERSION_STALE` when another version was shown,
 * `ANSWERS_REFUSED` naming every field.
 */
export async function acceptAnswers(
  services: Services,
  given: {
    readonly form: DeployedForm | null
    /** Version the person saw; null when he saw none. */
    readonly formKey: string | null
    readonly answers: { readonly [name: string]: unknown }
    readonly data: FeelContext
    readonly personId: string
    /** Case the answers are for; null for a new one. */
    readonly instanceKey: number | null
  },
): Promise<Variables> {
  const shown = given.form === null ? null : String(given.form.row.key)
  if (given.formKey !== null && given.formKey !== shown) throw new Rejection('FORM_VERSION_STALE')
  // Judged by what was uploaded, not by what is said of it.
  const answers = await services.files.asStored(given.answers as Variables, given.personId, given.instanceKey)
  const at = services.host.clock.now()
  const data = given.form ? fillingData(given.form.form, given.form.dictionary, given.data, at) : given.data
  const judged = judge(given.form, answers, data, at)
  const { variables, errors } = given.form
    ? await settleNamed(services.store, { ...given, form: given.form.form, data, variables: judged })
    : { variables: judged, errors: [] }
  if (errors.length > 0) throw new Rejection('ANSWERS_REFUSED', {}, { fields: errors })
  const named = filesIn(variables)
  const settled = await services.files.settle(variables, given.personId, given.instanceKey, named)
  if (settled) return settled
  const top = Object.entries(variables).filter(([, value]) => filesIn(value).length > 0)
  throw new Rejection(
    'ANSWERS_REFUSED',
    {},
    {
      fields: top.map(([field]) => ({ field, label: null, code: 'FIELD_NOT_AN_OPTION' as const, facts: { field } })),
    },
  )
}
