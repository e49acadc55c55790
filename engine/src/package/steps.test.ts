import { describe, expect, it } from 'vitest'
import { readSteps } from './steps.ts'

const wrap = (process: string): string =>
  `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d">${process}</bpmn:definitions>`
const ids = async (process: string) => (await readSteps(wrap(process), 'p.bpmn')).map(({ elementId }) => elementId)
const task = (id: string, more = '') => `<bpmn:userTask id="${id}" name="N ${id}">${more}</bpmn:userTask>`
const flow = (from: string, to: string) =>
  `<bpmn:sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}" />`
const START =
  '<bpmn:startEvent id="s"><bpmn:extensionElements><zeebe:formDefinition formId="f" /></bpmn:extensionElements></bpmn:startEvent>'

describe('readSteps', () => {
  it('follows the flows, whatever the order in the file, round loops and into sub-processes', async () => {
    const inner = `<bpmn:subProcess id="sub">${task('in2')}${task('in1')}${flow('in1', 'in2')}<bpmn:startEvent id="is" />${flow('is', 'in1')}</bpmn:subProcess>`
    expect(
      await ids(
        `<bpmn:process id="p">${task('lone')}${task('c')}${inner}${task('b')}${task('a')}${START}${flow('s', 'a')}${flow('a', 'b')}${flow('b', 'a')}${flow('b', 'sub')}${flow('sub', 'c')}</bpmn:process>`,
      ),
    ).toEqual(['s', 'a', 'b', 'in1', 'in2', 'c', 'lone'])
  })
  it('puts what hangs at a task after it, and event sub-processes last', async () => {
    const action =
      '<bpmn:extensionElements><bihuan:caseAction label="登记异议" formId="o" candidateGroups="clerk" /></bpmn:extensionElements>'
    const sub = `<bpmn:subProcess id="es" triggeredByEvent="true"><bpmn:startEvent id="act">${action}</bpmn:startEvent></bpmn:subProcess>`
    const boundary = `<bpmn:boundaryEvent id="be" attachedToRef="a" />${task('late')}`
    expect(
      await ids(
        `<bpmn:process id="p">${sub}${task('lone')}${boundary}${task('b')}${task('a')}${START}${flow('s', 'a')}${flow('a', 'b')}${flow('be', 'late')}</bpmn:process>`,
      ),
    ).toEqual(['s', 'a', 'b', 'late', 'lone', 'act'])
  })
  it('says of each what it is, whose it is and which form it has', async () => {
    const form = '<zeebe:formDefinition formId="f1" />'
    const assigned = task(
      't',
      `<bpmn:extensionElements>${form}<zeebe:assignmentDefinition candidateGroups="clerk,reviewer@township" /></bpmn:extensionElements>`,
    )
    const starters =
      '<bpmn:startEvent id="s"><bpmn:extensionElements><bihuan:starters candidateGroups="clerk" /></bpmn:extensionElements></bpmn:startEvent>'
    expect(await readSteps(wrap(`<bpmn:process id="p">${starters}${assigned}</bpmn:process>`), 'p.bpmn')).toEqual([
      { elementId: 's', resource: 'p.bpmn', name: 's', kind: 'start', formId: null, candidateGroups: 'clerk' },
      {
        elementId: 't',
        resource: 'p.bpmn',
        name: 'N t',
        kind: 'task',
        formId: 'f1',
        candidateGroups: 'clerk,reviewer@township',
      },
    ])
  })
  it('leaves out starts that nobody makes, and events', async () => {
    expect(
      await ids(
        '<bpmn:process id="p"><bpmn:startEvent id="s" /><bpmn:startEvent id="m"><bpmn:messageEventDefinition id="md" /></bpmn:startEvent></bpmn:process>',
      ),
    ).toEqual([])
  })
  it('reads what is half drawn: loose ends, unknown elements, flows to nothing', async () => {
    expect(
      await ids(
        `<bpmn:process id="p">${task('a')}<bpmn:sequenceFlow id="x" sourceRef="a" targetRef="nowhere" /><camunda:thing /><bpmn:blob id="y" />${task('b')}</bpmn:process>`,
      ),
    ).toEqual(['a', 'b'])
  })
  it.each(['', 'no xml', '<a', '<!DOCTYPE a><a />', '<a xmlns="urn:x" />', wrap('')])(
    '%j has no steps',
    async (xml) => {
      expect(await readSteps(xml, 'p.bpmn')).toEqual([])
    },
  )
})
