import {
  applyDictionary,
  type FieldDictionary,
  type FieldEntry,
  type PackageFiles,
  readDictionary,
  type Step,
  writeDictionary,
} from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import { changed } from './changed-files.ts'
import { ledgerOf } from './ledger.ts'
import { reconcile } from './reconcile.ts'
import { settleClashes } from './settle-clashes.ts'

const packageId = 'leave'
const steps: Step[] = ['apply', 'review'].map((elementId) => ({
  elementId,
  resource: 'process.bpmn',
  name: elementId,
  kind: 'task',
  formId: `${packageId}_${elementId}`,
  candidateGroups: null,
}))
const field = (key: string, name = key): FieldEntry => ({ key, name, kind: 'text', grade: 'internal' })
const dictionary = (fields: FieldEntry[]): FieldDictionary => ({
  fields,
  access: {
    apply: Object.fromEntries(fields.map(({ key }) => [key, 'write' as const])),
    review: Object.fromEntries(fields.map(({ key }) => [key, 'read' as const])),
  },
})

const start = dictionary([field('days'), field('reason')])
const empty: FieldDictionary = { fields: [], access: {} }
const edit = (files: PackageFiles, before: FieldDictionary, after: FieldDictionary): PackageFiles =>
  changed(files, applyDictionary(files, { before, after, steps, packageId }))
const base = edit({ 'fields.yaml': writeDictionary(empty) }, empty, start)

/** A change by hand: a text on top of a form. */
const byHand = (files: PackageFiles, name: string): PackageFiles => {
  const schema = JSON.parse(files[name] ?? '') as { components: object[] }
  const components = [{ type: 'text', id: 'hand', text: 'By hand' }, ...schema.components]
  return { ...files, [name]: `${JSON.stringify({ ...schema, components }, null, 2)}\n` }
}

function settle(mine: PackageFiles, theirs: PackageFiles) {
  const ledger = (files: PackageFiles) =>
    ledgerOf(Object.entries(files).map(([name, text]) => ({ name, text, revision: 0 })))
  const { clashes, take } = reconcile(ledger(base), mine, ledger(theirs))
  const settled = settleClashes(clashes, { packageId, steps, base, mine, theirs })
  return { left: settled.left.map(({ name }) => name), files: changed(changed(mine, take), settled.changes) }
}

describe('two people at one package', () => {
  const review = Object.keys(base).find((name) => base[name]?.includes('leave_review')) ?? ''
  const apply = Object.keys(base).find((name) => base[name]?.includes('leave_apply')) ?? ''

  it('who each add a field both get both, in the forms too', () => {
    const mine = edit(base, start, dictionary([...start.fields, field('mine')]))
    const theirs = edit(base, start, dictionary([field('theirs'), ...start.fields]))
    const { left, files } = settle(mine, theirs)
    expect(left).toEqual([])
    const both = dictionary([field('theirs'), ...start.fields, field('mine')])
    expect(files).toEqual(edit(base, start, both))
  })

  it('who each add a field that gets the same key keep both, apart', () => {
    const mine = edit(base, start, dictionary([...start.fields, field('field_3', '甲')]))
    const theirs = edit(base, start, dictionary([...start.fields, field('field_3', '乙')]))
    const { left, files } = settle(mine, theirs)
    expect(left).toEqual([])
    const both = dictionary([...start.fields, field('field_3', '乙'), field('field_4', '甲')])
    expect(readDictionary(files['fields.yaml'] ?? '', 'fields.yaml').dictionary).toEqual(
      expect.objectContaining({ access: both.access, fields: expect.arrayContaining([...both.fields]) }),
    )
    for (const form of [apply, review]) {
      expect(files[form]).toMatch(/"key": "field_3",\s+"label": "乙"/)
      expect(files[form]).toMatch(/"key": "field_4",\s+"label": "甲"/)
    }
  })

  it('has the new key in a form that only one changed, and asks where a model reads the old one', () => {
    const seen = (fields: FieldEntry[]): FieldDictionary => ({ ...dictionary(fields), access: { ...start.access } })
    const grown = edit(base, start, {
      ...seen([...start.fields, field('field_3', '甲')]),
      access: { ...start.access, apply: { ...start.access.apply, field_3: 'write' } },
    })
    const theirs = edit(base, start, seen([...start.fields, field('field_3', '乙')]))
    const { left, files } = settle(grown, theirs)
    expect(left).toEqual([])
    expect(files[apply]).toContain('"key": "field_4"')
    expect(files[apply]).not.toContain('"key": "field_3"')
    const flow =
      '<bpmn:sequenceFlow id="f"><bpmn:conditionExpression>=field_3 = 1</bpmn:conditionExpression></bpmn:sequenceFlow>'
    expect(settle({ ...grown, 'process.bpmn': flow }, theirs).left).toContain('fields.yaml')
  })

  it('keep what one laid out by hand while the other added a field', () => {
    for (const [hand, grown] of [
      ['mine', 'theirs'],
      ['theirs', 'mine'],
    ] as const) {
      const sides = {
        [hand]: byHand(base, apply),
        [grown]: edit(base, start, dictionary([...start.fields, field('new')])),
      } as Record<'mine' | 'theirs', PackageFiles>
      const { left, files } = settle(sides.mine, sides.theirs)
      expect(left).toEqual([])
      expect(files[apply]).toContain('By hand')
      expect(files[apply]).toContain('"key": "new"')
      expect(files['fields.yaml']).toContain('new')
    }
  })

  it('must choose where both changed the same field', () => {
    const named = (name: string) => edit(base, start, dictionary([field('days', name), field('reason')]))
    expect(settle(named('A'), named('B')).left).toContain('fields.yaml')
  })

  it('must choose where both laid out the same form, and nowhere else', () => {
    const mine = byHand(base, apply)
    const theirs = { ...base, [apply]: (byHand(base, apply)[apply] ?? '').replace('By hand', 'Otherwise') }
    expect(settle(mine, theirs).left).toEqual([apply])
  })
})
