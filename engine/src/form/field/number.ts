import type { JsonObject } from '../form.ts'
import { fieldType, plainly } from './field-type.ts'

/**
 * A number. With `serializeToString` it is a decimal text (`"1234.50"`): sums of money are never doubles. Limits are
 * judged as decimals, so they do not stand in the schema.
 */
export const number = fieldType({
  type: 'number',
  read(component) {
    const digits = component.value('decimalDigits')
    const decimals =
      typeof digits === 'number' && Number.isInteger(digits) && digits >= 0 && digits <= 15 ? digits : null
    const asText = component.value('serializeToString') === true
    const fraction = decimals === 0 ? '' : `(\\.[0-9]{1,${decimals ?? 15}})?`
    const text: JsonObject = { type: 'string', maxLength: 40, pattern: `^-?[0-9]{1,20}${fraction}$` }
    return {
      valueSchema: asText ? text : { type: decimals === 0 ? 'integer' : 'number' },
      expects: decimals === 0 ? 'integer' : 'number',
      empty: null,
      range: component.range('number', 'min', 'max', null),
      decimals,
    }
  },
  describe: plainly,
})
