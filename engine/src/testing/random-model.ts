import { flow, model, node } from './model.ts'
import { drawActivity, executionListeners } from './random-activity.ts'
import {
  caught,
  drawCatch,
  drawEnd,
  drawEventSubProcesses,
  drawSimple,
  drawThrow,
  extensionsOf,
  newId,
  type Pen,
  type Piece,
  receives,
  SHARED_ROOTS,
  startTrigger,
  thrown,
} from './random-event.ts'
import type { Block, Body, Graph, Plan } from './random-plan.ts'

/** The BPMN file of a plan; ids are numbered in the order of the plan. */
export function modelOf(plan: Plan): string {
  const pen: Pen = { count: 0, roots: [...SHARED_ROOTS] }
  // Processes that nothing calls are left out.
  const calls = JSON.stringify(plan).includes('"kind":"call"')
  const called = (calls ? plan.called : []).map(
    (body, index) =>
      `<bpmn:process id="called${index}" isExecutable="true"><bpmn:extensionElements><zeebe:versionTag value="v1"/></bpmn:extensionElements>${drawBody(pen, callable(body, index + 1), `called${index}`)}</bpmn:process>`,
  )
  const listeners = executionListeners(plan.listens)
  const content =
    (listeners ? `<bpmn:extensionElements>${listeners}</bpmn:extensionElements>` : '') +
    drawBody(pen, callable(plan.main, 0), 'main', plan.start)
  return model(content, pen.roots.join('') + called.join(''))
}

/** A process calls only those after it, so that calls end; what nobody catches in it is not thrown. */
function callable(body: Body, first: number): Body {
  const end = body.end === 'error' && !body.events.some((one) => one.trigger === 'error') ? 'none' : body.end
  const text = JSON.stringify({ ...body, end }, (_, value) => {
    if (value?.kind !== 'call') return value
    return value.called >= first
      ? value
      : first < 2
        ? { ...value, called: first }
        : { ...value, kind: 'work', type: 'task' }
  })
  return JSON.parse(text) as Body
}

/** Everything in a scope, from its start event to its end event. */
function drawBody(
  pen: Pen,
  { inner, end, events, within }: Body,
  prefix: string,
  start: Plan['start'] = 'none',
): string {
  const [startId, endId] = [`${prefix}_start`, `${prefix}_end`]
  const { extensions, content } = thrown(end)
  const piece = inner.kind === 'graph' ? drawGraph(pen, inner, endId) : drawBlock(pen, inner)
  const other = start === 'none' ? '' : drawOtherStart(pen, start, prefix, piece.first)
  return (
    node('startEvent', startId) +
    piece.xml +
    node('endEvent', endId, extensions, content) +
    (other || flow(startId, piece.first)) +
    (piece.last ? flow(piece.last, endId) : '') +
    drawEventSubProcesses(pen, events, within && ((at) => drawBlock(at, within)))
  )
}

function drawOtherStart(pen: Pen, start: Exclude<Plan['start'], 'none'>, prefix: string, first: string): string {
  const [id, merge] = [`${prefix}_other`, newId(pen, 'g')]
  return (
    node('startEvent', id, '', startTrigger(pen, start)) +
    node('exclusiveGateway', merge) +
    flow(`${prefix}_start`, merge) +
    flow(id, merge) +
    flow(merge, first)
  )
}

function drawBlock(pen: Pen, block: Block): Piece {
  switch (block.kind) {
    case 'work':
    case 'subProcess':
    case 'call':
    case 'adHoc':
      return drawActivity(pen, block, drawBody)
    case 'catch':
      return drawCatch(pen, block.trigger)
    case 'throw':
      return drawThrow(pen, block.what)
    case 'sequence': {
      const pieces = block.parts.map((part) => drawBlock(pen, part))
      const flows = pieces.slice(1).map((piece, i) => flow(pieces[i]?.last ?? '', piece.first))
      const xml = pieces.map((piece) => piece.xml).join('') + flows.join('')
      return { xml, first: pieces[0]?.first ?? '', last: pieces.at(-1)?.last ?? '' }
    }
    case 'parallel':
    case 'exclusive':
    case 'inclusive':
      return drawGateways(
        pen,
        block.kind,
        block.parts.map((part) => drawBlock(pen, part)),
      )
    case 'race': {
      const [gateway, merge] = [newId(pen, 'g'), newId(pen, 'g')]
      const ways = block.ways.map(({ trigger, next }) => {
        const event = trigger === 'receiveTask' ? drawSimple(pen, trigger) : drawCatch(pen, trigger)
        const after = drawBlock(pen, next)
        return (
          event.xml + after.xml + flow(gateway, event.first) + flow(event.last, after.first) + flow(after.last, merge)
        )
      })
      const xml = node('eventBasedGateway', gateway) + ways.join('') + node('exclusiveGateway', merge)
      return { xml, first: gateway, last: merge }
    }
    case 'aside': {
      const [fork, end] = [newId(pen, 'g'), newId(pen, 'e')]
      const [inner, beside] = [drawBlock(pen, block.inner), drawBlock(pen, block.beside)]
      const ways = flow(fork, inner.first) + flow(fork, beside.first) + flow(beside.last, end)
      const xml = node('parallelGateway', fork) + inner.xml + beside.xml + drawEnd(end, block.end) + ways
      return { xml, first: fork, last: inner.last }
    }
    case 'loop': {
      const [merge, again, task] = [newId(pen, 'g'), newId(pen, 'g'), newId(pen, 'a')]
      const inner = drawBlock(pen, block.inner)
      const xml =
        node('exclusiveGateway', merge) +
        inner.xml +
        node('userTask', task) +
        node('exclusiveGateway', again, '', '', `default="${again}_out"`) +
        node('manualTask', `${again}m`) +
        flow(merge, inner.first) +
        flow(inner.last, task) +
        flow(task, again) +
        flow(again, merge, 'again = true') +
        flow(again, `${again}m`, undefined, `${again}_out`)
      return { xml, first: merge, last: `${again}m` }
    }
  }
}

/** Conditions that are sometimes neither true nor false, and sometimes without a default flow. */
const CONDITIONS = ['n > 1', 'modulo(n, 2) = 0']

/** What a diverging gateway says at its flows: conditions, and at the last a default or what holds for 1. */
function choice(pen: Pen, kind: string, gateway: string, targets: readonly string[]) {
  const chooses = (kind === 'exclusive' || kind === 'inclusive') && targets.length > 1
  const hasDefault = pen.count % 2 === 0
  const last = targets.length - 1
  return {
    attributes: chooses && hasDefault ? `default="${gateway}_${targets[last]}"` : '',
    conditionOf: (i: number) =>
      chooses ? (i < last ? CONDITIONS[i % 2] : hasDefault ? undefined : 'n = 1') : undefined,
  }
}

function drawGateways(pen: Pen, kind: 'parallel' | 'exclusive' | 'inclusive', pieces: readonly Piece[]): Piece {
  const [open, close] = [newId(pen, 'g'), newId(pen, 'g')]
  const targets = pieces.map((piece) => piece.first)
  const { attributes, conditionOf } = choice(pen, kind, open, targets)
  const ways = pieces.map((piece, i) => piece.xml + flow(open, piece.first, conditionOf(i)) + flow(piece.last, close))
  const tag = `${kind}Gateway`
  return { xml: node(tag, open, '', '', attributes) + ways.join('') + node(tag, close), first: open, last: close }
}

const RESTS = new Set(['userTask', 'userJob', 'serviceTask', 'receiveTask', 'catch', 'guarded'])

/** Every node is reached from an earlier one; flows backwards leave only nodes in which a token rests. */
function drawGraph(pen: Pen, { nodes, flows }: Graph, endId: string): Piece {
  const ids = nodes.map((type) => newId(pen, type === 'guarded' ? 'a' : 'n'))
  const pairs = new Map<string, readonly [number, number]>()
  const add = (from: number, to: number) => {
    if (from !== to) pairs.set(`${from} ${to}`, [from, to])
  }
  for (const [a, b] of flows) {
    const [from, to] = [a % nodes.length, b % nodes.length]
    if (from < to || RESTS.has(nodes[from] ?? '')) add(from, to)
    else add(to, from)
  }
  for (let i = 1; i < nodes.length; i++)
    if (![...pairs.values()].some(([from, to]) => to === i && from < i)) add(i - 1, i)
  // The end event is reached too.
  ids.push(endId)
  for (let i = 0; i < nodes.length; i++) if (![...pairs.values()].some(([from]) => from === i)) add(i, nodes.length)
  if (![...pairs.values()].some(([, to]) => to === nodes.length)) add(nodes.length - 1, nodes.length)
  const xml = nodes.map((type, i) => {
    const id = ids[i] ?? ''
    const targets = [...pairs.values()].flatMap(([from, to]) => (from === i ? (ids[to] ?? []) : []))
    const { attributes, conditionOf } = choice(pen, type, id, targets)
    const out = targets.map((target, k) => flow(id, target, conditionOf(k))).join('')
    return drawNode(pen, type, id, attributes, ids[i + 2] ?? endId) + out
  })
  return { xml: xml.join(''), first: ids[0] ?? '', last: '' }
}

function drawNode(pen: Pen, type: Graph['nodes'][number], id: string, attributes: string, aside: string): string {
  if (type === 'exclusive' || type === 'parallel' || type === 'inclusive')
    return node(`${type}Gateway`, id, '', '', attributes)
  if (type === 'catch') return node('intermediateCatchEvent', id, '', caught(pen, 'message'))
  if (type === 'guarded') {
    const event = newId(pen, 'b')
    const how = `attachedToRef="${id}" cancelActivity="${pen.count % 2 === 0}"`
    return node('userTask', id) + node('boundaryEvent', event, '', caught(pen, 'timer'), how) + flow(event, aside)
  }
  const tag = {
    userJob: 'userTask',
    scriptJob: 'scriptTask',
    ruleJob: 'businessRuleTask',
    ruleTask: 'businessRuleTask',
  }
  return node((tag as { [type: string]: string })[type] ?? type, id, extensionsOf(type), '', receives(pen, type))
}
