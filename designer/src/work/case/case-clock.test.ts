import type { Case } from '@bihuan/runtime/contract'
import { describe, expect, it } from 'vitest'
import { clockOf } from './case-clock.ts'
import { sayCase } from './case-sentence.ts'

const unit = { id: 'v', name: '某村', level: 'village' }
const base: Case = {
  key: '1',
  number: null,
  title: '修路',
  processId: 'p',
  processName: '四议两公开',
  version: 1,
  unit,
  startedBy: { id: 'u', name: '甲' },
  startedAt: '2026-05-01T02:00:00Z',
  endedAt: null,
  outcome: null,
  more: 0,
  dueAt: null,
  ring: { stages: [], state: 'running', since: null, dueAt: null },
  tasks: [],
  waits: [],
  incidents: [],
  actions: [],
  notices: [],
  summary: [],
  now: '2026-05-13T02:00:00Z',
}
const task = (change: Partial<Case['tasks'][number]> = {}): Case['tasks'][number] => ({
  key: '2',
  elementId: 'vote',
  name: '表决',
  assignee: null,
  candidates: [],
  createdAt: '2026-05-12T02:00:00Z',
  dueAt: null,
  mine: false,
  vacant: false,
  ...change,
})

describe('the clock of a case', () => {
  it('is that of the whole case where it has a limit', () => {
    expect(clockOf({ ...base, dueAt: '2026-05-21T02:00:00Z' })).toMatchObject({
      step: null,
      total: 20,
      used: 12,
      tone: 'green',
    })
  })

  it('else that of the step that is due first', () => {
    const wait = { elementId: 'w', name: '公告期', since: '2026-05-10T02:00:00Z', dueAt: '2026-05-14T16:00:00Z' }
    const clock = clockOf({ ...base, tasks: [task({ dueAt: '2026-05-20T02:00:00Z' })], waits: [wait] })
    expect(clock).toMatchObject({ step: '公告期', total: 4, used: 3, tone: 'amber' })
  })

  it('stands still when nothing is timed or all is over', () => {
    expect(clockOf({ ...base, tasks: [task()] })).toBeNull()
    expect(clockOf({ ...base, dueAt: '2026-05-21T02:00:00Z', endedAt: '2026-05-12T02:00:00Z' })).toBeNull()
  })
})

describe('how a case stands, in one sentence', () => {
  it('says whom it waits for', () => {
    expect(sayCase({ ...base, tasks: [task({ assignee: { id: 'u', name: '乙' } })] })).toBe('等 乙 办「表决」')
    expect(sayCase({ ...base, tasks: [task({ candidates: ['某村 村文书'] })] })).toBe('等 村文书 办「表决」')
    expect(sayCase({ ...base, tasks: [task({ candidates: ['某镇 审核员'] })] })).toBe('等 某镇 审核员 办「表决」')
    expect(sayCase({ ...base, tasks: [task()] })).toBe('等人领取「表决」')
  })

  it('says that nobody holds the post it waits for', () => {
    const vacant = task({ candidates: ['某村 村文书'], vacant: true })
    expect(sayCase({ ...base, tasks: [vacant] })).toBe('等 村文书 办「表决」，这个岗位现在没有人')
  })

  it('says what may be done where it waits for nobody one knows of', () => {
    const act = (label: string) => ({ key: label, label, hasForm: true })
    const wait = { elementId: 'w', name: '公示', since: '2026-05-10T02:00:00Z', dueAt: '2026-05-14T16:00:00Z' }
    expect(sayCase({ ...base, actions: [act('登记异议')] })).toBe('您可以「登记异议」')
    expect(sayCase({ ...base, actions: [act('登记异议'), act('叫停')], waits: [wait] })).toMatch(
      /^「公示」到 .*，您可以「登记异议」，另有 1 样可办$/,
    )
  })

  it('puts what is mine first', () => {
    expect(sayCase({ ...base, tasks: [task(), task({ key: '3', name: '记录', mine: true })] })).toBe(
      '等您办「记录」，另有 1 项同时在办',
    )
  })

  it('says how it ended', () => {
    const ended = { ...base, endedAt: '2026-05-12T02:00:00Z' }
    expect(sayCase({ ...ended, ring: { ...base.ring, state: 'completed' } })).toBe('5月12日办结，用了 11 天')
    expect(sayCase({ ...ended, ring: { ...base.ring, state: 'terminated' } })).toBe('5月12日停办，这件事不再往下走')
  })
})
