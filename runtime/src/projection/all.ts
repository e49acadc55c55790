import type { Command, Fact, FactKind } from '@bihuan/engine'
import type { RowChange } from '../db/row-change.ts'
import { actionCandidate } from './action-candidate.ts'
import { caseCounter } from './case-counter.ts'
import { caseFile } from './case-file.ts'
import { delivery } from './delivery.ts'
import { elementInstance } from './element-instance.ts'
import { flowTaken } from './flow-taken.ts'
import { incident } from './incident.ts'
import { job } from './job.ts'
import { messageCorrelation } from './message-correlation.ts'
import { messageStart, messageStartOf, startedByMessage } from './message-start.ts'
import { messageSubscription } from './message-subscription.ts'
import { notice } from './notice.ts'
import { outbox, settledBy } from './outbox.ts'
import { participant } from './participant.ts'
import { processInstance } from './process-instance.ts'
import type { FactContext, Project, Projection } from './projection.ts'
import { signal } from './signal.ts'
import { signalSubscription } from './signal-subscription.ts'
import { subscription } from './subscription.ts'
import { taskCandidate } from './task-candidate.ts'
import { timer } from './timer.ts'
import { userTask } from './user-task.ts'
import { variable } from './variable.ts'

/** Every projection of a case's facts, in the order their changes are written. */
const projections: readonly Projection[] = [
  processInstance,
  caseCounter,
  elementInstance,
  flowTaken,
  variable,
  caseFile,
  userTask,
  taskCandidate,
  participant,
  timer,
  job,
  incident,
  subscription,
  actionCandidate,
  messageSubscription,
  messageCorrelation,
  messageStart,
  signalSubscription,
  signal,
  notice,
  outbox,
  delivery,
]

/** What of a command its rows depend on. */
export type ProjectedCommand = Pick<Command, 'kind' | 'key'> & { readonly value?: unknown }

const byKind = new Map<FactKind, Project<FactKind>[]>()
for (const projection of projections) {
  for (const kind of Object.keys(projection) as FactKind[]) {
    const list = byKind.get(kind) ?? []
    list.push(projection[kind] as Project<FactKind>)
    byKind.set(kind, list)
  }
}

/** The row changes of one trail row of a case: what its command settles, then what its facts say, in order. */
export function project(command: ProjectedCommand, facts: readonly Fact[], context: FactContext): RowChange[] {
  const changes: RowChange[] = [...settledBy(command)]
  const { called } = context.case
  for (const fact of facts) {
    called.begin(fact)
    const handlers = byKind.get(fact.kind)
    if (handlers)
      for (const handle of handlers) for (const change of handle(fact.key, fact.value, context)) changes.push(change)
    called.end(fact)
  }
  const message = messageStartOf(command)
  if (message) changes.push(...startedByMessage(message, context))
  return changes
}
