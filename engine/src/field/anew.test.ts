import { describe, expect, it } from 'vitest'
import { contextOf } from '../feel/index.ts'
import { type Form, judgeAnswers, pickAnswers, readForm, shapeForm, validateBySchema } from '../form/index.ts'
import type { Variables } from '../record/json.ts'
import { accessOf } from './access.ts'
import { fillingData } from './anew.ts'
import type { FieldDictionary } from './dictionary.ts'
import { generateForm } from './generate.ts'

const dictionary: FieldDictionary = {
  fields: [
    { key: 'ground', name: 'Ground', kind: 'text', grade: 'public' },
    { key: 'verdict', name: 'Verdict', kind: 'text', initial: 'good', anew: true, grade: 'public' },
    { key: 'heads', name: 'Heads', kind: 'attendance', anew: true, grade: 'public' },
    { key: 'votes', name: 'Votes', kind: 'votes', attendance: 'heads', anew: true, grade: 'public' },
    { key: 'gone', name: 'Gone', kind: 'text', anew: true, grade: 'public' },
  ],
  access: {
    judge: { ground: 'write', verdict: 'required', heads: 'write', votes: 'write' },
    read: { ground: 'read', verdict: 'read', heads: 'read', votes: 'write' },
  },
}
const stored = {
  ground: 'Roof',
  verdict: 'bad',
  heads: { expected: 3, present: 2 },
  votes: { present: 2, yes: 2, no: 0, abstain: 0 },
  gone: 'not in any form',
}
const generated = (elementId: string) =>
  generateForm({ packageId: 'p', step: { elementId }, dictionary, title: elementId })
const formAt = (elementId: string, schema = generated(elementId)) =>
  readForm(shapeForm({ schema }, accessOf(dictionary, elementId)), 'f').form!
/** What a form opens with. */
const opened = (form: Form, fields: FieldDictionary | null = dictionary, data: Variables = stored) =>
  pickAnswers(form, fillingData(form, fields, contextOf(data), 0))

describe('what is asked anew', () => {
  it('opens as on a new form, with all its parts, and anything else with what it holds', () => {
    expect(opened(formAt('judge'))).toEqual({ ground: 'Roof' })
    const { votes: _, gone: __, ...read } = stored
    expect(opened(formAt('read'))).toEqual(read)
    expect(opened(formAt('judge'), null)).toMatchObject(read)
  })

  describe('and is locked by a condition', () => {
    const lockedBy = (conditions: { [key: string]: string }) => {
      const schema = generated('judge')
      const components = (schema.components as { key: string }[]).map((component) =>
        conditions[component.key] ? { ...component, readonly: conditions[component.key]! } : component,
      )
      return formAt('judge', { ...schema, components })
    }

    it('stays what it was, as it opens and as it is judged', () => {
      const form = lockedBy({ verdict: '=ground = "Roof"' })
      const data = fillingData(form, dictionary, contextOf(stored), 0)
      expect(pickAnswers(form, data)).toEqual({ ground: 'Roof', verdict: 'bad' })
      expect(judgeAnswers(form, { ground: 'Roof' }, data, 0, validateBySchema)).toEqual({
        variables: { ground: 'Roof', heads: null, votes: null },
        errors: [],
      })
      expect(opened(form, dictionary, { ...stored, ground: 'Wall' })).toEqual({ ground: 'Wall' })
    })

    it('is locked by what else stays, and by what opens with its initial value', () => {
      expect(opened(lockedBy({ heads: '=ground = "Roof"', votes: '=heads.present = 2' }))).toEqual({
        ground: 'Roof',
        heads: stored.heads,
        votes: stored.votes,
      })
      expect(opened(lockedBy({ votes: '=verdict = "good"' }))).toEqual({ ground: 'Roof', votes: stored.votes })
    })

    it('is not locked by a former answer that is asked anew itself', () => {
      expect(opened(lockedBy({ verdict: '=verdict = "bad"', votes: '=heads.present = 2' }))).toEqual({ ground: 'Roof' })
    })
  })

  it('is taken from the answers alone: a rule across fields does not read what was answered before', () => {
    const form = formAt('judge')
    const judged = (answers: object) =>
      judgeAnswers(form, answers, fillingData(form, dictionary, contextOf(stored), 0), 0, validateBySchema)
    expect(judged({ verdict: 'good' })).toEqual({
      variables: { verdict: 'good', heads: null, votes: null },
      errors: [],
    })
    expect(judged({}).errors).toMatchObject([{ field: 'verdict', code: 'FIELD_REQUIRED' }])
    const votes = { present: 3, yes: 3, no: 0, abstain: 0 }
    expect(judged({ verdict: 'good', heads: { expected: 3, present: 3 }, votes }).errors).toEqual([])
    expect(judged({ verdict: 'good', heads: { expected: 3, present: 2 }, votes }).errors).toMatchObject([
      { field: 'votes' },
    ])
  })

  it('changes no form', () => {
    const without = { ...dictionary, fields: dictionary.fields.map(({ anew: _, ...field }) => field) }
    const plain = generateForm({ packageId: 'p', step: { elementId: 'judge' }, dictionary: without, title: 'judge' })
    expect(JSON.stringify(generated('judge'))).toBe(JSON.stringify(plain))
  })
})
