export const decisions = {
  title: '判断表',
} as const
