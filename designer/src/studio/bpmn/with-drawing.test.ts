import { expect, test } from 'vitest'
import { withDrawing } from './with-drawing.ts'

const model = (more: string) => `<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:x="urn:other" id="d" targetNamespace="t">
  <process id="p" isExecutable="true">
    <startEvent id="s"><outgoing>f</outgoing></startEvent>
    <userTask id="u"><extensionElements><zeebe:userTask /><x:own kept="yes" /></extensionElements><incoming>f</incoming></userTask>
    <sequenceFlow id="f" sourceRef="s" targetRef="u" />
  </process>${more}
</definitions>`

test('a model without a drawing gets one, and every word of it stays', async () => {
  const text = model('')
  const drawn = await withDrawing(text)
  expect(drawn).toContain('bpmnElement="u"')
  expect(drawn).toContain('bpmnElement="f"')
  const [before = '', after = ''] = (drawn ?? '').split(/<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>\n/)
  expect(before + after).toBe(text)
})

test('a drawing that is there, and a text that is no model, are left alone', async () => {
  expect(await withDrawing(model('<di:BPMNDiagram xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" />'))).toBeNull()
  expect(await withDrawing('<definitions><process></definitions>')).toBeNull()
  expect(await withDrawing('no model')).toBeNull()
})
