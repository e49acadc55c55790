export const list = {
  title: '流程',
} as const
