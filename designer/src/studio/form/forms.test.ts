import type { Step } from '@bihuan/engine'
import { expect, it } from 'vitest'
import { formsOf } from './forms.ts'

const step = (elementId: string, formId: string | null): Step => ({
  elementId,
  resource: 'process.bpmn',
  name: elementId,
  kind: 'task',
  formId,
  candidateGroups: null,
})

it('lists forms in the order of their steps, one of several steps once, those of no step last', () => {
  const files = {
    'a.form': '{"id":"a","properties":{"title":"甲表"}}',
    'b.form': '{"id":"b"}',
    'broken.form': '{',
    'z.form': '{"id":"z"}',
    'process.bpmn': '',
  }
  const { forms, without } = formsOf(files, [
    step('s1', 'b'),
    step('s2', 'a'),
    step('s3', 'b'),
    step('s4', 'gone'),
    step('s5', null),
  ])
  expect(forms.map((form) => [form.file, form.title, form.steps.map((one) => one.elementId)])).toEqual([
    ['b.form', null, ['s1', 's3']],
    ['a.form', '甲表', ['s2']],
    ['broken.form', null, []],
    ['z.form', null, []],
  ])
  expect(without.map((one) => one.elementId)).toEqual(['s4', 's5'])
})
