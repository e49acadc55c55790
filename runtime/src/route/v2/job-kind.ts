import type { ListenerRef } from '@bihuan/engine'
import { type SQL, sql } from 'drizzle-orm'
import type { Row } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'

const listenerKinds = { execution: 'EXECUTION_LISTENER', task: 'TASK_LISTENER' } as const

/** Camunda's word for what a job is for; `elementType` is that of its element instance. */
export function kindOf({ listenerKind }: Pick<Row<'job'>, 'listenerKind'>, elementType: string | null): string {
  if (listenerKind) return listenerKinds[listenerKind]
  return elementType === 'bpmn:AdHocSubProcess' ? 'AD_HOC_SUB_PROCESS' : 'BPMN_ELEMENT'
}

/** What a listener listens to. */
export const eventOf = ({ listenerEvent }: Pick<Row<'job'>, 'listenerEvent'>): string =>
  (listenerEvent ?? NO_EVENT).toUpperCase()

const events: readonly ListenerRef['event'][] = [
  'start',
  'end',
  'creating',
  'assigning',
  'updating',
  'completing',
  'canceling',
]

/** Of a job that is no listener. */
const NO_EVENT = 'unspecified'

/** Events by Camunda's words. */
export const eventWords: { readonly [word: string]: string } = Object.fromEntries(
  [...events, NO_EVENT].map((event) => [event.toUpperCase(), event]),
)

/** What `eventOf` says, by `eventWords`, as an expression to filter and sort by. */
export const eventColumn = ({ tables: { job } }: Store): SQL => sql`coalesce(${job.listenerEvent}, ${NO_EVENT})`

/** Kinds by Camunda's words, which are also those of `kindColumn`. */
export const kindWords: { readonly [word: string]: string } = Object.fromEntries(
  [...Object.values(listenerKinds), 'AD_HOC_SUB_PROCESS', 'BPMN_ELEMENT'].map((kind) => [kind, kind]),
)

/** What `kindOf` says, as an expression to filter and sort by: of a job joined with its element instance. */
export function kindColumn({ tables: { job, elementInstance } }: Store): SQL {
  return sql`case when ${job.listenerKind} = 'execution' then ${listenerKinds.execution}
    when ${job.listenerKind} = 'task' then ${listenerKinds.task}
    when ${elementInstance.elementType} = 'bpmn:AdHocSubProcess' then 'AD_HOC_SUB_PROCESS' else 'BPMN_ELEMENT' end`
}
