import { describe, expect, it } from 'vitest'
import { compile } from '../compile/compile.ts'
import { readDecisions } from '../dmn/index.ts'
import { blankPackage } from './blank.ts'
import { judgePackage } from './judge.ts'
import { packageName, readPackageFile, setPackageName } from './package-file.ts'
import { renamePackage } from './rename.ts'
import { readSteps } from './steps.ts'

const errorsOf = async (files: Parameters<typeof judgePackage>[0]) =>
  (await judgePackage(files)).problems.filter(({ severity }) => severity === 'error')

describe('a blank package', () => {
  const files = blankPackage({ id: 'road', name: '修路 & "补路"' })
  it('can be deployed as it is', async () => {
    expect(await errorsOf(files)).toEqual([])
    const judged = await judgePackage(files)
    expect(judged.processes.map(({ process }) => [process.id, process.name])).toEqual([['road', '修路 & "补路"']])
    expect(judged.package).toMatchObject({ id: 'road', name: '修路 & "补路"' })
    expect(judged.fields).toEqual({ fields: [], access: {} })
    expect(judged.parameters).toEqual([])
  })
  it('has its start as a step, with its form', async () => {
    expect(await readSteps(files['process.bpmn']!, 'process.bpmn')).toEqual([
      {
        elementId: 'start',
        resource: 'process.bpmn',
        name: '发起',
        kind: 'start',
        formId: 'road_start',
        candidateGroups: null,
      },
    ])
    expect(JSON.parse(files['start.form']!)).toMatchObject({ id: 'road_start', components: [] })
  })
  it('speaks English when asked to', () => {
    expect(blankPackage({ id: 'road', name: 'Road', language: 'en' })['process.bpmn']).toContain('name="Start"')
  })
})

const BPMN = `<?xml version="1.0"?>
<!-- id="old" stays -->
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
  <bpmn:collaboration id="c"><bpmn:participant id="p" processRef="old" /></bpmn:collaboration>
  <bpmn:process id="old" name='旧' isExecutable="true">
    <bpmn:startEvent id="s"><bpmn:extensionElements><zeebe:formDefinition formId="old_s" /></bpmn:extensionElements><bpmn:outgoing>f</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f" sourceRef="s" targetRef="t1" />
    <bpmn:userTask id="t1" name="old"><bpmn:extensionElements><zeebe:userTask /><zeebe:formDefinition formId="shared" /><zeebe:assignmentDefinition candidateGroups="clerk" /></bpmn:extensionElements><bpmn:incoming>f</bpmn:incoming><bpmn:outgoing>g</bpmn:outgoing></bpmn:userTask>
    <bpmn:sequenceFlow id="g" sourceRef="t1" targetRef="b" />
    <bpmn:businessRuleTask id="b"><bpmn:extensionElements><zeebe:calledDecision decisionId="rule" resultVariable="r" /><zeebe:ioMapping><zeebe:output source='=if r > 1 then "old" else "rule"' target="old_s" /></zeebe:ioMapping></bpmn:extensionElements><bpmn:incoming>g</bpmn:incoming></bpmn:businessRuleTask>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="di"><bpmndi:BPMNPlane id="pl" bpmnElement="c"><bpmndi:BPMNShape id="sh" bpmnElement="p"><dc:Bounds x="0" y="0" width="1" height="1" /></bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`
const DMN = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" id="drg" name="n" namespace="x">
  <decision id="base"><literalExpression id="l1"><text>1</text></literalExpression></decision>
  <decision id="rule" name="规则"><informationRequirement id="ir"><requiredDecision href="#base" /></informationRequirement><literalExpression id="l2"><text>base + 1</text></literalExpression></decision>
  <dmndi:DMNDI><dmndi:DMNDiagram id="dd"><dmndi:DMNShape id="ds" dmnElementRef="rule" /></dmndi:DMNDiagram></dmndi:DMNDI>
</definitions>`
const form = (id: string) => JSON.stringify({ schemaVersion: 19, type: 'default', id, components: [] })
const OLD = {
  'package.yaml': '# 说明\nid: old # 标识\nname: 旧\nlegal_basis: [{ law: 法 }]\n',
  'p.bpmn': BPMN,
  'r.dmn': DMN,
  's.form': form('old_s'),
  't.form': form('shared'),
  'scenarios/a.yaml': 'name: old\nprocess: "old"   # 流程\nstart: { rule: old }\n',
}

describe('renamePackage', () => {
  const files = renamePackage(OLD, { id: 'new', name: '新 & 好' })
  it('gives everything that is deployed an id of its own', async () => {
    const judged = await judgePackage(files)
    expect(judged.problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(judged.processes.map(({ process }) => [process.id, process.name])).toEqual([['new', '新 & 好']])
    expect(judged.forms.map(({ id }) => id)).toEqual(['new_s', 'new_shared'])
    expect(judged.decisions.map(({ decision }) => decision.id).sort()).toEqual(['new_base', 'new_rule'])
    expect(judged.package).toMatchObject({ id: 'new', name: '新 & 好' })
  })
  it('keeps every other byte of the model', () => {
    const back = files['p.bpmn']!.replace('processRef="new"', 'processRef="old"')
      .replace('process id="new" name="新 &amp; 好"', `process id="old" name='旧'`)
      .replace('formId="new_s"', 'formId="old_s"')
      .replace('formId="new_shared"', 'formId="shared"')
      .replace('decisionId="new_rule"', 'decisionId="rule"')
    expect(back).toBe(BPMN)
  })
  it('follows requirements and the drawing of decisions, and keeps what FEEL reads them by', async () => {
    expect(files['r.dmn']).toContain('href="#new_base"')
    expect(files['r.dmn']).toContain('dmnElementRef="new_rule"')
    const { decisions, problems } = await readDecisions(files['r.dmn']!, 'r.dmn')
    expect(problems).toEqual([])
    expect(decisions.find(({ id }) => id === 'new_base')?.resultName).toBe('base')
  })
  it('keeps comments of package.yaml, and lets scenarios follow', () => {
    expect(files['package.yaml']).toContain('# 说明')
    expect(files['package.yaml']).toContain('law: 法')
    expect(files['scenarios/a.yaml']).toBe('name: old\nprocess: "new"   # 流程\nstart: { rule: old }\n')
  })
  it('makes a package.yaml for files that came without one', async () => {
    const { 'package.yaml': _, ...bare } = OLD
    const made = renamePackage(bare, { id: 'new', name: '新' })
    expect(packageName(made)).toBe('新')
    expect((await compile(made['p.bpmn']!, 'p.bpmn')).processes.map(({ id }) => id)).toEqual(['new'])
  })
  it('leaves what cannot be read as it is', () => {
    const broken = { 'p.bpmn': '<bpmn:process id="x', 'f.form': '{', 'package.yaml': ': :' }
    expect(renamePackage(broken, { id: 'new', name: 'n' })).toMatchObject({
      'p.bpmn': '<bpmn:process id="x',
      'f.form': '{',
    })
  })
})

describe('a form or a decision with a fault of its own', () => {
  const codesOf = async (files: Parameters<typeof judgePackage>[0]) => (await errorsOf(files)).map(({ code }) => code)
  it('is not said to be missing, too, where a step names it', async () => {
    const unanswerable = form('shared').replace('[]', '[{ "type": "wormhole", "key": "a", "id": "a" }]')
    expect(await codesOf({ ...OLD, 't.form': unanswerable })).toEqual(['FORM_INVALID'])
    const empty = DMN.replace('<literalExpression id="l2"><text>base + 1</text></literalExpression>', '')
    expect(await codesOf({ ...OLD, 'r.dmn': empty })).toEqual(['DECISION_INVALID'])
  })
  it('is told when it is not there at all', async () => {
    const { 't.form': _, 'r.dmn': __, ...rest } = OLD
    expect(await codesOf(rest)).toEqual(['FORM_NOT_FOUND', 'DECISION_NOT_FOUND'])
  })
})

describe('package.yaml', () => {
  it('takes another name, and nothing else changes', () => {
    expect(setPackageName(OLD['package.yaml'], '新')).toBe(OLD['package.yaml'].replace('name: 旧', 'name: 新'))
    expect(setPackageName('name: |\n  旧\nid: a\n', '甲: 乙')).toBe('name: "甲: 乙"\nid: a\n')
    expect(setPackageName('id: a\n', '新')).toBe('name: 新\nid: a\n')
    expect(setPackageName('- a', '新')).toBe('- a')
  })
  it('needs an id and a name', () => {
    expect(readPackageFile('package.yaml', 'name: x').problems[0]?.facts).toMatchObject({ found: 'id' })
    expect(readPackageFile('package.yaml', 'id: x').problems[0]?.facts).toMatchObject({ found: 'name' })
    expect(readPackageFile('package.yaml', 'id: ../x\nname: x').value).toBeNull()
  })
})
