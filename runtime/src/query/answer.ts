import { type CommandValues, describeAnswers, type Variables } from '@bihuan/engine'
import type { Case } from '../contract/contract.ts'
import type { Services } from '../services.ts'
import { onlySeen, type Sees } from '../work/field-access.ts'
import type { DeployedForm } from '../work/form-judge.ts'

type Answers = Case['summary']

/**
 * Answers as the form words them, with their files, as far as the reader may see them; without a form nothing is shown,
 * since nothing says what it means.
 */
export function describe(form: DeployedForm | null, variables: Variables, sees: Sees): Answers {
  const seen = onlySeen(variables, sees)
  if (!form || Object.keys(seen).length === 0) return []
  return describeAnswers(form.form, seen).map(({ label, value, files }) => ({
    label,
    value,
    files: files.map(({ id, name, type, size }) => ({ id, name, type, size })),
  }))
}

/**
 * What a case was started with, worded by the version of the start form it was judged by. A system names none: then by
 * the newest.
 */
export async function describeStart(
  { definitions, forms }: Services,
  definitionKey: number,
  { variables, formKey }: Partial<CommandValues['processInstance.create']>,
  sees: Sees,
): Promise<Answers> {
  if (formKey != null) return describe(await forms.byKey(formKey), variables ?? {}, sees)
  const definition = (await definitions.rows([definitionKey])).get(definitionKey)
  return definition?.startFormId
    ? describe(await forms.used(definition.startFormId, definition.bound), variables ?? {}, sees)
    : []
}
