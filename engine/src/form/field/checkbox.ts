import { wordOf } from '../../problem/index.ts'
import { fieldType } from './field-type.ts'

/** Yes or no. Required means it must be ticked; left alone it is no. */
export const checkbox = fieldType({
  type: 'checkbox',
  read: () => ({ valueSchema: { type: 'boolean' }, expects: 'boolean', empty: false }),
  describe: (value, _field, _options, language) => wordOf('answer', String(value), language),
})
