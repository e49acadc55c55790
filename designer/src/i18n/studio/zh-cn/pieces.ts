export const pieces = {
  title: '环节',
} as const
