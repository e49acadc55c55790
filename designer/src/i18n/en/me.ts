import type { Words } from '../words.ts'
import type { me as source } from '../zh-cn/me.ts'

export const me: Words<typeof source> = {
  title: 'My page',
  positions: 'Positions',
  none: 'No position. Ask the security administrator to enter one.',
  display: 'Display',
  largeText: 'Large text',
  largeHint: 'Bigger text and buttons, nothing left out',
  username: 'User name',
}
