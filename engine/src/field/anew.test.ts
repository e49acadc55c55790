import { describe, expect, it } from 'vitest'
import { contextOf } from '../feel/index.ts'
import { judgeAnswers, pickAnswers, readForm, shapeForm, validateBySchema } from '../form/index.ts'
import { accessOf } from './access.ts'
import { askedAnew, fillingData } from './anew.ts'
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

describe('what is asked anew', () => {
  it('is what the dictionary says so of and the form of the step takes an answer for', () => {
    expect([...askedAnew(formAt('judge'), dictionary)]).toEqual(['verdict', 'heads', 'votes'])
    expect([...askedAnew(formAt('read'), dictionary)]).toEqual(['votes'])
    expect([...askedAnew(formAt('judge'), null)]).toEqual([])
  })

  it('opens as on a new form, with all its parts, and anything else with what it holds', () => {
    const open = (elementId: string) => {
      const form = formAt(elementId)
      return pickAnswers(form, fillingData(contextOf(stored), askedAnew(form, dictionary)))
    }
    expect(open('judge')).toEqual({ ground: 'Roof' })
    expect(open('read')).toEqual({ ground: 'Roof', verdict: 'bad', heads: { expected: 3, present: 2 } })
  })

  it('is taken from the answers alone: a rule across fields does not read what was answered before', () => {
    const form = formAt('judge')
    const judged = (answers: object) =>
      judgeAnswers(form, answers, fillingData(contextOf(stored), askedAnew(form, dictionary)), 0, validateBySchema)
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
