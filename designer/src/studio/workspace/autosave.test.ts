import type { FilesSaved, SaveFiles } from '@bihuan/runtime/contract'
import { describe, expect, it } from 'vitest'
import { type Autosave, type AutosaveParts, createAutosave, type Refusal } from './autosave.ts'
import { afterSaving, type Ledger, unsavedOf } from './ledger.ts'
import type { SaveState } from './workspace.ts'

/** A server that answers when told to, files here, and a clock moved by hand. */
function house() {
  const timers = new Map<number, { act: () => void; ms: number }>()
  let last = 0
  let ledger: Ledger = { 'a.form': { text: '1', revision: 0 } }
  const mine: Record<string, string> = { 'a.form': '1' }
  const sent: SaveFiles['files'][] = []
  const states: SaveState[] = []
  const waiting: { answer: (revision: number) => void; refuse: (why: Refusal) => void }[] = []
  const clashes = new Set<string>()
  let resolved = 0
  const parts: AutosaveParts = {
    unsaved: () => unsavedOf(ledger, mine, clashes),
    clashing: () => clashes.size > 0,
    send: (files) => {
      sent.push(files)
      return new Promise<FilesSaved>((resolve, reject) =>
        waiting.push({
          answer: (revision) =>
            resolve({ files: files.map(({ name }) => ({ name, revision })), savedAt: '2026-11-25T06:00:00Z' }),
          refuse: (why) => reject(why),
        }),
      )
    },
    saved: (files, answer) => {
      ledger = afterSaving(ledger, files, answer)
    },
    judge: (error) => error as Refusal,
    resolve: async () => {
      resolved += 1
      ledger = { 'a.form': { text: 'theirs', revision: 7 } }
    },
    refused: () => states.push('unsaved'),
    state: (state) => states.push(state),
    timer: {
      set: (act, ms) => {
        last += 1
        timers.set(last, { act, ms })
        return last
      },
      clear: (id) => timers.delete(id as number),
    },
  }
  const save: Autosave = createAutosave(parts)
  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  }
  return {
    save,
    mine,
    sent,
    states,
    clashes,
    resolved: () => resolved,
    waits: () => [...timers.values()].map(({ ms }) => ms),
    async ring() {
      const due = [...timers]
      timers.clear()
      for (const [, { act }] of due) act()
      await settle()
    },
    async reply(how: number | Refusal) {
      const next = waiting.shift()
      if (!next) throw new Error('Expected a request to be under way')
      if (typeof how === 'number') next.answer(how)
      else next.refuse(how)
      await settle()
    },
  }
}

describe('autosave', () => {
  it('sends all that changed, once, shortly after the last change', async () => {
    const it = house()
    it.mine['a.form'] = '2'
    it.save.touch()
    it.mine['b.form'] = 'new'
    it.save.touch()
    expect(it.waits()).toEqual([800])
    await it.ring()
    expect(it.sent).toEqual([
      [
        { name: 'a.form', text: '2', revision: 0 },
        { name: 'b.form', text: 'new', revision: null },
      ],
    ])
    await it.reply(1)
    expect(it.states.at(-1)).toBe('saved')
    expect(it.waits()).toEqual([])
  })

  it('sends what is typed while a save is under way after it, on the new revision', async () => {
    const it = house()
    it.mine['a.form'] = '2'
    it.save.touch()
    await it.ring()
    it.mine['a.form'] = '3'
    it.save.touch()
    await it.ring()
    expect(it.sent).toHaveLength(1)
    await it.reply(1)
    expect(it.sent[1]).toEqual([{ name: 'a.form', text: '3', revision: 1 }])
    await it.reply(2)
    expect(it.states.at(-1)).toBe('saved')
  })

  it('waits longer each time while the server is not reached, and goes on when told that it is', async () => {
    const it = house()
    it.mine['a.form'] = '2'
    it.save.touch()
    await it.ring()
    await it.reply('unreachable')
    expect([it.states.at(-1), it.waits()]).toEqual(['offline', [2000]])
    await it.ring()
    await it.reply('unreachable')
    expect(it.waits()).toEqual([5000])
    it.save.resume()
    await it.reply(1)
    expect(it.states.at(-1)).toBe('saved')
  })

  it('does not try by itself while nobody is signed in', async () => {
    const it = house()
    it.mine['a.form'] = '2'
    it.save.touch()
    await it.ring()
    await it.reply('signed-out')
    expect([it.states.at(-1), it.waits()]).toEqual(['offline', []])
    it.save.resume()
    await it.reply(1)
    expect(it.states.at(-1)).toBe('saved')
  })

  it('brings both together when somebody saved first, then saves', async () => {
    const it = house()
    it.mine['a.form'] = '2'
    it.save.touch()
    await it.ring()
    await it.reply('conflict')
    expect(it.resolved()).toBe(1)
    expect(it.sent[1]).toEqual([{ name: 'a.form', text: '2', revision: 7 }])
    await it.reply(8)
    expect(it.states.at(-1)).toBe('saved')
  })

  it('gives a rest to a file that others save all the time', async () => {
    const it = house()
    it.mine['a.form'] = '2'
    it.save.touch()
    await it.ring()
    for (let turn = 0; turn < 6; turn += 1) await it.reply('conflict')
    expect([it.resolved(), it.states.at(-1), it.waits()]).toEqual([5, 'offline', [2000]])
  })

  it('saves the other files while two versions of one wait for a decision', async () => {
    const it = house()
    it.mine['a.form'] = '2'
    it.mine['b.form'] = 'new'
    it.clashes.add('a.form')
    const flushed = it.save.flush()
    expect(it.sent).toEqual([[{ name: 'b.form', text: 'new', revision: null }]])
    await it.reply(1)
    await expect(flushed).rejects.toThrow()
    expect(it.states.at(-1)).toBe('conflict')
  })

  it('says a refusal once and sends again only what changed', async () => {
    const it = house()
    it.mine['a.form'] = 'too big'
    const flushed = it.save.flush()
    await it.reply('refused')
    await expect(flushed).rejects.toBe('refused')
    expect(it.waits()).toEqual([])
    it.mine['a.form'] = 'small'
    it.save.touch()
    await it.ring()
    await it.reply(1)
    expect(it.states.at(-1)).toBe('saved')
  })
})
