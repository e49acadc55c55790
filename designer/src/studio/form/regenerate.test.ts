import { type FieldDictionary, formText, generateForm, type Step } from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import { broughtUp, componentFor, type FormOrigin, fieldsOff, lostAnew, madeAnew } from './regenerate.ts'
import { type Component, componentsOf, readSchema } from './schema.ts'

const step: Step = {
  elementId: 'start',
  resource: 'process.bpmn',
  name: '填报',
  kind: 'start',
  formId: 'p_start',
  candidateGroups: null,
}
const dictionary: FieldDictionary = {
  fields: [
    { key: 'title', name: '事项', kind: 'text', grade: 'public' },
    { key: 'amount', name: '金额', kind: 'money', grade: 'internal' },
    { key: 'note', name: '说明', kind: 'longText', grade: 'internal' },
  ],
  access: { start: { title: 'required', amount: 'write' } },
}
const generated = generateForm({ packageId: 'p', step, dictionary, title: '填报表' }) as Component & {
  components: Component[]
}
const originOf = (schema: object, over: Partial<FormOrigin> = {}): FormOrigin => ({
  file: 'start.form',
  files: { 'start.form': formText(schema as Parameters<typeof formText>[0]) },
  steps: [step],
  dictionary,
  packageId: 'p',
  ...over,
})
const keys = (text: string) => componentsOf(readSchema(text)).map((component) => component.key ?? component.text)

describe('a form laid out by hand', () => {
  const heading = { type: 'text', text: '# 先看这里', id: 'Text_1' }
  const [title, amount] = generated.components as [Component, Component]
  const byHand = { ...generated, components: [heading, { ...amount, label: '要花多少' }] }

  it('gets the fields that are not on it and keeps the rest', () => {
    const text = broughtUp(originOf(byHand))
    expect(new Set(keys(text))).toEqual(new Set(['# 先看这里', 'title', 'amount']))
    expect(componentsOf(readSchema(text)).find((one) => one.key === 'amount')?.label).toBe('要花多少')
  })
  it('loses fields that its steps may not see any more', () => {
    const hidden = { ...dictionary, access: { start: { title: 'required' } } } as const
    expect(
      keys(broughtUp(originOf({ ...byHand, components: [heading, title, amount] }, { dictionary: hidden }))),
    ).toEqual(['# 先看这里', 'title'])
  })
  it('is left as it is when nothing is missing', () => {
    const whole = { ...generated, components: [amount, heading, title] }
    const origin = originOf(whole)
    expect(broughtUp(origin)).toBe(origin.files['start.form'])
  })
  it('is told what making it anew would take away', () => {
    const text = formText(byHand as never)
    const anew = madeAnew(originOf(byHand))
    expect(keys(anew)).toEqual(['title', 'amount'])
    expect(lostAnew(text, anew)).toEqual({
      own: ['先看这里'],
      changed: [{ label: '要花多少', members: ['label'] }],
      layout: false,
    })
    expect(lostAnew(anew, anew)).toEqual({ own: [], changed: [], layout: false })
    const turned = formText({ ...generated, components: [amount, title] } as never)
    expect(lostAnew(turned, anew).layout).toBe(true)
  })
})

it('keeps id and title of an imported form when it is made anew', () => {
  const imported = {
    schemaVersion: 19,
    type: 'default',
    id: 'theirs',
    properties: { title: '原来的表' },
    components: [],
  }
  const anew = readSchema(madeAnew(originOf(imported, { steps: [{ ...step, formId: 'theirs' }] })))
  expect([anew?.id, anew?.properties]).toEqual(['theirs', { title: '原来的表' }])
  expect(keys(JSON.stringify(anew))).toEqual(['title', 'amount'])
})

it('names the fields that are off the form and makes their components', () => {
  const origin = originOf({ ...generated, components: generated.components.slice(0, 1) })
  expect(fieldsOff(origin)).toEqual(['amount'])
  expect(componentFor(origin, 'amount')).toMatchObject({ type: 'money', key: 'amount', label: '金额' })
  expect(componentFor(origin, 'note')).toBeNull()
})
