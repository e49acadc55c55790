import type { FactKind } from '@bihuan/engine'
import type { TrailEntry } from '@bihuan/runtime/contract'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { zhCn } from '../../i18n/zh-cn.ts'
import { isKey, sayEntry, sayReason, saySentence } from './trail-sentence.ts'

type Head = typeof zhCn.trail.head
/** Kinds of records that have words: `userTask.completed`. */
type SaidKind = { [Noun in keyof Head]: `${Noun}.${keyof Head[Noun] & string}` }[keyof Head]

const entry = (change: Partial<TrailEntry>): TrailEntry => ({
  sequence: 1,
  at: '2026-05-13T02:00:00Z',
  actor: { type: 'person', id: 'u1', name: '甲' },
  kind: 'userTask.completed',
  elementId: 'vote',
  elementName: '表决',
  facts: {},
  answers: [],
  messages: null,
  why: null,
  important: true,
  ...change,
})
const say = (change: Partial<TrailEntry>) => saySentence(sayEntry(entry(change)))

describe('a line of the trail', () => {
  it('says who did what', () => {
    expect(say({})).toBe('甲 办完「表决」')
    expect(say({ facts: { as: '村党支部书记' } })).toBe('甲（村党支部书记） 办完「表决」')
    expect(say({ kind: 'processInstance.created', elementName: null, facts: { number: 'SY-1', unit: '某村' } })).toBe(
      '甲 发起，编号 SY-1，某村',
    )
  })

  it('does not credit a person with what only followed from the act', () => {
    expect(say({ kind: 'userTask.created', facts: { candidates: '某村 村文书', dueAt: '2026-05-18T09:00:00Z' } })).toBe(
      '等办「表决」，等 某村 村文书，5月18日 17:00 前办到',
    )
    expect(say({ kind: 'timer.triggered', actor: { type: 'system', id: 'timer', name: 'timer' } })).toBe('到时「表决」')
  })

  it('tells taking a task from giving it to somebody', () => {
    expect(say({ kind: 'userTask.assigned', facts: { assignee: '甲' } })).toBe('甲 领取「表决」')
    expect(say({ kind: 'userTask.assigned', facts: { assignee: '乙' } })).toBe('甲 交给 乙 办「表决」')
  })

  it('tells a new deadline from others to do it, and from anything else that was changed', () => {
    const client = { type: 'client', id: 'c1', name: '台账' } as const
    const change = { kind: 'userTask.updated', actor: client }
    expect(say({ ...change, facts: { dueAt: '2026-05-18T09:00:00Z' } })).toBe(
      '台账（外部系统） 改期限「表决」，5月18日 17:00 前办到',
    )
    expect(say({ ...change, facts: { candidates: '某村 村文书、乙' } })).toBe(
      '台账（外部系统） 改由别人办「表决」，等 某村 村文书、乙',
    )
    expect(say(change)).toBe('台账（外部系统） 改「表决」')
  })

  it('names the act, the notice and the way where there is one', () => {
    expect(say({ kind: 'messageSubscription.correlated', facts: { action: '登记异议', message: 'objection' } })).toBe(
      '甲 登记异议',
    )
    expect(
      say({ kind: 'job.completed', facts: { notice: '决议', type: 'bihuan.notice', until: '2026-05-20T16:00:00Z' } }),
    ).toBe('张贴公示《决议》，公示到 5月20日')
    expect(say({ kind: 'sequenceFlow.taken', facts: { flow: '通过', target: '公开' } })).toBe('走「通过」')
    expect(say({ kind: 'sequenceFlow.taken', facts: { target: '公开' } })).toBe('往下走，到「公开」')
  })

  it('never shows a machine word for a kind it does not know', () => {
    expect(say({ kind: 'something.new', elementName: null })).toBe('记录一笔')
    expect(say({ kind: 'something.new', facts: { secret: 'x' } })).toBe('记录一笔「表决」')
  })

  it('has words for every kind of fact', () => {
    const known = Object.entries(zhCn.trail.head).flatMap(([noun, verbs]) =>
      Object.keys(verbs).map((verb) => `${noun}.${verb}`),
    )
    for (const kind of known) expect(say({ kind }), kind).not.toContain('记录一笔')
    // A fact of the engine without words is an error of types here.
    expectTypeOf<Exclude<FactKind, SaidKind>>().toBeNever()
  })

  it('credits the one who asked with what listeners then look at, and says what they refused', () => {
    expect(say({ kind: 'userTask.completing' })).toBe('甲 交上「表决」，系统在核对')
    expect(say({ kind: 'userTask.corrected' })).toBe('系统改了「表决」')
    expect(say({ kind: 'userTask.denied', facts: { event: 'completing', reason: '缺签字' } })).toBe(
      '没有准办完「表决」，理由：缺签字',
    )
  })
})

describe('a reason', () => {
  const flow = (why: TrailEntry['why']) => entry({ kind: 'sequenceFlow.taken', why, important: false })

  it('writes votes out as they were counted, and says when they were not enough', () => {
    const votes = { rule: '2 * meeting.yes >= meeting.expected', inputs: { 'meeting.yes': 21, 'meeting.expected': 43 } }
    expect(sayReason(flow({ ...votes, result: false }))).toEqual({
      rule: '2 × 21 ≥ 43',
      inputs: [],
      result: '不成立',
      doubts: [],
    })
    expect(isKey(flow({ ...votes, result: false }))).toBe(true)
  })

  it('gives any other rule as it is drawn, with what it read', () => {
    const why = { rule: 'check.legality = "legal"', inputs: { 'check.legality': 'legal', note: null }, result: true }
    expect(sayReason(flow(why))).toEqual({
      rule: 'check.legality = "legal"',
      inputs: ['check.legality = legal'],
      result: null,
      doubts: [],
    })
    expect(isKey(flow(why))).toBe(false)
  })

  it('FE6 says which data was not there and what could not be compared', () => {
    const unlike = [
      { operator: '>', left: 'string', right: 'number' },
      { operator: '<', left: 'string', right: 'number' },
    ]
    const why = { rule: 'a.b > 3', inputs: {}, result: null, missing: ['a.b', 'c'], unlike }
    expect(sayReason({ kind: 'sequenceFlow.taken', why })?.doubts).toEqual([
      '没有这些数据：a.b、c',
      '不是一类，比不了：文字和数',
    ])
  })

  it('is not given where it would repeat the sentence', () => {
    expect(sayReason(entry({ why: null }))).toBeNull()
    expect(
      sayReason(entry({ kind: 'userTask.created', why: { rule: 'village_clerk', inputs: {}, result: 'x' } })),
    ).toBeNull()
    const decided = sayReason(
      entry({
        kind: 'decision.evaluated',
        why: { rule: 'decide_body', inputs: {}, result: { body: 'reps', body_name: '村民代表会议', base: 3 } },
      }),
    )
    expect(decided).toMatchObject({ rule: null, result: '得 村民代表会议' })
  })
})
