import { applyDictionary, type FieldDictionary } from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import { keyFault, renameInForms, renameKey } from './rename-key.ts'

const dictionary: FieldDictionary = {
  fields: [
    { key: 'roll', name: 'Roll', kind: 'attendance', grade: 'public' },
    {
      key: 'votes',
      name: 'Votes',
      kind: 'votes',
      grade: 'public',
      attendance: 'roll',
      check: 'votes.yes <= roll.present',
      checkMessage: 'no',
    },
  ],
  access: { t: { roll: 'write', votes: 'write' } },
}
const step = {
  elementId: 't',
  resource: 'p.bpmn',
  name: 'T',
  kind: 'task',
  formId: 'p_t',
  candidateGroups: null,
} as const
const given = { steps: [step], packageId: 'p' }

/** A form as generated, with a condition laid over it by hand. */
function laidOut(): string {
  const changes = applyDictionary({}, { ...given, before: { fields: [], access: {} }, after: dictionary })
  const schema = JSON.parse(changes['t.form'] ?? '')
  schema.components[1].conditional = { hide: '=roll.present = 0' }
  schema.components.unshift({ type: 'text', id: 'Text_1', text: 'roll' })
  return `${JSON.stringify(schema, null, 2)}\n`
}

describe('another key for a field', () => {
  it('reaches the matrix, other fields and their checks', () => {
    const after = renameKey('roll', 'present_list')(dictionary)
    expect(after.fields[0]?.key).toBe('present_list')
    expect(after.fields[1]).toMatchObject({ attendance: 'present_list', check: 'votes.yes <= present_list.present' })
    expect(after.access).toEqual({ t: { present_list: 'write', votes: 'write' } })
  })
  it('reaches the FEEL of forms that show it, and with the dictionary their components; what is laid out stays', () => {
    const files = { 't.form': laidOut() }
    const followed = renameInForms(files, 'roll', 'present_list')
    const after = renameKey('roll', 'present_list')(dictionary)
    const changes = applyDictionary(
      { ...files, ...followed },
      { ...given, before: dictionary, after, renamed: { roll: 'present_list' } },
    )
    const [text, roll, votes] = JSON.parse(changes['t.form'] ?? '').components
    expect(text.text).toBe('roll')
    expect(roll).toMatchObject({ key: 'present_list', label: 'Roll', properties: { field: 'present_list' } })
    expect(votes).toMatchObject({
      attendance: 'present_list',
      conditional: { hide: '=present_list.present = 0' },
      properties: { check: 'votes.yes <= present_list.present' },
    })
  })
  it('leaves forms alone that do not show the field, and forms that cannot be read', () => {
    const other = JSON.stringify({ id: 'g', components: [{ type: 'text', conditional: { hide: '=roll > 1' } }] })
    expect(renameInForms({ 'g.form': other, 'h.form': '{"roll"' }, 'roll', 'x')).toEqual({})
  })
  it('must be a name that nothing else has', () => {
    expect(keyFault(dictionary, 'roll', 'list')).toBeNull()
    expect(keyFault(dictionary, 'roll', 'roll')).toBeNull()
    expect(keyFault(dictionary, 'roll', 'votes')).toBe('taken')
    expect(keyFault(dictionary, 'roll', 'case')).toBe('form')
    expect(keyFault(dictionary, 'roll', '2x')).toBe('form')
  })
})
