import type { JsonObject } from '../form.ts'
import { grouped, YUAN } from '../rule/money.ts'
import { fieldType } from './field-type.ts'

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
    const unit = component.text('appearance', 'suffixAdorner')
    const asText = component.value('serializeToString') === true
    const fraction = decimals === 0 ? '' : `(\\.[0-9]{1,${decimals ?? 15}})?`
    const text: JsonObject = { type: 'string', maxLength: 40, pattern: `^-?[0-9]{1,20}${fraction}$` }
    return {
      valueSchema: asText ? text : { type: decimals === 0 ? 'integer' : 'number' },
      expects: decimals === 0 ? 'integer' : 'number',
      empty: null,
      range: component.range('number', 'min', 'max', null),
      decimals,
      // An expression as the unit is form-js's to show.
      unit: unit === null || unit.startsWith('=') || unit.includes('{{') ? null : unit.trim(),
    }
  },
  describe(value, { unit }) {
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
    if (!unit) return text
    return `${unit === YUAN ? grouped(text) : text} ${unit}`
  },
})
