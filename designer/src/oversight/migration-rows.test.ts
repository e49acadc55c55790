import { expect, test } from 'vitest'
import { keptRows, type Outcome, sentByHand, targetsFor, withMapping } from './migration-rows.ts'

const unit = { id: 'u', name: 'U', level: 'village' }
const words = (text: string) => ({ 'zh-CN': { text, todo: '' }, en: { text, todo: '' } })
const outcome = (caseKey: string, elementId: string | null, text = ''): Outcome => ({
  caseKey,
  caseNumber: null,
  unit,
  refusal:
    elementId === null
      ? null
      : {
          code: 'MIGRATION_NOT_POSSIBLE',
          messages: words('not possible'),
          problems: [{ elementId, elementName: elementId.toUpperCase(), messages: words(text) }],
        },
})

test('cases that stay are counted by step and reason, the most first; those that move are left out', () => {
  const rows = keptRows([
    outcome('1', 'a', 'ends'),
    outcome('2', null),
    outcome('3', 'b', 'unmapped'),
    outcome('4', 'b', 'unmapped'),
    outcome('5', 'b', 'ends'),
  ])
  expect(rows.map(({ elementId, messages, cases }) => [elementId, messages.en?.text, cases.length])).toEqual([
    ['b', 'unmapped', 2],
    ['a', 'ends', 1],
    ['b', 'ends', 1],
  ])
})

test('a refusal without a step is told in its own words', () => {
  const refusal = { code: 'PROCESS_INSTANCE_ENDED', messages: words('ended'), problems: [] }
  expect(keptRows([{ caseKey: '1', caseNumber: null, unit, refusal }])).toMatchObject([
    { elementId: null, messages: words('ended') },
  ])
})

test('a step may be sent to those of its kind that have a name, to one at a time', () => {
  const user = (elementId: string, name: string | null = elementId) => ({ elementId, name, type: 'bpmn:UserTask' })
  const script = { elementId: 's', name: 's', type: 'bpmn:ScriptTask' }
  const known = { mappings: [], sources: [user('a'), script], targets: [user('b'), user('c', null), script] }
  expect(targetsFor('a', known)).toEqual([user('b')])
  expect(targetsFor('gone', known)).toEqual([])
  const first = withMapping([{ sourceElementId: 'a', targetElementId: 'a' }], {
    sourceElementId: 'a',
    targetElementId: 'b',
  })
  expect(first).toEqual([{ sourceElementId: 'a', targetElementId: 'b' }])
})

test('a step that was sent elsewhere by hand stays to be seen, one that goes by itself does not', () => {
  const drawn = (elementId: string) => ({ elementId, name: elementId.toUpperCase(), type: 'bpmn:UserTask' })
  const mapping = (from: string, to: string) => ({ sourceElementId: from, targetElementId: to })
  const known = {
    sources: [drawn('a'), drawn('b')],
    targets: [drawn('a'), drawn('c')],
    mappings: [mapping('a', 'a')],
  }
  expect(sentByHand(known.mappings, known)).toEqual([])
  const sent = sentByHand(withMapping(known.mappings, mapping('b', 'c')), known)
  expect(sent.map(({ from, to }) => [from.name, to.name])).toEqual([['B', 'C']])
  expect(sentByHand(known.mappings, undefined)).toEqual([])
})
