import type { FlowNode } from '../model/definition.ts'
import type { MigrationReason } from '../problem/facts.ts'

/**
 * Why an instance of `source` cannot become one of `target`; null when it can. Type, event, implementation and kind of
 * multi-instance stay (Camunda 8: "Process instance migration, limitations").
 */
export function unlike(source: FlowNode, target: FlowNode): MigrationReason | null {
  if (source.type !== target.type || source.isForCompensation !== target.isForCompensation) return 'type'
  if (isByEvent(source) !== isByEvent(target)) return 'type'
  if (eventOf(source) !== eventOf(target)) return 'eventType'
  if (isDoneByWorker(source) !== isDoneByWorker(target)) return 'implementation'
  return repetitionOf(source) === repetitionOf(target) ? null : 'multiInstance'
}

function isByEvent({ own }: FlowNode): boolean {
  return 'byEvent' in own && own.byEvent
}

/** What it waits for or throws; null for what is no event. */
function eventOf({ own }: FlowNode): string | null {
  if ('trigger' in own) return own.trigger?.kind ?? null
  return 'throws' in own ? own.throws.kind : null
}

/** Whether a worker does what the engine can do itself (Zeebe: "Job worker implementation"). */
function isDoneByWorker({ own }: FlowNode): boolean {
  return 'job' in own && own.job !== null
}

function repetitionOf({ multiInstance }: FlowNode): 'once' | 'parallel' | 'sequential' {
  if (!multiInstance) return 'once'
  return multiInstance.sequential ? 'sequential' : 'parallel'
}
