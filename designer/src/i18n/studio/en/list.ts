import type { Words } from '../../words.ts'
import type { list as zh } from '../zh-cn/list.ts'

export const list: Words<typeof zh> = {
  title: 'Processes',
}
