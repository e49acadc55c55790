export const problems = {
  title: '要看的',
} as const
