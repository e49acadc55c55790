import type { RunningServer } from '../../../examples/test/support/server.ts'
import { deploy, form } from './all-fields.ts'

const model = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="definitions" targetNamespace="http://bihuan.org/test">
  <bpmn:process id="households" name="救助登记" isExecutable="true">
    <bpmn:extensionElements><bihuan:case title="=subject" numberPrefix="JZ" /></bpmn:extensionElements>
    <bpmn:startEvent id="start" name="登记"><bpmn:extensionElements><zeebe:formDefinition formId="households_start" /><bihuan:starters candidateGroups="village_clerk" /></bpmn:extensionElements><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="check" />
    <bpmn:userTask id="check" name="核对"><bpmn:extensionElements><zeebe:userTask /><zeebe:formDefinition formId="households_check" /><zeebe:assignmentDefinition candidateGroups="village_clerk" /><bihuan:stage name="核对" /></bpmn:extensionElements><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:userTask>
    <bpmn:sequenceFlow id="f2" sourceRef="check" targetRef="end" />
    <bpmn:endEvent id="end"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`

const required = { validate: { required: true } }
const list = (more: { readonly validate?: object; readonly readonly?: boolean }) => ({
  id: 'households',
  path: 'households',
  type: 'dynamiclist',
  label: '涉及的户',
  isRepeating: true,
  allowAddRemove: true,
  defaultRepetitions: 1,
  readonly: more.readonly ?? false,
  components: [
    { id: 'who', key: 'who', type: 'textfield', label: '户主', ...more },
    { id: 'poor', key: 'poor', type: 'checkbox', label: '低保户', ...more, validate: {} },
    {
      id: 'card',
      key: 'card',
      type: 'textfield',
      label: '低保证号',
      conditional: { hide: '=not(this.poor = true)' },
      ...more,
    },
    {
      type: 'group',
      id: 'rest',
      label: '收入',
      conditional: { hide: '=this.poor = true' },
      components: [{ id: 'why', key: 'why', type: 'textarea', label: '收入来源', ...more }],
    },
  ],
})

const resources: { readonly [name: string]: string } = {
  'households.bpmn': model,
  'households-start.form': form('households_start', '救助登记', [
    { id: 'subject', key: 'subject', type: 'textfield', label: '事由', ...required },
    list(required),
  ]),
  'households-check.form': form('households_check', '核对', [
    list({ readonly: true }),
    { id: 'note', key: 'note', type: 'textfield', label: '意见' },
  ]),
}

/** Deploys a process whose start form has a list of rows with parts that come and go, and a step that reads it. */
export const deployRepeatingList = (server: RunningServer, cookie: string): Promise<void> =>
  deploy(server, cookie, resources)
