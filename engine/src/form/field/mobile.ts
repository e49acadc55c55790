import { MOBILE } from '../rule/mobile.ts'
import { requiredProperty } from './definition.ts'
import { fieldType, plainly } from './field-type.ts'

/** A mobile number. */
export const mobile = fieldType({
  type: 'mobile',
  read: () => ({ valueSchema: { type: 'string', pattern: MOBILE }, expects: 'mobile', empty: null }),
  describe: plainly,
  definition: { group: 'basic-input', icon: 'smartphone', create: {}, properties: [requiredProperty] },
})
