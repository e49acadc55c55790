import type { Fact, FactKind, FactValues, ProcessDefinition, Why } from '@bihuan/engine'
import type { DiagramMark } from '../bpmn/diagram-canvas.tsx'

type PlainKind =
  | 'started'
  | 'completed'
  | 'timer'
  | 'act'
  | 'ended'
  | 'stopped'
  | 'called'
  | 'error'
  | 'escalation'
  | 'signal'
  | 'signalled'
  | 'undone'
  | 'worker'

/** One thing that happened in a trial, as facts: the page says it. */
export type Turn = { readonly at: number; readonly element: string | null } & (
  | { readonly kind: PlainKind }
  | { readonly kind: 'way'; readonly flow: string | null; readonly target: string | null; readonly why: Why }
  | { readonly kind: 'decision'; readonly why: Why; readonly rules: readonly string[] }
  | { readonly kind: 'condition' | 'enough'; readonly why: Why }
  | { readonly kind: 'notice'; readonly title: string }
  | { readonly kind: 'failed' | 'denied'; readonly message: string }
  | { readonly kind: 'stuck'; readonly code: string; readonly facts: FactValues['incident.created']['facts'] }
)

/** A fact with the time of the trial's clock at which it came about, and the process it speaks of. */
export interface TimedFact {
  readonly at: number
  readonly fact: Fact
  readonly process: ProcessDefinition
}

/** What becomes of a fact of this kind; the name of its element is added. Facts that are not here are details of others. */
type Tell = {
  readonly [K in FactKind]?: (value: FactValues[K], process: ProcessDefinition) => Told | null
}
type Told = Turn extends infer One ? (One extends Turn ? Omit<One, 'at' | 'element'> : never) : never

const plain = (kind: PlainKind) => (): Told => ({ kind })

const tell: Tell = {
  'processInstance.created': plain('started'),
  'processInstance.completed': plain('ended'),
  'processInstance.terminated': plain('stopped'),
  'userTask.completed': plain('completed'),
  'userTask.denied': ({ reason }) => ({ kind: 'denied', message: reason }),
  'sequenceFlow.taken': ({ why, flowId, targetId }, { flows, nodes }) =>
    why && { kind: 'way', flow: flows[flowId]?.name ?? null, target: nodes[targetId]?.name ?? null, why },
  'decision.evaluated': ({ why, rules }) => ({ kind: 'decision', why, rules }),
  'callActivity.called': plain('called'),
  'timer.triggered': plain('timer'),
  'messageSubscription.correlated': plain('act'),
  'signal.broadcast': plain('signal'),
  'signalSubscription.triggered': plain('signalled'),
  'conditionalSubscription.triggered': ({ why }) => ({ kind: 'condition', why }),
  'compensationSubscription.triggered': plain('undone'),
  'error.thrown': plain('error'),
  'job.errorThrown': plain('error'),
  'escalation.thrown': plain('escalation'),
  'multiInstance.decided': ({ why }) => ({ kind: 'enough', why }),
  'adHocSubProcess.decided': ({ why }) => why && { kind: 'enough', why },
  'job.completed': ({ notice, type }) =>
    notice ? { kind: 'notice', title: notice.title } : type.startsWith('bihuan.') ? null : { kind: 'worker' },
  'job.failed': ({ message, type }) => (type.startsWith('bihuan.') ? null : { kind: 'failed', message }),
  'incident.created': ({ code, facts }) => ({ kind: 'stuck', code, facts }),
}

/** What happened, the newest first; ways are told where there was a choice. */
export function storyOf(facts: readonly TimedFact[]): readonly Turn[] {
  return facts.flatMap(turnOf).reverse()
}

function turnOf({ fact, at, process }: TimedFact): readonly Turn[] {
  const told = (tell[fact.kind] as ((value: unknown, process: ProcessDefinition) => Told | null) | undefined)?.(
    fact.value,
    process,
  )
  return told ? [{ ...told, at, element: elementOf(fact, process) } as Turn] : []
}

/** Name of the element a fact is about; for a way the element it leaves, for the case its process. */
function elementOf({ kind, value }: Fact, process: ProcessDefinition): string | null {
  if (kind === 'processInstance.created') return process.name
  const { elementId, flowId } = value as { readonly elementId?: string; readonly flowId?: string }
  const id = flowId === undefined ? elementId : process.flows[flowId]?.sourceId
  return process.nodes[id ?? '']?.name ?? null
}

/** The value of a fact whose kind has been looked at. */
const value = <K extends FactKind>(fact: Fact, _kind: K) => fact.value as FactValues[K]

/** How far each element of the drawing of `process` is: ways walked, steps done, open, stuck. */
export function marksOf(
  facts: readonly TimedFact[],
  { id }: Pick<ProcessDefinition, 'id'>,
): { [elementId: string]: DiagramMark } {
  const marks: { [elementId: string]: DiagramMark } = {}
  const open = new Map<number, string>()
  const stuck = new Map<number, string>()
  for (const { fact, process } of facts) {
    if (process.id !== id) continue
    if (fact.kind === 'sequenceFlow.taken') marks[value(fact, 'sequenceFlow.taken').flowId] = 'done'
    else if (fact.kind === 'element.activated') {
      const { elementId } = value(fact, 'element.activated')
      open.set(fact.key, elementId)
      marks[elementId] = 'done'
    } else if (fact.kind === 'element.completed' || fact.kind === 'element.terminated') open.delete(fact.key)
    else if (fact.kind === 'incident.created') stuck.set(fact.key, value(fact, 'incident.created').elementId)
    else if (fact.kind === 'incident.resolved') stuck.delete(fact.key)
  }
  const active = new Set(open.values())
  for (const elementId of active) marks[elementId] = 'active'
  for (const elementId of stuck.values()) if (active.has(elementId)) marks[elementId] = 'bad'
  return marks
}
