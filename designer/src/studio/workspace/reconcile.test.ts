import { describe, expect, it } from 'vitest'
import { isBehind, type Ledger, ledgerOf, unsavedOf } from './ledger.ts'
import { reconcile } from './reconcile.ts'

const ledger = (files: Record<string, [string, number]>): Ledger =>
  ledgerOf(Object.entries(files).map(([name, [text, revision]]) => ({ name, text, revision })))

describe('what somebody else saved', () => {
  const base = ledger({ a: ['1', 0], b: ['1', 3], c: ['1', 0] })

  it('is taken over where nothing was changed here', () => {
    const { take, clashes } = reconcile(
      base,
      { a: '2', b: '1', c: '1' },
      ledger({ a: ['1', 0], b: ['9', 4], c: ['1', 0] }),
    )
    expect([take, clashes]).toEqual([{ b: '9' }, []])
  })

  it('clashes where both changed, and not where both came to the same', () => {
    const { take, clashes } = reconcile(
      base,
      { a: '2', b: '9', c: '1' },
      ledger({ a: ['3', 1], b: ['9', 4], c: ['1', 0] }),
    )
    expect(take).toEqual({})
    expect(clashes).toEqual([{ name: 'a', base: '1', mine: '2', theirs: '3' }])
  })

  it('may be a file that is new or gone', () => {
    const {
      take,
      clashes,
      ledger: next,
    } = reconcile(base, { a: '1', b: '2', c: '1' }, ledger({ a: ['1', 0], d: ['new', 0] }))
    expect(take).toEqual({ c: null, d: 'new' })
    expect(clashes).toEqual([{ name: 'b', base: '1', mine: '2', theirs: null }])
    // Keeping mine means to write the file anew.
    expect(unsavedOf(next, { a: '1', b: '2', d: 'new' })).toEqual([{ name: 'b', text: '2', revision: null }])
  })

  it('leaves a file that both removed removed', () => {
    const { take, clashes } = reconcile(base, { a: '1', b: '1' }, ledger({ a: ['1', 0], b: ['1', 3] }))
    expect([take, clashes]).toEqual([{}, []])
  })
})

describe('being behind the server', () => {
  const base = ledger({ a: ['1', 0], b: ['1', 3] })
  it('is seen by a revision, a new file or one that is gone', () => {
    const now = [
      { name: 'a', revision: 0 },
      { name: 'b', revision: 3 },
    ]
    expect(isBehind(base, now)).toBe(false)
    expect(isBehind(base, [now[0]!, { name: 'b', revision: 4 }])).toBe(true)
    expect(isBehind(base, [...now, { name: 'c', revision: 0 }])).toBe(true)
    expect(isBehind(base, [now[0]!])).toBe(true)
  })
})
