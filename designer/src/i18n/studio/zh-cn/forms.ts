export const forms = {
  title: '表单',
} as const
