/** Signs of tasks by type, as paths in a square of 16: the same fine lines as the other icons. */
export const taskIcons: Readonly<Record<string, string>> = {
  'bpmn:UserTask': 'M3 15c0-3.3 2.2-5 5-5s5 1.7 5 5M8 7.8a3 3 0 1 0 0-6 3 3 0 0 0 0 6',
  'bpmn:BusinessRuleTask': 'M1.5 2.5h13v11h-13zM1.5 6h13M6 6v7.5M1.5 9.8h13',
  'bpmn:ServiceTask':
    'M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4M8 12.8a4.8 4.8 0 1 0 0-9.6 4.8 4.8 0 0 0 0 9.6M8 1.2v2M8 12.8v2M1.2 8h2M12.8 8h2M3.2 3.2l1.4 1.4M11.4 11.4l1.4 1.4M12.8 3.2l-1.4 1.4M4.6 11.4l-1.4 1.4',
  'bpmn:ScriptTask':
    'M4.5 1.8h9c-2.4 2.6-2.4 4.2-.8 6.2s1.6 3.8-.6 6.2h-9c2.2-2.4 2.2-4.2.6-6.2s-1.6-3.6.8-6.2zM5.8 5h4.4M6 8h4.4M6.6 11h4.4',
}
