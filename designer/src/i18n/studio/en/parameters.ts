import type { Words } from '../../words.ts'
import type { parameters as zh } from '../zh-cn/parameters.ts'

export const parameters: Words<typeof zh> = {
  title: 'Parameters',
}
