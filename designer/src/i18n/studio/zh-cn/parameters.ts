export const parameters = {
  title: '参数',
} as const
