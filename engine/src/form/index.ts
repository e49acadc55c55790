/**
 * The only door to forms.
 *
 * readForm(schema, resource)                          → { form, problems }
 * costlyComponents(schema)                            → components that would hold up the page they are shown on
 * jsonSchema(form)                                    → closed JSON Schema of the answers
 * judgeAnswers(form, answers, data, at, validate)     → { variables, errors }      data: FeelContext over the case
 * pickAnswers(form, data)                             → the form's own values and nothing else
 * describeAnswers(form, variables)                    → [{ label, value }] for people
 * shapeForm(form, access)                             → schema as a step may have it: required, writable, read-only, gone
 * fieldDefinitions                                    → the types of this house as the studio offers them
 * validateBySchema(schema, value)                      → faults, where there is no ajv (browser, scenarios)
 * fitsPattern(source, text)                            → whether a text is as a pattern asks, by the rules of the server
 * isFileTaken(file, accept)                           → whether a field takes a file of that name and type
 * readableNames(form), writableNames(form)            → top-level variable names
 */

export { type CostlyComponent, costlyComponents } from './costly.ts'
export { type DescribedAnswer, describeAnswers } from './describe.ts'
export { fieldDefinitions } from './field/all.ts'
export type { EditableProperty, EditKind, FieldDefinition } from './field/definition.ts'
export { type Named, namedIn } from './field/directory.ts'
export type {
  AnswerFile,
  FieldColumn,
  FieldDirectory,
  FieldOption,
  FieldPaper,
  Form,
  FormField,
  FormNode,
  Judgement,
  SchemaFault,
  Validate,
} from './form.ts'
export { judgeAnswers } from './judge.ts'
export { pickAnswers, readableNames, writableNames } from './names.ts'
export { readForm } from './read.ts'
export { columnKinds, columnsOf, describeCell, rowFaults } from './rule/columns.ts'
export { attendanceFits, attendanceParts, countsOf, voteParts, votesCast } from './rule/counts.ts'
export { isFileTaken } from './rule/file-kind.ts'
export { idNumberFault, maskIdNumber } from './rule/id-number.ts'
export { isMobile } from './rule/mobile.ts'
export { papersIn, papersMissing, papersOf } from './rule/papers.ts'
export { jsonSchema } from './schema.ts'
export { type FieldAccess, type OtherAccess, shapeForm } from './shape.ts'
export { fitsPattern, validateBySchema } from './validate.ts'
