import type { Words } from '../../words.ts'
import type { pieces as zh } from '../zh-cn/pieces.ts'

export const pieces: Words<typeof zh> = {
  title: 'Steps',
}
