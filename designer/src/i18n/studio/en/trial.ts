import type { Words } from '../../words.ts'
import type { trial as zh } from '../zh-cn/trial.ts'

export const trial: Words<typeof zh> = {
  title: 'Trial run',
}
