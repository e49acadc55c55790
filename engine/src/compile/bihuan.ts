/** Moddle descriptor of the own namespace: what Camunda 8's `zeebe:` cannot say (decision D1). */
export const bihuan = {
  name: 'Bihuan',
  uri: 'http://bihuan.org/schema/bpmn/1.0',
  prefix: 'bihuan',
  xml: { tagAlias: 'lowerCase' },
  associations: [],
  types: [
    {
      name: 'Case',
      superClass: ['Element'],
      properties: [
        { name: 'title', type: 'String', isAttr: true },
        { name: 'dueDate', type: 'String', isAttr: true },
        { name: 'numberPrefix', type: 'String', isAttr: true },
        { name: 'strict', type: 'Boolean', isAttr: true },
      ],
    },
    {
      name: 'Starters',
      superClass: ['Element'],
      properties: [{ name: 'candidateGroups', type: 'String', isAttr: true }],
    },
    { name: 'Stage', superClass: ['Element'], properties: [{ name: 'name', type: 'String', isAttr: true }] },
    {
      name: 'CaseAction',
      superClass: ['Element'],
      properties: [
        { name: 'label', type: 'String', isAttr: true },
        { name: 'formId', type: 'String', isAttr: true },
        { name: 'candidateGroups', type: 'String', isAttr: true },
      ],
    },
  ],
} as const
