import { expect, it } from 'vitest'
import type { Step } from './files.ts'
import { retitleForms } from './form-titles.ts'

const step = (elementId: string, name: string): Step => ({
  elementId,
  resource: 'process.bpmn',
  name,
  kind: 'task',
  formId: `p_${elementId}`,
  candidateGroups: null,
})
const form = (id: string, title: string) => JSON.stringify({ id: `p_${id}`, components: [], properties: { title } })
const files = { 'a.form': form('a', 'Review'), 'b.form': form('b', 'By hand') }
const before = [step('a', 'Review'), step('b', 'Fill')]

it('a form titled as its step was follows the name of the step; a title given by hand stays', () => {
  const changes = retitleForms(files, before, [step('a', 'Village review'), step('b', 'Record')])
  expect(Object.keys(changes)).toEqual(['a.form'])
  expect(JSON.parse(changes['a.form'] ?? '')).toEqual(JSON.parse(form('a', 'Village review')))
})

it('steps that are new, gone or called as before change nothing', () => {
  expect(retitleForms(files, [], before)).toEqual({})
  expect(retitleForms(files, before, [])).toEqual({})
  expect(retitleForms(files, before, before)).toEqual({})
})
