import { flow, io, node, timer } from './model.ts'
import type { Caught, Ending, Guard, SimpleWork, Thrown, Waiting } from './random-plan.ts'

/** What is drawn so far beside the scope at hand: ids are numbered in the order of the plan. */
export interface Pen {
  count: number
  /** Root elements: messages, signals, errors, escalations. */
  readonly roots: string[]
}

/** A drawn piece: elements with one way in and one way out. */
export interface Piece {
  readonly xml: string
  readonly first: string
  readonly last: string
}

export const single = (xml: string, id: string): Piece => ({ xml, first: id, last: id })

export function newId(pen: Pen, prefix: string): string {
  pen.count += 1
  return `${prefix}${pen.count}`
}

/** Names of signals: the last is read from a variable, which may be no text. */
const SIGNALS = ['alarm', 'calm', '=signal']

/** Root elements that all models share. */
export const SHARED_ROOTS = [
  ...SIGNALS.map((name, index) => `<bpmn:signal id="signal${index}" name="${name}"/>`),
  '<bpmn:error id="error" errorCode="E"/>',
  '<bpmn:escalation id="escalation" escalationCode="X"/>',
]

function message(pen: Pen, correlated: boolean): string {
  const id = newId(pen, 'm')
  const key = pen.count % 3 === 0 ? '=key' : '=case.key'
  const subscription = `<bpmn:extensionElements><zeebe:subscription correlationKey="${key}"/></bpmn:extensionElements>`
  pen.roots.push(`<bpmn:message id="${id}" name="${id}">${correlated ? subscription : ''}</bpmn:message>`)
  return id
}

const condition = (text: string) =>
  `<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">=${text}</bpmn:condition></bpmn:conditionalEventDefinition>`

/** What an event waits for; a condition that asserts cannot be judged of what is a text. */
export function caught(pen: Pen, trigger: Caught, asserts = false): string {
  const turn = pen.count
  switch (trigger) {
    case 'timer':
      return timer('timeDuration', turn % 2 === 0 ? 'PT1H' : '=wait')
    case 'cycle':
      return timer('timeCycle', turn % 2 === 0 ? 'R3/PT2H' : '0 0 9 * * ?')
    case 'message':
      return `<bpmn:messageEventDefinition messageRef="${message(pen, true)}"/>`
    case 'signal':
      return `<bpmn:signalEventDefinition signalRef="signal${turn % 3}"/>`
    case 'conditional':
      return condition(asserts ? 'assert(c, not(c instance of string)) = true' : 'c = true')
    case 'error':
      return `<bpmn:errorEventDefinition${turn % 2 === 0 ? ' errorRef="error"' : ''}/>`
    case 'escalation':
      return `<bpmn:escalationEventDefinition${turn % 2 === 0 ? ' escalationRef="escalation"' : ''}/>`
  }
}

/** A start event of the process beside the none start event. */
export function startTrigger(pen: Pen, trigger: Waiting): string {
  if (trigger === 'message') return `<bpmn:messageEventDefinition messageRef="${message(pen, false)}"/>`
  if (trigger === 'timer') return timer('timeCycle', 'R/P1D')
  if (trigger === 'signal') return '<bpmn:signalEventDefinition signalRef="signal0"/>'
  return condition('c = true')
}

const JOB = '<zeebe:taskDefinition type="work"/>'

/** Extensions and definition of an event that throws. */
export function thrown(what: Exclude<Thrown | Ending, 'link'>): {
  readonly extensions: string
  readonly content: string
} {
  const content: { readonly [what: string]: string } = {
    message: '<bpmn:messageEventDefinition/>',
    signal: '<bpmn:signalEventDefinition signalRef="signal0"/>',
    escalation: '<bpmn:escalationEventDefinition escalationRef="escalation"/>',
    compensation: '<bpmn:compensateEventDefinition/>',
    error: '<bpmn:errorEventDefinition errorRef="error"/>',
    terminate: '<bpmn:terminateEventDefinition/>',
  }
  return { extensions: what === 'message' ? JOB : '', content: content[what] ?? '' }
}

export function drawCatch(pen: Pen, trigger: Waiting): Piece {
  const id = newId(pen, 'w')
  return single(node('intermediateCatchEvent', id, '', caught(pen, trigger)), id)
}

export function drawThrow(pen: Pen, what: Thrown): Piece {
  const id = newId(pen, 'o')
  if (what !== 'link') {
    const { extensions, content } = thrown(what)
    return single(node('intermediateThrowEvent', id, extensions, content), id)
  }
  const link = `<bpmn:linkEventDefinition name="${id}"/>`
  const xml = node('intermediateThrowEvent', id, '', link) + node('intermediateCatchEvent', `${id}in`, '', link)
  return { xml, first: id, last: `${id}in` }
}

/** An activity that needs nothing but itself: what an event leads to. */
export function drawSimple(pen: Pen, type: SimpleWork): Piece {
  const id = newId(pen, 'h')
  return single(node(type, id, extensionsOf(type), '', receives(pen, type)), id)
}

export function extensionsOf(type: string): string {
  if (type === 'scriptTask') return '<zeebe:script expression="=n + 1" resultVariable="n"/>'
  if (type === 'ruleTask') return '<zeebe:calledDecision decisionId="body" resultVariable="n"/>'
  return ['serviceTask', 'sendTask', 'scriptJob', 'ruleJob'].includes(type) ? JOB : ''
}

export function receives(pen: Pen, type: string): string {
  return type === 'receiveTask' ? `messageRef="${message(pen, true)}"` : type === 'userJob' ? 'jobBased' : ''
}

/** An error always interrupts, what may happen again does not. */
export function interrupts({ trigger, interrupting }: Guard): boolean {
  return trigger === 'error' || (interrupting && trigger !== 'cycle')
}

export function drawEnd(id: string, end: Ending = 'none'): string {
  const { extensions, content } = thrown(end)
  return node('endEvent', id, extensions, content)
}

/** Fails where it is null. */
export const ASSERTS = '=assert(wait, wait != null)'

/** What an event that was waited for wears. */
export function wornBy({ wears }: Guard): string {
  if (wears === 'outputs') return io({}, { r: '=n', n: '=2' })
  if (wears === 'asserts') return io({}, { r: ASSERTS })
  return wears === 'listener' ? listeners(['end']) : ''
}

/** Execution listeners for these events. */
export function listeners(events: readonly string[]): string {
  const all = events.map((event) => `<zeebe:executionListener eventType="${event}" type="listen"/>`)
  return `<zeebe:executionListeners>${all.join('')}</zeebe:executionListeners>`
}

/** Event sub-processes of a scope; `within` is what the first of them does, in place of its handler. */
export function drawEventSubProcesses(pen: Pen, guards: readonly Guard[], within?: (pen: Pen) => Piece): string {
  return guards
    .map((guard, index) => {
      const id = newId(pen, 'v')
      const handler = within && index === 0 ? within(pen) : drawSimple(pen, guard.handler)
      const attributes = `isInterrupting="${interrupts(guard)}"`
      const inner =
        node('startEvent', `${id}s`, wornBy(guard), caught(pen, guard.trigger, guard.wears === 'asserts'), attributes) +
        handler.xml +
        drawEnd(`${id}e`, guard.end) +
        flow(`${id}s`, handler.first) +
        flow(handler.last, `${id}e`)
      return node('subProcess', id, '', inner, 'triggeredByEvent="true"')
    })
    .join('')
}
