import { bpmn } from './zh-cn/bpmn.ts'
import { decisions } from './zh-cn/decisions.ts'
import { fields } from './zh-cn/fields.ts'
import { forms } from './zh-cn/forms.ts'
import { list } from './zh-cn/list.ts'
import { parameters } from './zh-cn/parameters.ts'
import { pieces } from './zh-cn/pieces.ts'
import { problems } from './zh-cn/problems.ts'
import { publish } from './zh-cn/publish.ts'
import { shell } from './zh-cn/shell.ts'
import { trial } from './zh-cn/trial.ts'
import { types } from './zh-cn/types.ts'

export const zhCnStudio = {
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
} as const
