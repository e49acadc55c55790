export const bpmn = {
  title: '流程',
} as const
