import { countsOf, voteParts, votesCast } from '../rule/counts.ts'
import { countsSchema, describeCounts } from './counts.ts'
import { requiredProperty } from './definition.ts'
import { fieldType } from './field-type.ts'

/**
 * The count of a vote: everybody present voted yes, no or abstained. `attendance` names the attendance field whose
 * present it must be.
 */
export const votes = fieldType({
  type: 'votes',
  read(component) {
    const linked = component.text('attendance')
    const attendance = linked === null ? null : [...linked.split('.'), 'present']
    // A form that asks only for the votes shows who came from what an earlier step stored.
    if (attendance) component.reads.push(attendance)
    return { valueSchema: countsSchema(voteParts), expects: 'votes', empty: null, attendance }
  },
  judge(value, { attendance }, { look }) {
    const counts = countsOf(value)
    const came = attendance === null ? undefined : look(attendance)
    if (typeof came === 'number' && came !== counts.present)
      return [{ code: 'FIELD_VOTES_PRESENT', facts: { present: counts.present ?? null, came } }]
    const sum = votesCast(counts)
    return sum === counts.present ? [] : [{ code: 'FIELD_VOTES_SUM', facts: { ...counts, sum } }]
  },
  describe: (value, _field, _options, language) => describeCounts(value, voteParts, language),
  definition: {
    group: 'basic-input',
    icon: 'vote',
    create: {},
    properties: [requiredProperty, { path: ['attendance'], kind: 'attendance' }],
  },
})
