import type { Words } from '../../words.ts'
import type { problems as zh } from '../zh-cn/problems.ts'

export const problems: Words<typeof zh> = {
  title: 'To look at',
}
