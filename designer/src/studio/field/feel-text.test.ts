import { describe, expect, it } from 'vitest'
import { renameInFeel } from './feel-text.ts'

describe('a name changed in FEEL', () => {
  it.each([
    ['present <= expected', 'present', 'here', 'here <= expected'],
    ['3 * present >= 2 * present', 'present', 'here', '3 * here >= 2 * here'],
    ['meeting.present > present', 'present', 'here', 'meeting.present > here'],
    ['title + "title"', 'title', 'subject', 'subject + "title"'],
    ['{present: present, x: 1}', 'present', 'here', '{present: here, x: 1}'],
    ['presented > present', 'present', 'here', 'presented > here'],
  ])('%s', (source, from, to, expected) => {
    expect(renameInFeel(source, from, to)).toBe(expected)
  })
  it('leaves alone what does not read it', () => {
    expect(renameInFeel('a > 1', 'b', 'c')).toBe('a > 1')
  })
  it('gives up where the new name means something else, or where nothing can be read', () => {
    expect(renameInFeel('a > b', 'a', 'b')).toBeNull()
    expect(renameInFeel('for x in list return x + a', 'a', 'x')).toBeNull()
    expect(renameInFeel('a >', 'a', 'b')).toBeNull()
  })
  it('changes cells of tables', () => {
    expect(renameInFeel('> limit', 'limit', 'top', 'tests')).toBe('> top')
  })
})
