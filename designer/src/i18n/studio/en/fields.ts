import type { Words } from '../../words.ts'
import type { fields as zh } from '../zh-cn/fields.ts'

export const fields: Words<typeof zh> = {
  title: 'Fields',
}
