import type { Fact, FactKind, FactValues, ProcessDefinition, Why } from '@bihuan/engine'
import type { DiagramMark } from '../bpmn/diagram-canvas.tsx'

/** One thing that happened in a trial, as facts: the page says it. */
export type Turn = { readonly at: number; readonly element: string | null } & (
  | { readonly kind: 'started' | 'completed' | 'timer' | 'act' | 'ended' | 'stopped' }
  | { readonly kind: 'way'; readonly flow: string | null; readonly target: string | null; readonly why: Why }
  | { readonly kind: 'decision'; readonly why: Why; readonly rules: readonly string[] }
  | { readonly kind: 'notice'; readonly title: string }
  | { readonly kind: 'stuck'; readonly code: string; readonly facts: FactValues['incident.created']['facts'] }
)

/** A fact with the time of the trial's clock at which it came about. */
export interface TimedFact {
  readonly at: number
  readonly fact: Fact
}

/** What happened, the newest first; ways are told where there was a choice. */
export function storyOf(facts: readonly TimedFact[], process: ProcessDefinition): readonly Turn[] {
  return facts.flatMap((one) => turnOf(one, process)).reverse()
}

function turnOf({ fact, at }: TimedFact, process: ProcessDefinition): readonly Turn[] {
  const name = (elementId: string): string | null => process.nodes[elementId]?.name ?? null
  switch (fact.kind) {
    case 'processInstance.created':
      return [{ kind: 'started', at, element: process.name }]
    case 'userTask.completed':
      return [{ kind: 'completed', at, element: value(fact, 'userTask.completed').name }]
    case 'sequenceFlow.taken': {
      const { why, flowId, targetId } = value(fact, 'sequenceFlow.taken')
      if (!why) return []
      const flow = process.flows[flowId]
      const element = flow ? name(flow.sourceId) : null
      return [{ kind: 'way', at, element, flow: flow?.name ?? null, target: name(targetId), why }]
    }
    case 'decision.evaluated': {
      const { elementId, why, rules } = value(fact, 'decision.evaluated')
      return [{ kind: 'decision', at, element: name(elementId), why, rules }]
    }
    case 'timer.triggered':
      return [{ kind: 'timer', at, element: name(value(fact, 'timer.triggered').elementId) }]
    case 'messageSubscription.correlated':
      return [{ kind: 'act', at, element: name(value(fact, 'messageSubscription.correlated').elementId) }]
    case 'job.completed': {
      const { notice, elementId } = value(fact, 'job.completed')
      return notice ? [{ kind: 'notice', at, element: name(elementId), title: notice.title }] : []
    }
    case 'incident.created': {
      const { elementId, code, facts } = value(fact, 'incident.created')
      return [{ kind: 'stuck', at, element: name(elementId), code, facts }]
    }
    case 'processInstance.completed':
      return [{ kind: 'ended', at, element: null }]
    case 'processInstance.terminated':
      return [{ kind: 'stopped', at, element: null }]
    default:
      return []
  }
}

/** The value of a fact whose kind has been looked at. */
const value = <K extends FactKind>(fact: Fact, _kind: K) => fact.value as FactValues[K]

/** How far each element of the drawing is: ways walked, steps done, open, stuck. */
export function marksOf(facts: readonly Fact[]): { [elementId: string]: DiagramMark } {
  const marks: { [elementId: string]: DiagramMark } = {}
  const open = new Map<number, string>()
  for (const fact of facts) {
    if (fact.kind === 'sequenceFlow.taken') marks[value(fact, 'sequenceFlow.taken').flowId] = 'done'
    else if (fact.kind === 'element.activated') {
      const { elementId } = value(fact, 'element.activated')
      open.set(fact.key, elementId)
      marks[elementId] = 'done'
    } else if (fact.kind === 'element.completed' || fact.kind === 'element.terminated') open.delete(fact.key)
  }
  for (const elementId of open.values()) marks[elementId] = 'active'
  for (const fact of facts)
    if (fact.kind === 'incident.created' && [...open.values()].includes(value(fact, 'incident.created').elementId))
      marks[value(fact, 'incident.created').elementId] = 'bad'
  return marks
}
