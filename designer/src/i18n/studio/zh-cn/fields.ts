export const fields = {
  title: '字段',
} as const
