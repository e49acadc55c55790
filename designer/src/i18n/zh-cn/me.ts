export const me = {
  title: '我的',
  positions: '职务',
  none: '没有职务。要办事，请找安全管理员登记。',
  display: '显示',
  largeText: '大字',
  largeHint: '字和按钮都放大，一项不少',
  username: '用户名',
} as const
