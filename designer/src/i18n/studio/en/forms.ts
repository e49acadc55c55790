import type { Words } from '../../words.ts'
import type { forms as zh } from '../zh-cn/forms.ts'

export const forms: Words<typeof zh> = {
  title: 'Forms',
}
