import type { OpenStep } from '@bihuan/runtime/contract'
import { expect, test } from 'vitest'
import { ot } from '../i18n/oversight.ts'
import { consequencesOf, stuckStep } from './consequences.ts'

const step = (given: Partial<OpenStep>): OpenStep => ({
  key: '1',
  processKey: '9',
  scopeKey: '9',
  elementId: 'a',
  name: 'A',
  type: 'bpmn:UserTask',
  since: '2026-03-02T01:00:00.000Z',
  tasks: 0,
  timers: 0,
  jobs: 0,
  incidents: 0,
  ...given,
})

test('a move says what is withdrawn, and what begins', () => {
  const from = step({ tasks: 2, timers: 1, incidents: 1 })
  const to = { elementId: 'b', name: 'B', type: 'bpmn:UserTask' }
  expect(consequencesOf({ state: 'suspended' }, from, to)).toEqual([
    ot('thenTasks', { from: 'A', count: 2 }),
    ot('thenTimers', { count: 1 }),
    ot('thenIncidents', { count: 1 }),
    ot('thenBegin', { to: 'B' }),
    ot('thenSuspended'),
  ])
  expect(consequencesOf({ state: 'active' }, step({}), { ...to, type: 'bpmn:EndEvent' })).toEqual([
    ot('thenEnd', { to: 'B' }),
  ])
})

test('a move begins at the step that is stuck; an instance of a multi-instance goes with its whole', () => {
  const steps = [step({ key: '1', elementId: 'a' }), step({ key: '2', elementId: 'b', incidents: 3 })]
  expect(stuckStep(steps, { elementInstanceKey: '1', elementId: 'a' })?.key).toBe('1')
  expect(stuckStep(steps, { elementInstanceKey: '7', elementId: 'b' })?.key).toBe('2')
  const waits = [step({ key: '3', elementId: 'b', tasks: 2 }), ...steps.slice(0, 1)]
  expect(stuckStep(waits, { elementInstanceKey: '7', elementId: 'b' })?.key).toBe('3')
  expect(stuckStep([], { elementInstanceKey: '7', elementId: 'b' })).toBeNull()
})
