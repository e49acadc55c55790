import type { CaseStarted, StartForm } from '@bihuan/runtime/contract'
import type { RunningServer } from '../../../examples/test/support/server.ts'
import { deploy, form } from './all-fields.ts'
import type { Village } from './village.ts'

const model = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="definitions" targetNamespace="http://bihuan.org/test">
  <bpmn:message id="objected" name="allowance.objected"><bpmn:extensionElements><zeebe:subscription correlationKey="=case.key" /></bpmn:extensionElements></bpmn:message>
  <bpmn:process id="allowance" name="低保名单公示" isExecutable="true">
    <bpmn:extensionElements><bihuan:case title="=subject" numberPrefix="DB" /></bpmn:extensionElements>
    <bpmn:startEvent id="start" name="提出名单"><bpmn:extensionElements><zeebe:formDefinition formId="allowance_start" /><bihuan:starters candidateGroups="village_clerk" /></bpmn:extensionElements><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="publish" />
    <bpmn:userTask id="publish" name="公示名单"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="village_clerk" /><bihuan:stage name="公示" /></bpmn:extensionElements><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:userTask>
    <bpmn:sequenceFlow id="f2" sourceRef="publish" targetRef="end" />
    <bpmn:endEvent id="end"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
    <bpmn:subProcess id="objection" name="异议" triggeredByEvent="true">
      <bpmn:startEvent id="raised" name="登记异议" isInterrupting="false"><bpmn:extensionElements><bihuan:caseAction label="登记异议" formId="allowance_objection" candidateGroups="liaison_cadre" /></bpmn:extensionElements><bpmn:outgoing>o1</bpmn:outgoing><bpmn:messageEventDefinition id="message" messageRef="objected" /></bpmn:startEvent>
      <bpmn:sequenceFlow id="o1" sourceRef="raised" targetRef="noted" />
      <bpmn:endEvent id="noted"><bpmn:incoming>o1</bpmn:incoming></bpmn:endEvent>
    </bpmn:subProcess>
  </bpmn:process>
</bpmn:definitions>`

const resources: { readonly [name: string]: string } = {
  'allowance.bpmn': model,
  'allowance-start.form': form('allowance_start', '低保名单公示', [
    { id: 'subject', key: 'subject', type: 'textfield', label: '事由' },
  ]),
  'allowance-objection.form': form('allowance_objection', '登记异议', [
    { id: 'ground', key: 'ground', type: 'textarea', label: '异议的内容', validate: { required: true } },
  ]),
}

/** Starts a case in which the village's liaison cadre may object and has no other part; resolves with its key. */
export async function startActOnly(server: RunningServer, village: Village): Promise<string> {
  await deploy(server, await village.session('designer'), resources)
  const { form, process } = await village.ask<StartForm>('clerk', 'GET', '/startable/allowance')
  const { caseKey } = await village.ask<CaseStarted>('clerk', 'POST', '/cases', {
    processId: process.processId,
    unitId: 'huayuan',
    formKey: form?.formKey ?? null,
    answers: { subject: '第二季度低保名单' },
  })
  return caseKey
}
