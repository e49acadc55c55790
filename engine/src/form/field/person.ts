import { multipleProperty, requiredProperty } from './definition.ts'
import { describeNamed, directoryRules, judgeNamed } from './directory.ts'
import { fieldType } from './field-type.ts'

/** People of the organisation, those of `role` alone when one is named: `{id, name}`, a list when `multiple`. */
export const person = fieldType({
  type: 'person',
  read: (component) => directoryRules(component, 'person'),
  judge: judgeNamed,
  describe: describeNamed,
  definition: {
    group: 'selection',
    icon: 'user-round',
    create: {},
    properties: [requiredProperty, multipleProperty, { path: ['role'], kind: 'role' }],
  },
})
