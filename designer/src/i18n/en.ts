import { app } from './en/app.ts'
import { board } from './en/board.ts'
import { caseWords } from './en/case.ts'
import { cases } from './en/cases.ts'
import { clock } from './en/clock.ts'
import { form } from './en/form.ts'
import { inbox } from './en/inbox.ts'
import { me } from './en/me.ts'
import { notification } from './en/notification.ts'
import { ring } from './en/ring.ts'
import { signIn } from './en/sign-in.ts'
import { start } from './en/start.ts'
import { task } from './en/task.ts'
import { trail } from './en/trail.ts'
import type { Words } from './words.ts'
import type { zhCn } from './zh-cn.ts'

export const en = {
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
} satisfies Words<typeof zhCn>
