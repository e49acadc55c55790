import { app } from './zh-cn/app.ts'
import { board } from './zh-cn/board.ts'
import { caseWords } from './zh-cn/case.ts'
import { cases } from './zh-cn/cases.ts'
import { clock } from './zh-cn/clock.ts'
import { form } from './zh-cn/form.ts'
import { inbox } from './zh-cn/inbox.ts'
import { me } from './zh-cn/me.ts'
import { notification } from './zh-cn/notification.ts'
import { ring } from './zh-cn/ring.ts'
import { signIn } from './zh-cn/sign-in.ts'
import { start } from './zh-cn/start.ts'
import { task } from './zh-cn/task.ts'
import { trail } from './zh-cn/trail.ts'

export const zhCn = {
  app,
  board,
  case: caseWords,
  cases,
  clock,
  form,
  inbox,
  me,
  notification,
  ring,
  signIn,
  start,
  task,
  trail,
} as const
