import { attendanceFits, attendanceParts, countsOf } from '../rule/counts.ts'
import { countsSchema, describeCounts } from './counts.ts'
import { requiredProperty } from './definition.ts'
import { fieldType } from './field-type.ts'

/** Who should come to a meeting and who came, in heads. */
export const attendance = fieldType({
  type: 'attendance',
  read: () => ({ valueSchema: countsSchema(attendanceParts), expects: 'attendance', empty: null }),
  judge(value) {
    const counts = countsOf(value)
    return attendanceFits(counts) ? [] : [{ code: 'FIELD_ATTENDANCE', facts: counts }]
  },
  describe: (value, _field, _options, language) => describeCounts(value, attendanceParts, language),
  definition: { group: 'basic-input', icon: 'users-round', create: {}, properties: [requiredProperty] },
})
