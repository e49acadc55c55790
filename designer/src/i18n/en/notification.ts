import type { Words } from '../words.ts'
import type { notification as source } from '../zh-cn/notification.ts'

export const notification: Words<typeof source> = {
  title: 'Updates',
  unread: '{{ count }} unread',
  someUnread: 'some unread',
  isUnread: 'Unread',
  readOne: 'Mark as read',
  readAll: 'Mark all as read',
  none: 'No updates',
  noneText: 'What you are to know will be here.',
}
