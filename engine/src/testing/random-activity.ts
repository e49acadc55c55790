import { each, flow, io, node } from './model.ts'
import {
  ASSERTS,
  caught,
  drawEnd,
  drawEventSubProcesses,
  drawSimple,
  extensionsOf,
  interrupts,
  listeners,
  newId,
  type Pen,
  type Piece,
  receives,
  single,
  thrown,
  wornBy,
} from './random-event.ts'
import type { Activity, Body, Dress, Guard } from './random-plan.ts'

const TAGS: { readonly [type: string]: string } = {
  userJob: 'userTask',
  scriptJob: 'scriptTask',
  ruleJob: 'businessRuleTask',
  ruleTask: 'businessRuleTask',
}

/** What an activity is before it is dressed. */
interface Bare {
  readonly tag: string
  readonly id: string
  readonly extensions: string
  readonly content: string
  readonly attributes: string
}

/** Draws what stands in a scope. Given by the module that draws blocks, which in turn draws activities. */
export type DrawBody = (pen: Pen, body: Body, prefix: string) => string

export function drawActivity(pen: Pen, activity: Activity, drawBody: DrawBody): Piece {
  return wear(pen, bareOf(pen, activity, drawBody), activity, dressOf(activity))
}

/** What throws an error to the outside needs somebody who catches it, else it could not run to its end. */
function dressOf(activity: Activity): Dress {
  const { dress } = activity
  if (activity.kind !== 'subProcess' || activity.body.end !== 'error') return dress
  const guards = dress.guards ?? []
  if (guards.some((guard) => guard.trigger === 'error')) return dress
  return { ...dress, guards: [...guards, { trigger: 'error', interrupting: true, handler: 'manualTask' }] }
}

function bareOf(pen: Pen, activity: Activity, drawBody: DrawBody): Bare {
  switch (activity.kind) {
    case 'work': {
      const { type } = activity
      const id = newId(pen, 'a')
      const attributes = receives(pen, type)
      return { tag: TAGS[type] ?? type, id, extensions: extensionsOf(type), content: '', attributes }
    }
    case 'subProcess': {
      const id = newId(pen, 's')
      return { tag: 'subProcess', id, extensions: '', content: drawBody(pen, activity.body, id), attributes: '' }
    }
    case 'call': {
      const id = newId(pen, 'c')
      const { called, parent, child, binding } = activity
      const tag = binding === 'versionTag' ? ' versionTag="v1"' : ''
      const extensions = `<zeebe:calledElement processId="called${called}" propagateAllParentVariables="${parent}" propagateAllChildVariables="${child}" bindingType="${binding}"${tag}/>`
      return { tag: 'callActivity', id, extensions, content: '', attributes: '' }
    }
    case 'adHoc':
      return bareAdHoc(pen, activity, drawBody)
  }
}

function bareAdHoc(pen: Pen, adHoc: Extract<Activity, { kind: 'adHoc' }>, drawBody: DrawBody): Bare {
  const { parts, begins, until, cancels, collects, events } = adHoc
  const id = newId(pen, 'd')
  const pieces = parts.map((part) => drawActivity(pen, endless(part), drawBody))
  const ids = pieces.map((piece) => `"${piece.first}"`).join(', ')
  const active = begins === 'all' ? `=[${ids}]` : begins === 'variable' ? '=if n &gt; 2 then active else []' : null
  const worker = begins === 'worker'
  const attribute = (name: string, value: string) => ` ${name}="${value.replaceAll('"', '&quot;')}"`
  const settings =
    (active === null ? '' : attribute('activeElementsCollection', active)) +
    (collects ? `${attribute('outputCollection', `${id}r`)}${attribute('outputElement', '=n')}` : '')
  const condition =
    until && !worker
      ? '<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">=done = true</bpmn:completionCondition>'
      : ''
  return {
    tag: 'adHocSubProcess',
    id,
    extensions: `<zeebe:adHoc${settings}/>${worker ? '<zeebe:taskDefinition type="plan"/>' : ''}`,
    content: pieces.map((piece) => piece.xml).join('') + drawEventSubProcesses(pen, events) + condition,
    attributes: `cancelRemainingInstances="${worker || cancels}"`,
  }
}

/** In an ad-hoc sub-process stand no end events. */
function endless<T extends Activity>(part: T): T {
  const guards = part.dress.guards?.map(({ end: _, ...guard }) => guard)
  return guards ? { ...part, dress: { ...part.dress, guards } } : part
}

/** Draws an activity with its boundary events and what undoes it. */
function wear(pen: Pen, bare: Bare, { kind }: Activity, dress: Dress): Piece {
  const guards = (dress.guards ?? []).filter((guard) => guard.trigger !== 'escalation' || kind !== 'work')
  const guarded = guard(pen, single(drawDressed(bare, dress), bare.id), guards)
  return dress.undo ? undoable(pen, guarded, bare.id, dress.undo) : guarded
}

function drawHandler(id: string, tag: string, dress: Dress): string {
  return drawDressed(
    { tag, id, extensions: extensionsOf(tag), content: '', attributes: 'isForCompensation="true"' },
    dress,
  )
}

/** An activity with its markers, mappings and listeners. */
function drawDressed({ tag, id, extensions, content, attributes }: Bare, dress: Dress): string {
  const { repeat, inputs, outputs, asserts, listens = 0 } = dress
  const isNative = tag === 'userTask' && attributes !== 'jobBased'
  const n = asserts ? ASSERTS : '=n'
  const mapping = io(inputs ? { x: n, y: '=items' } : {}, outputs ? { r: n, z: '=x' } : {})
  const loop = repeat
    ? each({
        items:
          repeat.items === null ? 'items' : `[${Array.from({ length: repeat.items }, (_, i) => i + 1).join(', ')}]`,
        element: 'item',
        sequential: repeat.sequential,
        ...(repeat.collects ? { into: `${id}all`, result: 'n' } : {}),
        ...(repeat.until ? { until: 'numberOfCompletedInstances >= 2 or n > 90' } : {}),
      })
    : ''
  const worn =
    extensions +
    (inputs || outputs ? mapping : '') +
    executionListeners(listens) +
    (isNative ? taskListeners(dress.taskListens ?? []) : '')
  return node(tag, id, asserts ? failing(worn) : worn, content + loop, attributes)
}

/** The types of its jobs and listeners cannot be told where `wait` is null. */
function failing(extensions: string): string {
  return extensions.replaceAll(/ type="(\w+)"/g, ' type="=if wait = null then wait else &quot;$1&quot;"')
}

export function executionListeners(listens: number): string {
  if (listens === 0) return ''
  return listeners([...(listens % 2 === 1 ? ['start'] : []), ...(listens >= 2 ? ['end'] : [])])
}

function taskListeners(events: readonly string[]): string {
  if (events.length === 0) return ''
  const all = events.map((event) => `<zeebe:taskListener eventType="${event}" type="listen"/>`)
  return `<zeebe:taskListeners>${all.join('')}</zeebe:taskListeners>`
}

/** Boundary events: what interrupts meets the activity's own way out again, what does not ends for itself. */
function guard(pen: Pen, activity: Piece, guards: readonly Guard[]): Piece {
  if (guards.length === 0) return activity
  const merge = newId(pen, 'g')
  const ways = guards.map((one) => {
    const id = newId(pen, 'b')
    const handler = drawSimple(pen, one.handler)
    const attributes = `attachedToRef="${activity.last}" cancelActivity="${interrupts(one)}"`
    const end = one.end && !interrupts(one) ? drawEnd(`${id}e`, one.end) + flow(handler.last, `${id}e`) : ''
    return (
      node('boundaryEvent', id, wornBy(one), caught(pen, one.trigger, one.wears === 'asserts'), attributes) +
      handler.xml +
      flow(id, handler.first) +
      (interrupts(one) ? flow(handler.last, merge) : end)
    )
  })
  const xml = activity.xml + ways.join('') + node('exclusiveGateway', merge) + flow(activity.last, merge)
  return { xml, first: activity.first, last: merge }
}

function undoable(pen: Pen, activity: Piece, hostId: string, given: NonNullable<Dress['undo']>): Piece {
  const { handler, asked, dress = {} } = given
  const [event, undo] = [newId(pen, 'b'), newId(pen, 'u')]
  const xml =
    activity.xml +
    node('boundaryEvent', event, '', '<bpmn:compensateEventDefinition/>', `attachedToRef="${hostId}"`) +
    drawHandler(undo, handler, dress) +
    `<bpmn:association id="${event}_${undo}" associationDirection="One" sourceRef="${event}" targetRef="${undo}"/>`
  if (!asked) return { ...activity, xml }
  const ask = newId(pen, 'o')
  const content = thrown('compensation').content.replace('/>', ` activityRef="${hostId}"/>`)
  return {
    xml: xml + node('intermediateThrowEvent', ask, '', content) + flow(activity.last, ask),
    first: activity.first,
    last: ask,
  }
}
