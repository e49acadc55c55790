import type { Problem } from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import { countsOf, inOrder, placeOf } from './problem-place.ts'

const problem = (more: Partial<Problem>): Problem => ({
  code: 'FORM_INVALID',
  severity: 'error',
  resource: 'process.bpmn',
  elementId: null,
  elementName: null,
  facts: {},
  ...more,
})

describe('where a finding leads', () => {
  const files = {
    'review.form': JSON.stringify({ id: 'leave_review', properties: { title: 'Review' } }),
    'odd.form': '{',
  }
  const place = (more: Partial<Problem>) => placeOf('leave', files, problem(more))

  it('is the element on the drawing', () => {
    expect(place({ elementId: 'gw 1', elementName: 'Agreed?' })).toEqual({
      part: 'element',
      name: 'Agreed?',
      path: '/studio/leave?element=gw+1&file=process.bpmn',
    })
    expect(place({}).path).toBe('/studio/leave?file=process.bpmn')
  })

  it('is the form by its id, unreadable ones by their file', () => {
    expect(place({ resource: 'review.form', facts: { field: 'opinion' } })).toEqual({
      part: 'form',
      name: 'Review',
      path: '/studio/leave/forms?form=leave_review&field=opinion',
    })
    expect(place({ resource: 'odd.form' }).path).toBe('/studio/leave/forms?form=odd')
  })

  it('is the field, the decision, the parameters or the package', () => {
    expect(place({ resource: 'fields.yaml', facts: { field: 'Days', key: 'days' } })).toEqual({
      part: 'field',
      name: 'Days',
      path: '/studio/leave/fields?field=days',
    })
    expect(place({ resource: 'level.dmn', elementId: 'level' }).path).toBe(
      '/studio/leave/decisions?decision=level&file=level.dmn',
    )
    expect(place({ resource: 'parameters.yaml' }).path).toBe('/studio/leave/parameters')
    expect(place({ resource: 'package.yaml' })).toEqual({ part: 'package', name: null, path: '/studio/leave' })
  })
})

describe('the list of findings', () => {
  const list = [problem({ severity: 'warning' }), problem({ elementId: 'a' }), problem({ elementId: 'b' })]
  it('has what hinders publishing first', () => {
    expect(inOrder(list).map(({ elementId }) => elementId)).toEqual(['a', 'b', null])
    expect(countsOf(list)).toEqual({ errors: 2, warnings: 1 })
  })
})
