import { multipleProperty, requiredProperty } from './definition.ts'
import { describeNamed, directoryRules, judgeNamed } from './directory.ts'
import { fieldType } from './field-type.ts'

/** Units of the organisation, those of `level` alone when one is named: `{id, name}`, a list when `multiple`. */
export const unit = fieldType({
  type: 'unit',
  read: (component) => directoryRules(component, 'unit'),
  judge: judgeNamed,
  describe: describeNamed,
  definition: {
    group: 'selection',
    icon: 'landmark',
    create: {},
    properties: [requiredProperty, multipleProperty, { path: ['level'], kind: 'level' }],
  },
})
