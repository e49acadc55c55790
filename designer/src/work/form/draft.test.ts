import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDraft, type DraftStatus } from './draft.ts'

describe('a draft that is kept while a form is filled in', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const setUp = (save: (answers: Record<string, unknown>) => Promise<{ savedAt: string }>) => {
    const statuses: DraftStatus[] = []
    const draft = createDraft({
      save,
      onStatus: (status) => statuses.push(status),
      isLost: (error) => error instanceof TypeError,
      mayPass: (error) => error instanceof TypeError || error instanceof RangeError,
      delay: 1000,
      again: 5000,
    })
    return { draft, states: () => statuses.map((status) => status.state) }
  }

  it('saves once, a moment after the last change', async () => {
    const save = vi.fn(async () => ({ savedAt: '2026-05-13T01:00:00Z' }))
    const { draft, states } = setUp(save)
    draft.changed({ a: 1 })
    await vi.advanceTimersByTimeAsync(900)
    draft.changed({ a: 2 })
    await vi.advanceTimersByTimeAsync(900)
    expect(save).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(100)
    expect(save.mock.calls).toEqual([[{ a: 2 }]])
    expect(states()).toEqual(['saving', 'saved'])
    expect(draft.unsaved).toBe(false)
  })

  it('never saves older answers after newer ones', async () => {
    const order: unknown[] = []
    const releases: (() => void)[] = []
    const save = vi.fn((answers: Record<string, unknown>) => {
      order.push(answers.a)
      return new Promise<{ savedAt: string }>((resolve) =>
        releases.push(() => resolve({ savedAt: '2026-05-13T01:00:00Z' })),
      )
    })
    const { draft, states } = setUp(save)
    draft.changed({ a: 1 })
    const first = draft.flush()
    draft.changed({ a: 2 })
    void draft.flush()
    expect(order).toEqual([1])
    releases[0]?.()
    await vi.advanceTimersByTimeAsync(0)
    expect(order).toEqual([1, 2])
    releases[1]?.()
    await first
    expect(states()).toEqual(['saving', 'saving', 'saved'])
  })

  it('keeps what met no network in the page and tries it again', async () => {
    const save = vi
      .fn<(answers: Record<string, unknown>) => Promise<{ savedAt: string }>>()
      .mockRejectedValueOnce(new TypeError('no network'))
      .mockResolvedValue({ savedAt: '2026-05-13T01:00:00Z' })
    const { draft, states } = setUp(save)
    draft.changed({ a: 1 })
    await vi.advanceTimersByTimeAsync(1000)
    expect(states()).toEqual(['saving', 'local'])
    expect(draft.unsaved).toBe(true)
    await vi.advanceTimersByTimeAsync(5000)
    expect(save.mock.calls).toEqual([[{ a: 1 }], [{ a: 1 }]])
    expect(states().at(-1)).toBe('saved')
  })

  it('does not repeat by itself what the server refused, but does with the next change', async () => {
    const save = vi
      .fn<(answers: Record<string, unknown>) => Promise<{ savedAt: string }>>()
      .mockRejectedValueOnce(new Error('409'))
      .mockResolvedValue({ savedAt: '2026-05-13T01:00:00Z' })
    const { draft, states } = setUp(save)
    draft.changed({ a: 1 })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(save).toHaveBeenCalledTimes(1)
    expect(states().at(-1)).toBe('failed')
    draft.changed({ a: 2 })
    await vi.advanceTimersByTimeAsync(1000)
    expect(states().at(-1)).toBe('saved')
  })

  it('repeats by itself what the server had no room for, and does not call that a lost network', async () => {
    const save = vi
      .fn<(answers: Record<string, unknown>) => Promise<{ savedAt: string }>>()
      .mockRejectedValueOnce(new RangeError('503'))
      .mockResolvedValue({ savedAt: '2026-05-13T01:00:00Z' })
    const { draft, states } = setUp(save)
    draft.changed({ a: 1 })
    await vi.advanceTimersByTimeAsync(1000)
    expect(states()).toEqual(['saving', 'failed'])
    await vi.advanceTimersByTimeAsync(5000)
    expect(states().at(-1)).toBe('saved')
  })

  it('hands over what it has not saved, on its way or not, and never saves it again', async () => {
    const save = vi
      .fn<(answers: Record<string, unknown>) => Promise<{ savedAt: string }>>()
      .mockRejectedValue(new TypeError('no network'))
    const { draft } = setUp(save)
    draft.changed({ a: 1 })
    void draft.flush()
    expect(draft.handOver()).toEqual({ a: 1 })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(save).toHaveBeenCalledTimes(1)
    const other = setUp(async () => ({ savedAt: '2026-05-13T01:00:00Z' })).draft
    other.changed({ a: 2 })
    await other.flush()
    expect(other.handOver()).toBeNull()
  })

  it('E05 keeps what was typed in the browser while it is being sent, until the server has it', async () => {
    const kept: unknown[] = []
    const draft = createDraft({
      save: () => Promise.reject(new TypeError('no network')),
      keep: async (answers) => void kept.push(answers),
      forget: async () => void kept.push('forgotten'),
      onStatus: () => undefined,
      isLost: () => true,
      mayPass: () => true,
      soon: 100,
    })
    draft.changed({ a: 1 })
    await draft.pause()
    expect(kept).toEqual([{ a: 1 }])
    draft.stop()
    await vi.advanceTimersByTimeAsync(0)
    expect(kept).toEqual([{ a: 1 }, 'forgotten'])
  })

  it('saves nothing after the answers were sent', async () => {
    const save = vi.fn(async () => ({ savedAt: '2026-05-13T01:00:00Z' }))
    const { draft } = setUp(save)
    draft.changed({ a: 1 })
    draft.stop()
    await vi.advanceTimersByTimeAsync(60_000)
    await draft.flush()
    expect(save).not.toHaveBeenCalled()
  })

  it('keeps what was typed in the browser at once, and forgets it when the server has it', async () => {
    const kept: unknown[] = []
    let online = false
    const draft = createDraft({
      save: async () => {
        if (!online) throw new TypeError('no network')
        return { savedAt: '2026-05-13T01:00:00Z' }
      },
      keep: async (answers) => void kept.push(answers),
      forget: async () => void kept.push('forgotten'),
      onStatus: () => undefined,
      isLost: (error) => error instanceof TypeError,
      mayPass: (error) => error instanceof TypeError || error instanceof RangeError,
      delay: 1000,
      soon: 100,
      again: 5000,
    })
    draft.changed({ a: 1 })
    draft.changed({ a: 2 })
    await vi.advanceTimersByTimeAsync(2000)
    expect(kept).toEqual([{ a: 2 }])
    online = true
    await vi.advanceTimersByTimeAsync(5000)
    expect(kept).toEqual([{ a: 2 }, 'forgotten'])
  })

  it('keeps what was typed in the last moment before the page goes', async () => {
    const keep = vi.fn(async () => undefined)
    const save = () => new Promise<never>(() => undefined)
    const draft = createDraft({ save, keep, onStatus: () => undefined, isLost: () => true, mayPass: () => true })
    draft.changed({ a: 1 })
    void draft.flush()
    await Promise.resolve()
    expect(keep.mock.calls).toEqual([[{ a: 1 }]])
  })

  it('lets no save arrive after the answers are sent, and goes on when they were not taken', async () => {
    let release: () => void = () => undefined
    const save = vi.fn(
      () =>
        new Promise<{ savedAt: string }>((resolve) => {
          release = () => resolve({ savedAt: '2026-05-13T01:00:00Z' })
        }),
    )
    const { draft } = setUp(save)
    draft.changed({ a: 1 })
    void draft.flush()
    draft.changed({ a: 2 })
    let sent = false
    const sending = draft.pause().then(() => {
      sent = true
    })
    await vi.advanceTimersByTimeAsync(3000)
    expect(sent).toBe(false)
    release()
    await sending
    await vi.advanceTimersByTimeAsync(3000)
    expect(save).toHaveBeenCalledTimes(1)
    draft.resume()
    await vi.advanceTimersByTimeAsync(1000)
    expect(save.mock.calls.at(-1)).toEqual([{ a: 2 }])
  })
})
