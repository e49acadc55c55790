import type { Words } from '../../words.ts'
import type { decisions as zh } from '../zh-cn/decisions.ts'

export const decisions: Words<typeof zh> = {
  title: 'Decisions',
}
