import type { Words } from '../../words.ts'
import type { shell as zh } from '../zh-cn/shell.ts'

export const shell: Words<typeof zh> = {
  title: 'Studio',
}
