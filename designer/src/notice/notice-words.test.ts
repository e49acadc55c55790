import type { Notice } from '@bihuan/runtime/contract'
import { describe, expect, it } from 'vitest'
import { kindWords, leftWords, paragraphs, periodWords, untilWords } from './notice-words.ts'

const notice: Notice = {
  key: '1',
  kind: 'resolution',
  title: '决议',
  number: null,
  text: '',
  unit: { id: 'v', name: '某村', level: 'village' },
  fields: [],
  files: [],
  publishedAt: '2026-05-13T01:30:00Z',
  until: '2026-05-20T16:00:00Z',
  state: 'open',
  proof: '',
}

describe('the words of a notice', () => {
  it('ends its period at 24:00 of the last full day, the day of posting not counted', () => {
    expect(periodWords(notice)).toBe('公示期 5月13日至5月20日，张贴当天不算')
    expect(untilWords(notice)).toBe('5月20日止')
    expect(untilWords({ ...notice, state: 'past' })).toBe('5月20日到期')
  })

  it('counts down to the last day and then says it is over', () => {
    expect(leftWords(notice, '2026-05-13T02:00:00Z')).toEqual({ tone: 'green', text: '还剩 7 天' })
    expect(leftWords(notice, '2026-05-18T02:00:00Z')).toEqual({ tone: 'amber', text: '还剩 2 天' })
    expect(leftWords(notice, '2026-05-20T15:59:59Z')).toEqual({ tone: 'amber', text: '今天最后一天' })
    expect(leftWords(notice, '2026-05-20T16:00:00Z')).toEqual({ tone: 'plain', text: '公示期已满' })
  })

  it('stays public where there is no end', () => {
    const open = { ...notice, until: null }
    expect(untilWords(open)).toBe('长期公开')
    expect(leftWords(open, '2026-05-13T02:00:00Z').text).toBe('长期公开')
    expect(periodWords(open)).toBe('5月13日张贴')
  })

  it('has a word for a kind it does not know', () => {
    expect(kindWords(notice)).toBe('决议公开')
    expect(kindWords({ ...notice, kind: 'something' })).toBe('公示')
  })

  it('splits the text at its lines and drops blank ones', () => {
    expect(paragraphs('一、甲\r\n\n  二、乙 \n')).toEqual(['一、甲', '二、乙'])
  })
})
