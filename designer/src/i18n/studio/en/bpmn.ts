import type { Words } from '../../words.ts'
import type { bpmn as zh } from '../zh-cn/bpmn.ts'

export const bpmn: Words<typeof zh> = {
  title: 'Process',
}
