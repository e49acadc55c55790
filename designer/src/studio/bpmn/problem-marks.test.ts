import type { Problem } from '@bihuan/engine'
import { expect, it } from 'vitest'
import { byElement } from './problem-marks.ts'

const problem = (elementId: string | null, severity: Problem['severity'], resource = 'a.bpmn'): Problem => ({
  code: 'JOB_TYPE_MISSING',
  severity,
  resource,
  elementId,
  elementName: null,
  facts: {},
})

it('gathers findings of the drawn file by element, errors first', () => {
  const found = byElement(
    [
      problem('x', 'warning'),
      problem(null, 'error'),
      problem('y', 'warning'),
      problem('x', 'error'),
      problem('x', 'error', 'b.bpmn'),
    ],
    'a.bpmn',
  )
  expect(found.map(({ elementId, severity }) => [elementId, severity])).toEqual([
    ['x', 'error'],
    ['y', 'warning'],
  ])
  expect(found[0]!.problems.map(({ severity }) => severity)).toEqual(['error', 'warning'])
})
