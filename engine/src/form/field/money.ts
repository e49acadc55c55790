import { grouped, moneySchema, YUAN } from '../rule/money.ts'
import { requiredProperty } from './definition.ts'
import { fieldType } from './field-type.ts'

/** A sum of money in yuan. */
export const money = fieldType({
  type: 'money',
  read: (component) => ({
    valueSchema: { ...moneySchema },
    expects: 'money',
    empty: null,
    range: component.range('number', 'min', 'max', null),
    unit: YUAN,
  }),
  describe: (value) => `${grouped(String(value))} ${YUAN}`,
  definition: {
    group: 'basic-input',
    icon: 'japanese-yen',
    create: {},
    properties: [
      requiredProperty,
      { path: ['validate', 'min'], kind: 'decimal' },
      { path: ['validate', 'max'], kind: 'decimal' },
    ],
  },
})
