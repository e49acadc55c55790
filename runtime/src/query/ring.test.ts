import { expect, test } from 'vitest'
import { makeRing, type RingCase } from './ring.ts'

const stages = [
  { elementId: 'a', name: 'One' },
  { elementId: 'b', name: 'Two' },
  { elementId: 'b2', name: 'Two' },
  { elementId: 'c', name: 'Three' },
]
const at = (stageElementId: string | null, state: RingCase['state'] = 'active'): RingCase => ({
  key: 1,
  definitionKey: 2,
  state,
  startedAt: 0,
  dueAt: 9000,
  stageElementId,
  stageSince: 5000,
})
const states = (one: RingCase) => makeRing(one, stages, false, null).stages.map((stage) => stage.state)

test('a stage is named once, whichever of its elements opened it', () => {
  expect(states(at('b2'))).toEqual(['done', 'current', 'ahead'])
  expect(states(at('b'))).toEqual(['done', 'current', 'ahead'])
})

test('a case that went back has the later stages ahead again', () => {
  expect(states(at('a'))).toEqual(['current', 'ahead', 'ahead'])
})

test('an ended case has no current stage; what it never reached stays ahead', () => {
  expect(states(at('c', 'completed'))).toEqual(['done', 'done', 'done'])
  expect(states(at('b', 'completed'))).toEqual(['done', 'done', 'ahead'])
  expect(states(at('b', 'terminated'))).toEqual(['done', 'ahead', 'ahead'])
  expect(makeRing(at('c', 'completed'), stages, false, 1)).toMatchObject({
    state: 'completed',
    since: null,
    dueAt: null,
  })
})

test('the clock is that of the open task, else of the case; an incident shows', () => {
  expect(makeRing(at('a'), stages, true, 7000)).toMatchObject({
    state: 'incident',
    since: '1970-01-01T00:00:05.000Z',
    dueAt: '1970-01-01T00:00:07.000Z',
  })
  expect(makeRing(at('a'), stages, false, null).dueAt).toBe('1970-01-01T00:00:09.000Z')
})

test('OP1 a suspended case stands where it stood, an incident or not', () => {
  expect(makeRing(at('b', 'suspended'), stages, true, null)).toMatchObject({
    state: 'suspended',
    since: '1970-01-01T00:00:05.000Z',
    dueAt: '1970-01-01T00:00:09.000Z',
  })
  expect(states(at('b', 'suspended'))).toEqual(['done', 'current', 'ahead'])
})
