import { stringify } from 'yaml'
import { formIdOf } from '../field/generate.ts'
import { emptyDictionary } from '../field/read.ts'
import { writeDictionary } from '../field/write.ts'
import { type Language, wordOf } from '../problem/index.ts'
import { escaped } from './attributes.ts'
import type { PackageFiles } from './files.ts'
import { ensureForms } from './forms.ts'

/** The text of a new `package.yaml`. */
export const packageText = (given: { readonly id: string; readonly name: string }): string =>
  stringify({ id: given.id, name: given.name, version: '0.1.0' }, { lineWidth: 0 })

/**
 * The files of a new package: a strict process from a start with a form to an end, drawn; no fields, no parameters. `id`
 * is the id of the package and of its process.
 */
export function blankPackage(given: {
  readonly id: string
  readonly name: string
  readonly language?: Language
}): PackageFiles {
  const { id, name, language = 'zh-CN' } = given
  const [start, end] = [wordOf('blank', 'start', language), wordOf('blank', 'end', language)]
  const formId = formIdOf(id, 'start')
  const files = {
    'package.yaml': packageText({ id, name }),
    'process.bpmn': processText({ id, name, start, end, formId }),
    'fields.yaml': writeDictionary(emptyDictionary),
    'parameters.yaml': 'parameters: []\n',
  }
  const step = { elementId: 'start', resource: 'process.bpmn', name: start, kind: 'start', formId } as const
  return { ...files, ...(ensureForms(files, [{ ...step, candidateGroups: null }], id) as PackageFiles) }
}

function processText(given: { readonly [part in 'id' | 'name' | 'start' | 'end' | 'formId']: string }): string {
  const { id, name, start, end, formId } = given
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="Definitions_1" targetNamespace="http://bihuan.org/packages" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.9.0">
  <bpmn:process id="${id}" name="${escaped(name)}" isExecutable="true">
    <bpmn:extensionElements>
      <bihuan:case strict="true" />
    </bpmn:extensionElements>
    <bpmn:startEvent id="start" name="${escaped(start)}">
      <bpmn:extensionElements>
        <zeebe:formDefinition formId="${formId}" />
      </bpmn:extensionElements>
      <bpmn:outgoing>to_end</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:endEvent id="end" name="${escaped(end)}">
      <bpmn:incoming>to_end</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="to_end" sourceRef="start" targetRef="end" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram_1">
    <bpmndi:BPMNPlane id="Plane_1" bpmnElement="${id}">
      <bpmndi:BPMNShape id="start_di" bpmnElement="start">
        <dc:Bounds x="180" y="182" width="36" height="36" />
        <bpmndi:BPMNLabel>
          <dc:Bounds x="184" y="225" width="28" height="16" />
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="end_di" bpmnElement="end">
        <dc:Bounds x="372" y="182" width="36" height="36" />
        <bpmndi:BPMNLabel>
          <dc:Bounds x="376" y="225" width="28" height="16" />
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="to_end_di" bpmnElement="to_end">
        <di:waypoint x="216" y="200" />
        <di:waypoint x="372" y="200" />
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`
}
