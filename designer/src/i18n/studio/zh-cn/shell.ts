export const shell = {
  title: '设计',
} as const
