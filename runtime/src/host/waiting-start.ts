import {
  contextOf,
  type Due,
  type Expression,
  evaluate,
  firstDue,
  type Problem,
  type ProcessDefinition,
  type StartEvent,
} from '@bihuan/engine'

/** A start event of a process that waits for something, as it is opened when the process is deployed. */
export type WaitingStart = { readonly elementId: string } & (
  | { readonly kind: 'message' | 'signal'; readonly name: string }
  | { readonly kind: 'conditional'; readonly name: null }
  | { readonly kind: 'timer'; readonly due: Due }
)

/**
 * The start events of a process that wait, with their names and times as read at `at`: no case is there yet, so nothing
 * has a value. Those that read as something else are problems (Zeebe: a deployment is refused for them).
 */
export function waitingStarts(
  process: ProcessDefinition,
  resource: string,
  at: number,
): { readonly starts: readonly WaitingStart[]; readonly problems: readonly Problem[] } {
  const starts: WaitingStart[] = []
  const problems: Problem[] = []
  for (const event of process.startEvents) {
    const start = read(event, at)
    if (start === 'never') continue
    if (start === null || !('failed' in start)) {
      if (start) starts.push(start)
      continue
    }
    const { elementId } = event
    const elementName = process.nodes[elementId]?.name ?? null
    const facts = { expression: start.failed.source, message: start.message, resource }
    problems.push({ code: 'EXPRESSION_FAILED', severity: 'error', resource, elementId, elementName, facts })
  }
  return { starts, problems }
}

type Read = WaitingStart | 'never' | null | { readonly failed: Expression; readonly message: string }

function read({ elementId, trigger }: StartEvent, at: number): Read {
  if (trigger?.kind === 'conditional') return { elementId, kind: 'conditional', name: null }
  if (trigger?.kind === 'message' || trigger?.kind === 'signal') {
    const result = evaluate(trigger.name, contextOf({}), at)
    if (!result.ok) return { failed: trigger.name, message: result.message }
    if (typeof result.value === 'string' && result.value !== '')
      return { elementId, kind: trigger.kind, name: result.value }
    return { failed: trigger.name, message: `expected the name of a ${trigger.kind}` }
  }
  if (trigger?.kind !== 'timer') return null
  const { timer } = trigger
  const result = evaluate(timer.expression, contextOf({}), at)
  if (!result.ok) return { failed: timer.expression, message: result.message }
  const due = firstDue(timer, result.value, at)
  if (due === 'never') return 'never'
  return due ? { elementId, kind: 'timer', due } : { failed: timer.expression, message: `expected a ${timer.kind}` }
}
