import type { FieldDictionary } from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import { applyPatch, clearedRows, isEmptyPatch } from './dictionary-patch.ts'

const dictionary: FieldDictionary = {
  fields: [{ key: 'title', name: 'Title', kind: 'text', grade: 'public' }],
  access: { start: { title: 'required' } },
}
const opinion = { key: 'opinion', name: 'Opinion', kind: 'longText', grade: 'internal' } as const

describe('a patch of the dictionary', () => {
  const patch = { add: [opinion], cells: { review_1: { title: 'read', opinion: 'required' } } } as const

  it('adds fields and cells, and is taken back', () => {
    const { dictionary: after, inverse } = applyPatch(dictionary, patch)
    expect(after.fields.map((field) => field.key)).toEqual(['title', 'opinion'])
    expect(after.access.review_1).toEqual({ title: 'read', opinion: 'required' })
    expect(applyPatch(after, inverse).dictionary).toEqual(dictionary)
  })

  it('taken back, leaves what others did meanwhile', () => {
    const { dictionary: after, inverse } = applyPatch(dictionary, patch)
    const meanwhile = {
      fields: [...after.fields, { ...opinion, key: 'other' }],
      access: { ...after.access, pay: { title: 'read' } },
    } as FieldDictionary
    const { fields, access } = applyPatch(meanwhile, inverse).dictionary
    expect(fields.map((field) => field.key)).toEqual(['title', 'other'])
    expect(access).toEqual({ start: { title: 'required' }, pay: { title: 'read' } })
  })

  it('leaves a field alone that is there already, also when taken back', () => {
    const { dictionary: after, inverse } = applyPatch(dictionary, { add: [{ ...opinion, key: 'title' }] })
    expect(after).toEqual(dictionary)
    expect(applyPatch(after, inverse).dictionary).toEqual(dictionary)
  })

  it('drops a field with what every step may do with it, and puts it back in its place', () => {
    const full: FieldDictionary = {
      fields: [...dictionary.fields, opinion, { ...opinion, key: 'reason' }, { ...opinion, key: 'last' }],
      access: {
        start: { title: 'required' },
        review_1: { opinion: 'required', reason: 'write' },
        pay: { opinion: 'read' },
      },
    }
    const going = { drop: ['opinion', 'reason'], cells: clearedRows(full.access, ['review_1']) }
    const { dictionary: after, inverse } = applyPatch(full, going)
    expect(after.fields.map(({ key }) => key)).toEqual(['title', 'last'])
    expect(after.access).toEqual({ start: { title: 'required' } })
    const undone = applyPatch(after, inverse)
    expect(undone.dictionary).toEqual(full)
    expect(applyPatch(undone.dictionary, undone.inverse).dictionary).toEqual(after)
  })

  it('renames a row and clears rows', () => {
    const { dictionary: after, inverse } = applyPatch(dictionary, { rename: { start: 'motion' } })
    expect(after.access).toEqual({ motion: { title: 'required' } })
    expect(applyPatch(after, inverse).dictionary).toEqual(dictionary)
    const cleared = applyPatch(dictionary, { cells: clearedRows(dictionary.access, ['start', 'gone']) })
    expect(cleared.dictionary.access).toEqual({})
    expect(applyPatch(cleared.dictionary, cleared.inverse).dictionary).toEqual(dictionary)
  })

  it('knows when it changes nothing', () => {
    expect(isEmptyPatch({ add: [], cells: {} })).toBe(true)
    expect(isEmptyPatch(patch)).toBe(false)
  })
})
