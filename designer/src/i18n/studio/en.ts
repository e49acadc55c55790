import { bpmn } from './en/bpmn.ts'
import { decisions } from './en/decisions.ts'
import { fields } from './en/fields.ts'
import { forms } from './en/forms.ts'
import { list } from './en/list.ts'
import { parameters } from './en/parameters.ts'
import { pieces } from './en/pieces.ts'
import { problems } from './en/problems.ts'
import { publish } from './en/publish.ts'
import { shell } from './en/shell.ts'
import { trial } from './en/trial.ts'
import { types } from './en/types.ts'

export const enStudio = {
  bpmn,
  decisions,
  fields,
  forms,
  list,
  parameters,
  pieces,
  problems,
  publish,
  shell,
  trial,
  types,
}
