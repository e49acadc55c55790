import type { Words } from '../../words.ts'
import type { publish as zh } from '../zh-cn/publish.ts'

export const publish: Words<typeof zh> = {
  title: 'Publish',
}
