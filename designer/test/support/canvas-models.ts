const NAMESPACES =
  'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:acme="http://acme.example/1"'

/** A start, two tasks and an end in a row; `inner` stands in the first task, `first` and `second` name the tasks. */
export function rowModel(names: { readonly first: string; readonly second: string }, inner = '', beside = ''): string {
  const nodes = [
    { id: 'begin', tag: 'startEvent', name: '收到', width: 36, height: 36, inside: '' },
    { id: 'first', tag: 'userTask', name: names.first, width: 100, height: 80, inside: inner },
    { id: 'second', tag: 'userTask', name: names.second, width: 100, height: 80, inside: '' },
    { id: 'end', tag: 'endEvent', name: '办完', width: 36, height: 36, inside: '' },
  ].map((node, at) => ({ ...node, x: 160 + at * 170 - node.width / 2, y: 160 - node.height / 2 }))
  const flows = nodes.slice(1).map((to, at) => ({ id: `to_${to.id}`, from: nodes[at]!, to }))
  const elements = nodes.map(({ id, tag, name, inside }, at) => {
    const who =
      tag === 'userTask'
        ? `<bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="village_clerk" />${inside}</bpmn:extensionElements>`
        : ''
    const into = flows[at - 1] ? `<bpmn:incoming>${flows[at - 1]?.id}</bpmn:incoming>` : ''
    const out = flows[at] ? `<bpmn:outgoing>${flows[at]?.id}</bpmn:outgoing>` : ''
    return `<bpmn:${tag} id="${id}" name="${name}">${who}${into}${out}</bpmn:${tag}>`
  })
  const arrows = flows.map(
    ({ id, from, to }) => `<bpmn:sequenceFlow id="${id}" sourceRef="${from.id}" targetRef="${to.id}" />`,
  )
  const shapes = nodes.map(({ id, x, y, width, height, tag }) => {
    const label = /Event/.test(tag)
      ? `<bpmndi:BPMNLabel><dc:Bounds x="${x + 5}" y="${y + height + 6}" width="26" height="16" /></bpmndi:BPMNLabel>`
      : ''
    return `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"><dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}" />${label}</bpmndi:BPMNShape>`
  })
  const edges = flows.map(
    ({ id, from, to }) =>
      `<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}"><di:waypoint x="${from.x + from.width}" y="160" /><di:waypoint x="${to.x}" y="160" /></bpmndi:BPMNEdge>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions ${NAMESPACES} id="definitions" targetNamespace="http://acme.example" acme:release="7">
<bpmn:process id="row" name="一行" isExecutable="true" acme:owner="Zhao">
${[...elements, ...arrows, beside].join('\n')}
</bpmn:process>
<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="row">
${[...shapes, ...edges].join('\n')}
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`
}

export const plainModel = rowModel({ first: '受理', second: '办理' })

/** A row whose second step is a sub-process drawn apart: it holds one step, a row down, that nobody can get. */
export const apartModel = rowModel({ first: '受理', second: '复核' })
  .replace(
    /<bpmn:userTask id="second"[\s\S]*?<\/bpmn:userTask>/,
    `<bpmn:subProcess id="second" name="复核"><bpmn:incoming>to_second</bpmn:incoming><bpmn:outgoing>to_end</bpmn:outgoing>
<bpmn:startEvent id="inner_begin"><bpmn:outgoing>to_inner</bpmn:outgoing></bpmn:startEvent>
<bpmn:userTask id="inner" name="复看"><bpmn:extensionElements><zeebe:userTask /></bpmn:extensionElements><bpmn:incoming>to_inner</bpmn:incoming></bpmn:userTask>
<bpmn:sequenceFlow id="to_inner" sourceRef="inner_begin" targetRef="inner" />
</bpmn:subProcess>`,
  )
  .replace('bpmnElement="second">', 'bpmnElement="second" isExpanded="false">')
  .replace(
    '</bpmndi:BPMNDiagram>',
    `</bpmndi:BPMNDiagram>
<bpmndi:BPMNDiagram id="diagram_2"><bpmndi:BPMNPlane id="plane_2" bpmnElement="second">
<bpmndi:BPMNShape id="inner_begin_di" bpmnElement="inner_begin"><dc:Bounds x="40" y="62" width="36" height="36" /></bpmndi:BPMNShape>
<bpmndi:BPMNShape id="inner_di" bpmnElement="inner"><dc:Bounds x="150" y="40" width="100" height="80" /></bpmndi:BPMNShape>
<bpmndi:BPMNEdge id="to_inner_di" bpmnElement="to_inner"><di:waypoint x="76" y="80" /><di:waypoint x="150" y="80" /></bpmndi:BPMNEdge>
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`,
  )

/** Another tool's own extensions, which are kept, and elements where BPMN has none, which no reader can keep. */
export const foreignModel = rowModel(
  { first: '受理', second: '办理' },
  '<acme:policy level="3"><acme:note>kept &amp; whole</acme:note></acme:policy>',
  '<bpmn:wormhole id="hole" name="x" /><bpmn:teleport id="port" />',
)

const LONG = '长'.repeat(100_000)

/** Names that are markup, turn the reading direction, or are of a hundred thousand signs. */
export const hostileModel = rowModel({
  first: '&lt;img src=x onerror=&quot;window.hit=1&quot;&gt;&lt;script&gt;window.hit=1&lt;/script&gt;\u202Egpj.exe',
  second: LONG,
})

/** The first flow of each model: what comes from where and goes where. */
export interface Flow {
  readonly id: string
  readonly from: string
  readonly to: string
}

export function flowsOf(xml: string): Flow[] {
  const attribute = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
  return [...xml.matchAll(/<bpmn:sequenceFlow\b[^>]*>/g)].map(([tag]) => ({
    id: attribute(tag, 'id'),
    from: attribute(tag, 'sourceRef'),
    to: attribute(tag, 'targetRef'),
  }))
}
