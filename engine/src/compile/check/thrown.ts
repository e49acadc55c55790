import type { EventThrow, FlowNode, ProcessDefinition } from '../../model/definition.ts'
import type { Subject } from './check.ts'

type Kind = 'error' | 'escalation'

/** Codes that can be thrown; null is one that nobody knows before: of a worker, a called process, an expression. */
export type Codes = ReadonlySet<string | null>

/** What can be thrown in a process, as seen from the events that catch it. */
export interface Thrown {
  /** What reaches the boundary events of an activity. */
  readonly atBoundary: (host: FlowNode) => Codes
  /** What reaches the start event of an event sub-process. */
  readonly inScopeOf: (eventSubProcess: FlowNode) => Codes
}

/** Errors or escalations of a process: thrown by elements, less what is caught further inside (SPEC ER1, ES1). */
export function thrownIn({ process, inside }: Subject, kind: Kind): Thrown {
  const known = new Map<string, Codes>()
  const atBoundary = (node: FlowNode): Codes => {
    const before = known.get(node.id)
    if (before) return before
    const codes = outOf(node)
    known.set(node.id, codes)
    return codes
  }
  /**
   * What an element throws and what leaves the scope it is: what its event sub-processes catch stays, but for a code that
   * a boundary event names and none of them does; what they throw themselves may not.
   */
  const outOf = (node: FlowNode): Codes => {
    const nodes = inside(node.id)
    const handlers = nodes.filter(isHandler)
    const plain = union([ownCodes(node, kind), ...nodes.filter((one) => !isHandler(one)).map(out)])
    const starts = handlers.flatMap((one) => inside(one.id).filter((inner) => inner.type === 'bpmn:StartEvent'))
    const named = rivalsOf(node, process).flatMap((one) => codeOf(one, kind) ?? [])
    const taken = new Set(starts.map((one) => codeOf(one, kind)))
    const before = named.filter((code) => !taken.has(code) && (plain.has(code) || plain.has(null)))
    return union([new Set(before), less(plain, starts, kind), ...handlers.map(atBoundary)])
  }
  const out = (node: FlowNode): Codes => less(atBoundary(node), boundaryOf(node, process), kind)
  const inScopeOf = (handler: FlowNode): Codes => {
    const others = inside(handler.scopeId).filter((node) => node !== handler)
    const scope = process.nodes[handler.scopeId]
    return union([
      scope ? ownCodes(scope, kind) : NOTHING,
      ...others.map((node) => (isHandler(node) ? atBoundary(node) : out(node))),
    ])
  }
  return { atBoundary, inScopeOf }
}

/** Whether something of `codes` comes to the event `catcher`, beside others at the same place that name a code. */
export function isCaught(catcher: FlowNode, codes: Codes, beside: readonly FlowNode[], kind: Kind): boolean {
  if (codes.has(null)) return true
  const code = codeOf(catcher, kind)
  if (code !== null) return code === undefined || codes.has(code)
  const taken = new Set(beside.map((one) => codeOf(one, kind)))
  return [...codes].some((one) => one !== null && !taken.has(one))
}

const isHandler = (node: FlowNode): boolean => node.type === 'bpmn:SubProcess' && node.own.byEvent

export const boundaryOf = (node: FlowNode, { nodes }: ProcessDefinition): readonly FlowNode[] =>
  node.boundary.flatMap((id) => nodes[id] ?? [])

/** Boundary events at the same place as the event sub-processes of a scope: those of a multi-instance stand further out. */
export const rivalsOf = (scope: FlowNode, process: ProcessDefinition): readonly FlowNode[] =>
  scope.multiInstance === null ? boundaryOf(scope, process) : []

/** The code an event catches: null for every code, undefined when it catches nothing of the kind. */
function codeOf(node: FlowNode, kind: Kind): string | null | undefined {
  const trigger = 'trigger' in node.own ? node.own.trigger : null
  if (trigger?.kind !== kind) return undefined
  return (trigger.kind === 'error' ? trigger.errorCode : trigger.escalationCode)?.source ?? null
}

function less(codes: Codes, catchers: readonly FlowNode[], kind: Kind): Codes {
  const caught = new Set(catchers.map((one) => codeOf(one, kind)))
  return caught.has(null) ? NOTHING : new Set([...codes].filter((code) => code === null || !caught.has(code)))
}

const NOTHING: Codes = new Set()
const UNKNOWN: Codes = new Set([null])

const union = (all: readonly Codes[]): Codes => new Set(all.flatMap((codes) => [...codes]))

/** What an element throws itself: what its definition says, or whatever the worker of its job or its process does. */
function ownCodes(node: FlowNode, kind: Kind): Codes {
  if (node.type === 'bpmn:CallActivity') return UNKNOWN
  const throws = 'throws' in node.own ? node.own.throws : null
  if (throws?.kind === kind) return codesOf(throws)
  return kind === 'error' && hasJob(node) ? UNKNOWN : NOTHING
}

function codesOf(throws: EventThrow): Codes {
  const code = throws.kind === 'error' ? throws.errorCode : throws.kind === 'escalation' ? throws.escalationCode : null
  return code?.kind === 'static' ? new Set([code.source]) : UNKNOWN
}

function hasJob(node: FlowNode): boolean {
  if (node.listeners.start.length + node.listeners.end.length > 0) return true
  if (node.type === 'bpmn:ServiceTask' || node.type === 'bpmn:SendTask') return true
  if (node.type === 'bpmn:UserTask' && Object.keys(node.own.listeners).length > 0) return true
  if ('throws' in node.own) return node.own.throws.kind === 'message'
  return 'job' in node.own && node.own.job !== null
}
