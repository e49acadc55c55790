import type { FieldDictionary, FieldEntry, StepAccess } from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import { mergeDictionaries } from './merge-dictionary.ts'

const field = (key: string, more: Partial<FieldEntry> = {}): FieldEntry => ({
  key,
  name: key,
  kind: 'text',
  grade: 'internal',
  ...more,
})
const dictionary = (
  keys: readonly (string | FieldEntry)[],
  access: Record<string, Record<string, StepAccess>> = {},
): FieldDictionary => ({ fields: keys.map((key) => (typeof key === 'string' ? field(key) : key)), access })
const keys = (merged: FieldDictionary | null) => merged?.fields.map(({ key }) => key)

describe('two dictionaries that grew from one', () => {
  const base = dictionary(['a', 'b', 'c'], { start: { a: 'write' }, review: { a: 'read' } })

  it('take each other’s fields, each behind its predecessor', () => {
    const merged = mergeDictionaries(base, dictionary(['a', 'mine', 'b', 'c']), dictionary(['a', 'b', 'theirs', 'c']))
    expect(keys(merged)).toEqual(['a', 'mine', 'b', 'theirs', 'c'])
  })

  it('keep the order of the one that moved', () => {
    expect(keys(mergeDictionaries(base, base, dictionary(['c', 'a', 'b'])))).toEqual(['c', 'a', 'b'])
    expect(keys(mergeDictionaries(base, dictionary(['b', 'a', 'c']), dictionary(['a', 'b', 'new', 'c'])))).toEqual([
      'b',
      'new',
      'a',
      'c',
    ])
  })

  it('change different fields and cells', () => {
    const mine = dictionary([field('a', { name: 'A' }), 'b', 'c'], { start: { a: 'required' }, review: { a: 'read' } })
    const theirs = dictionary(['a', field('b', { unit: 'm' }), 'c'], { start: { a: 'write' }, review: {} })
    const merged = mergeDictionaries(base, mine, theirs)
    expect(merged?.fields.map(({ name, unit }) => [name, unit])).toEqual([
      ['A', undefined],
      ['b', 'm'],
      ['c', undefined],
    ])
    expect(merged?.access).toEqual({ start: { a: 'required' }, review: {} })
  })

  it('do not come together over the same field, the same cell or two orders', () => {
    expect(
      mergeDictionaries(
        base,
        dictionary([field('a', { name: 'A' }), 'b', 'c']),
        dictionary([field('a', { name: 'B' }), 'b', 'c']),
      ),
    ).toBeNull()
    expect(
      mergeDictionaries(
        base,
        dictionary(['a', 'b', 'c'], { start: { a: 'required' }, review: { a: 'read' } }),
        dictionary(['a', 'b', 'c'], { start: { a: 'read' }, review: { a: 'read' } }),
      ),
    ).toBeNull()
    expect(mergeDictionaries(base, dictionary(['b', 'a', 'c']), dictionary(['c', 'a', 'b']))).toBeNull()
  })

  it('do not come together when one removed what the other changed; a removed field takes its cells along', () => {
    expect(
      mergeDictionaries(base, dictionary(['b', 'c']), dictionary([field('a', { name: 'A' }), 'b', 'c'])),
    ).toBeNull()
    const merged = mergeDictionaries(
      base,
      dictionary(['b', 'c'], { start: { a: 'write' }, review: { a: 'read' } }),
      base,
    )
    expect(merged?.access).toEqual({ start: {}, review: {} })
  })
})
