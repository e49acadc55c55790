import { expect, test } from 'vitest'
import type { Variables } from '../record/json.ts'
import { NoticeFault, noticeOf, noticeVariables } from './notice.ts'

const at = Date.parse('2026-05-18T09:30:00+08:00')

test('a notice is exactly what the inputs name', () => {
  const notice = noticeOf(
    {
      kind: 'result',
      title: 'Bridge',
      number: 12,
      days: 7,
      fields: [{ label: 'yes', value: 31 }],
      photos: [{ id: 'f1', name: 'a.jpg' }],
      secret: 'x',
    },
    at,
  )
  expect(notice).toEqual({
    kind: 'result',
    title: 'Bridge',
    number: '12',
    text: '',
    fields: [{ label: 'yes', value: '31' }],
    files: ['f1'],
    publishedAt: at,
    until: Date.parse('2026-05-26T00:00:00+08:00'),
  })
  expect(noticeVariables(5, notice)).toEqual({
    noticeKey: '5',
    publishedAt: '2026-05-18T09:30:00+08:00',
    publishedUntil: '2026-05-26T00:00:00+08:00',
  })
  expect(noticeVariables(5, noticeOf({ kind: 'k', title: 't' }, at)).publishedUntil).toBeNull()
})

test.each<[string, Variables]>([
  ['kind', { title: 't' }],
  ['title', { kind: 'k', title: ' ' }],
  ['title', { kind: 'k', title: 7 }],
  ['number', { kind: 'k', title: 't', number: true }],
  ['days', { kind: 'k', title: 't', days: 1.5 }],
  ['days', { kind: 'k', title: 't', days: -1 }],
  ['days', { kind: 'k', title: 't', days: '7' }],
  ['fields', { kind: 'k', title: 't', fields: 'x' }],
  ['fields', { kind: 'k', title: 't', fields: [{ value: 1 }] }],
  ['photos', { kind: 'k', title: 't', photos: ['f1'] }],
])('a notice with a wrong %s is refused', (name, variables) => {
  expect(() => noticeOf(variables, at)).toThrow(NoticeFault)
  expect(() => noticeOf(variables, at)).toThrow(new RegExp(`^${name}: expected`))
})
