import { performance } from 'node:perf_hooks'
import type { Figure } from '../../scripts/figure.ts'
import { type Command, compile, type DefinitionBundle, emptyState, type Key, type State, step } from '../src/index.ts'
import { bundleOf, flow, line, model, node, timer } from '../src/testing/index.ts'

const LARGE = 500
const SMALL = 10
const COMPILED = 7
const ROUNDS = 5
const STEPS = 400

/**
 * P6: a model of 500 nodes, drawn. `compile` is the time to parse, compile and check it, in milliseconds; every text has
 * expressions of its own, so that none is known before. `step` is what completing a task costs in it against the same
 * step in a model of 10 nodes.
 */
export async function p6(): Promise<Figure[]> {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < COMPILED; round++) {
    const xml = drawing(LARGE, `v${round}_`)
    const start = performance.now()
    const { problems, processes } = await compile(xml, 'large.bpmn')
    best = Math.min(best, performance.now() - start)
    if (processes.length !== 1) throw new Error(`the model is refused: ${JSON.stringify(problems[0])}`)
  }
  const [large, small] = [await bundleOf(drawing(LARGE, 'l')), await bundleOf(drawing(SMALL, 's'))]
  steps(large)
  steps(small)
  let [many, few] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let round = 0; round < ROUNDS; round++) {
    few = Math.min(few, steps(small))
    many = Math.min(many, steps(large))
  }
  return [
    { name: 'P6 compile', value: best, goal: '<=150', unit: 'ms' },
    { name: 'P6 step', value: many / few, goal: '<=1.2' },
  ]
}

/**
 * Five nodes a part: a task with a reminder, a choice that leads on or to a script and back to the next task. The first
 * part is the same whatever the size.
 */
function drawing(nodes: number, prefix: string): string {
  const parts = Math.round((nodes - 5) / 5)
  const content: string[] = [node('startEvent', 'start'), node('endEvent', 'end'), line('start', 'a0')]
  for (let at = 0; at < parts; at++) {
    const next = at === parts - 1 ? 'last' : `a${at + 1}`
    content.push(
      node(
        'userTask',
        `a${at}`,
        `<zeebe:assignmentDefinition assignee="=${prefix}who${at}"/>`,
        '',
        `name="Step ${at}"`,
      ),
      node(
        'boundaryEvent',
        `b${at}`,
        '',
        timer('timeDuration', 'P3D'),
        `attachedToRef="a${at}" cancelActivity="false"`,
      ),
      node('endEvent', `c${at}`),
      node('exclusiveGateway', `g${at}`, '', '', `default="g${at}_${next}"`),
      node('scriptTask', `s${at}`, `<zeebe:script expression="=${prefix}${at} + 1" resultVariable="r${at}"/>`),
      line(`b${at}`, `c${at}`),
      line(`a${at}`, `g${at}`, next),
      flow(`g${at}`, `s${at}`, `${prefix}${at} > ${at} and not(done)`),
      line(`s${at}`, next),
    )
  }
  content.push(node('exclusiveGateway', 'last'), node('parallelGateway', 'fork'), node('parallelGateway', 'join'))
  content.push(line('last', 'fork', 'join', 'end'), flow('fork', 'join', undefined, 'beside'))
  return model(content.join('\n')).replace('</bpmn:definitions>', `${diagram(content.join(''))}</bpmn:definitions>`)
}

const DI =
  'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'

/** A shape or an edge for every element and flow. */
function diagram(content: string): string {
  const shapes = [...content.matchAll(/<bpmn:(\w+) id="(\w+)" ?(\w*)/g)].map(([, tag, id], at) => {
    if (tag === 'sequenceFlow')
      return `<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}"><di:waypoint x="${at}" y="0"/><di:waypoint x="${at + 50}" y="0"/></bpmndi:BPMNEdge>`
    return `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"><dc:Bounds x="${at}" y="0" width="100" height="80"/></bpmndi:BPMNShape>`
  })
  return `<bpmndi:BPMNDiagram ${DI} id="d"><bpmndi:BPMNPlane id="pl" bpmnElement="process">${shapes.join('')}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`
}

/** The median time in which the first task of a new case is completed. */
function steps(bundle: DefinitionBundle): number {
  const times = Array.from({ length: STEPS }, (_, index) => {
    const state = emptyState(1024 + index)
    send(bundle, state, {
      kind: 'processInstance.create',
      value: { units: [], variables: { done: true }, parameters: {}, businessId: null },
    })
    const [task] = state.tasks.keys()
    const start = performance.now()
    send(bundle, state, {
      kind: 'userTask.complete',
      key: task as Key,
      value: { variables: { yes: 1 }, formKey: null },
    })
    return performance.now() - start
  })
  return times.sort((a, b) => a - b)[STEPS >>> 1] ?? 0
}

function send(bundle: DefinitionBundle, state: State, given: Pick<Command, 'kind' | 'key' | 'value'>): void {
  const command = { ...given, at: 0, actor: { type: 'system', id: 'bench' }, requestId: 'bench' } as Command
  const { rejection } = step(bundle, state, command)
  if (rejection) throw rejection
}
