import type { Json } from '../../record/json.ts'
import { ID_NUMBER, idNumberFault, maskIdNumber } from '../rule/id-number.ts'
import { requiredProperty } from './definition.ts'
import { fieldType } from './field-type.ts'

const masked = (value: Json): Json => (typeof value === 'string' ? maskIdNumber(value) : value)

/** A citizen identity number of 18 characters. Whoever may only read it gets it masked. */
export const idNumber = fieldType({
  type: 'idNumber',
  read: () => ({ valueSchema: { type: 'string', pattern: ID_NUMBER }, expects: 'idNumber', empty: null }),
  judge(value, _field, { at }) {
    const part = idNumberFault(String(value), at)
    return part === null ? [] : [{ code: 'FIELD_ID_NUMBER', facts: { part } }]
  },
  describe: (value) => String(masked(value)),
  masked,
  definition: { group: 'basic-input', icon: 'id-card', create: {}, properties: [requiredProperty] },
})
