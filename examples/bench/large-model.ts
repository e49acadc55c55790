const ROW = 20
const WIDTH = 150
const HEIGHT = 130

interface Drawn {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A BPMN file with that many nodes in rows: a start, user tasks, a choice after every ninth, an end; drawn. */
export function largeModel(nodes: number): string {
  const drawn = Array.from({ length: nodes }, (_, at): Drawn => {
    const size = sizeOf(at, nodes)
    const x = 160 + (at % ROW) * WIDTH
    const y = 120 + Math.floor(at / ROW) * HEIGHT
    return { id: idOf(at, nodes), x: x - size.width / 2, y: y - size.height / 2, ...size }
  })
  const flows = drawn.slice(1).map((to, at) => ({ id: `flow_${at}`, from: drawn[at]!, to }))
  const elements = drawn.map(({ id }, at) => elementOf(id, at, nodes)).join('\n')
  const arrows = flows.map(
    ({ id, from, to }) => `<bpmn:sequenceFlow id="${id}" sourceRef="${from.id}" targetRef="${to.id}" />`,
  )
  const shapes = drawn.map(
    ({ id, x, y, width, height }) =>
      `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"><dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}" /></bpmndi:BPMNShape>`,
  )
  const edges = flows.map(
    ({ id, from, to }) =>
      `<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}">${point(from.x + from.width, from.y + from.height / 2)}${point(to.x, to.y + to.height / 2)}</bpmndi:BPMNEdge>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="http://bihuan.org/bench">
<bpmn:process id="large" name="Large" isExecutable="true">
${elements}
${arrows.join('\n')}
</bpmn:process>
<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="large">
${[...shapes, ...edges].join('\n')}
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`
}

const isChoice = (at: number): boolean => at % 10 === 9

function idOf(at: number, nodes: number): string {
  if (at === 0) return 'start'
  if (at === nodes - 1) return 'end'
  return isChoice(at) ? `choice_${at}` : `step_${at}`
}

function sizeOf(at: number, nodes: number): { width: number; height: number } {
  if (at === 0 || at === nodes - 1) return { width: 36, height: 36 }
  return isChoice(at) ? { width: 50, height: 50 } : { width: 100, height: 80 }
}

function elementOf(id: string, at: number, nodes: number): string {
  const into = at > 0 ? `<bpmn:incoming>flow_${at - 1}</bpmn:incoming>` : ''
  const out = at < nodes - 1 ? `<bpmn:outgoing>flow_${at}</bpmn:outgoing>` : ''
  if (at === 0) return `<bpmn:startEvent id="${id}">${out}</bpmn:startEvent>`
  if (at === nodes - 1) return `<bpmn:endEvent id="${id}">${into}</bpmn:endEvent>`
  if (isChoice(at))
    return `<bpmn:exclusiveGateway id="${id}" default="flow_${at}">${into}${out}</bpmn:exclusiveGateway>`
  const who = '<zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="village_clerk" />'
  return `<bpmn:userTask id="${id}" name="Step ${at}"><bpmn:extensionElements>${who}</bpmn:extensionElements>${into}${out}</bpmn:userTask>`
}

const point = (x: number, y: number): string => `<di:waypoint x="${x}" y="${y}" />`
