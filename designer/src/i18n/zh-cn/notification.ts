export const notification = {
  title: '通知',
  unread: '{{ count }} 条没看',
  someUnread: '有没看的',
  isUnread: '没看',
  readOne: '标为已看',
  readAll: '全标为已看',
  none: '没有通知',
  noneText: '有事要告诉您，会放在这里。',
} as const
