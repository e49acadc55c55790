import type { Problem } from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import { createJudge, type JudgeWorker } from './judge.ts'
import type { JudgeQuestion } from './judge-messages.ts'

const none = { forms: [], decisions: [] }

function house() {
  const timers = new Map<number, { act: () => void; ms: number }>()
  let last = 0
  const workers: { asked: JudgeQuestion[]; ended: boolean; self: JudgeWorker }[] = []
  const verdicts: (readonly Problem[] | 'failed')[] = []
  const judge = createJudge({
    start() {
      const asked: JudgeQuestion[] = []
      const self: JudgeWorker = {
        postMessage: (question) => asked.push(question),
        onmessage: null,
        onerror: null,
        terminate: () => {
          entry.ended = true
        },
      }
      const entry = { asked, ended: false, self }
      workers.push(entry)
      return self
    },
    verdict: (problems) => verdicts.push(problems),
    failed: () => verdicts.push('failed'),
    timer: {
      set: (act, ms) => {
        last += 1
        timers.set(last, { act, ms })
        return last
      },
      clear: (id) => timers.delete(id as number),
    },
  })
  return {
    judge,
    workers,
    verdicts,
    /** Lets the timers of that length ring. */
    ring(ms: number) {
      for (const [id, timer] of [...timers])
        if (timer.ms === ms) {
          timers.delete(id)
          timer.act()
        }
    },
    answer(problems: readonly Problem[] | null) {
      const worker = workers.at(-1)!
      worker.self.onmessage?.({ data: { turn: worker.asked.at(-1)!.turn, problems } })
    },
  }
}

describe('judging beside the page', () => {
  it('judges the last of several quick changes', () => {
    const it = house()
    it.judge.ask({ a: '1' }, none)
    it.judge.ask({ a: '2' }, none)
    it.ring(350)
    expect(it.workers[0]?.asked.map(({ files }) => files)).toEqual([{ a: '2' }])
    it.answer([])
    expect(it.verdicts).toEqual([[]])
  })

  it('judges what came meanwhile after that, and only the newest of it', () => {
    const it = house()
    for (const text of ['1', '2', '3']) {
      it.judge.ask({ a: text }, none)
      it.ring(350)
    }
    it.answer([])
    expect(it.workers[0]?.asked.map(({ files }) => files)).toEqual([{ a: '1' }, { a: '3' }])
  })

  it('replaces a worker that hangs or breaks, says so, and does not judge the same files again by itself', () => {
    const it = house()
    it.judge.ask({ a: '1' }, none)
    it.ring(350)
    it.ring(10_000)
    expect([it.workers.length, it.workers[0]?.ended, it.verdicts]).toEqual([1, true, ['failed']])
    it.judge.ask({ a: '2' }, none)
    it.ring(350)
    expect(it.workers[1]?.asked).toHaveLength(1)
    it.workers[1]?.self.onerror?.('out of memory')
    expect([it.workers[1]?.ended, it.verdicts]).toEqual([true, ['failed', 'failed']])
    it.judge.ask({ a: '3' }, none)
    it.ring(350)
    it.answer([])
    expect(it.verdicts.at(-1)).toEqual([])
  })

  it('says when judging itself failed', () => {
    const it = house()
    it.judge.ask({ a: '1' }, none)
    it.ring(350)
    it.answer(null)
    expect(it.verdicts).toEqual(['failed'])
  })
})
