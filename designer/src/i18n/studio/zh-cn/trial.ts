export const trial = {
  title: '试运行',
} as const
