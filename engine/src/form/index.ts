/**
 * The only door to forms.
 *
 * readForm(schema, resource)                          → { form, problems }
 * jsonSchema(form)                                    → closed JSON Schema of the answers
 * judgeAnswers(form, answers, data, at, validate)     → { variables, errors }      data: FeelContext over the case
 * pickAnswers(form, data)                             → the form's own values and nothing else
 * describeAnswers(form, variables)                    → [{ label, value }] for people
 * shapeForm(form, access)                             → schema with fields read-only or removed
 * validateBySchema(schema, value)                      → faults, where there is no ajv (browser, scenarios)
 * readableNames(form), writableNames(form)            → top-level variable names
 */

export { type AnswerFile, type DescribedAnswer, describeAnswers } from './describe.ts'
export type { FieldOption, Form, FormField, FormNode, Judgement, SchemaFault, Validate } from './form.ts'
export { judgeAnswers } from './judge.ts'
export { pickAnswers, readableNames, writableNames } from './names.ts'
export { readForm } from './read.ts'
export { jsonSchema } from './schema.ts'
export { type FieldAccess, shapeForm } from './shape.ts'
export { validateBySchema } from './validate.ts'
