import type { Described } from '../columns.ts'
import { actionCandidate } from './action-candidate.ts'
import { apiClient } from './api-client.ts'
import { archivedCase, archivedReader } from './archived-case.ts'
import { account, session, verification } from './auth.ts'
import { caseCounter } from './case-counter.ts'
import { checkpoint, signingKey } from './checkpoint.ts'
import { decision } from './decision.ts'
import { delivery } from './delivery.ts'
import { deployment } from './deployment.ts'
import { draft } from './draft.ts'
import { draftFile } from './draft-file.ts'
import { elementInstance } from './element-instance.ts'
import { caseFile, file, fileRemoval } from './file.ts'
import { flowTaken } from './flow-taken.ts'
import { form } from './form.ts'
import { incident } from './incident.ts'
import { job } from './job.ts'
import { leaf, merkleTree, treeNode } from './leaf.ts'
import { lease } from './lease.ts'
import { message, messageCorrelation } from './message.ts'
import { correlatedMessage, messageSubscription } from './message-subscription.ts'
import { notice } from './notice.ts'
import { notification } from './notification.ts'
import { outbox } from './outbox.ts'
import { processPackage } from './package.ts'
import { packageDraft } from './package-draft.ts'
import { packageVersion } from './package-version.ts'
import { parameterSet } from './parameter-set.ts'
import { participant } from './participant.ts'
import { payload } from './payload.ts'
import { person } from './person.ts'
import { position, role } from './position.ts'
import { processDefinition } from './process-definition.ts'
import { processInstance } from './process-instance.ts'
import { request } from './request.ts'
import { restingCase } from './resting-case.ts'
import { signal, signalSubscription } from './signal.ts'
import { snapshot } from './snapshot.ts'
import { messageStart, startSubscription, startTimer } from './start-event.ts'
import { stream } from './stream.ts'
import { subscription } from './subscription.ts'
import { taskCandidate } from './task-candidate.ts'
import { timer } from './timer.ts'
import { trail } from './trail.ts'
import { unit } from './unit.ts'
import { unitLevel } from './unit-level.ts'
import { userTask } from './user-task.ts'
import { variable } from './variable.ts'
import { webhook } from './webhook.ts'

/** Every table, by the name code uses. A table that is not here does not exist: migrations are made from this list. */
export const described = {
  verification,
  session,
  role,
  file,
  draft,
  draftFile,
  caseFile,
  fileRemoval,
  actionCandidate,
  apiClient,
  account,
  archivedCase,
  archivedReader,
  caseCounter,
  checkpoint,
  decision,
  delivery,
  deployment,
  elementInstance,
  flowTaken,
  form,
  incident,
  job,
  leaf,
  lease,
  merkleTree,
  message,
  messageCorrelation,
  messageStart,
  messageSubscription,
  correlatedMessage,
  notice,
  notification,
  outbox,
  package: processPackage,
  packageDraft,
  packageVersion,
  parameterSet,
  participant,
  payload,
  person,
  position,
  processDefinition,
  processInstance,
  request,
  restingCase,
  signal,
  signalSubscription,
  signingKey,
  snapshot,
  startSubscription,
  startTimer,
  stream,
  subscription,
  taskCandidate,
  timer,
  trail,
  treeNode,
  unit,
  unitLevel,
  userTask,
  variable,
  webhook,
}

type TableOf<D> = D extends Described<infer T> ? T : never
/** The tables of one dialect; both have these types. */
export type Tables = { readonly [N in keyof typeof described]: TableOf<(typeof described)[N]> }
export type TableName = keyof Tables
/** A row of a table as it is read. */
export type Row<N extends TableName> = Tables[N]['$inferSelect']

export type Dialect = 'libsql' | 'postgresql'

/** The tables as drizzle sees them in one dialect. */
export function tablesOf(dialect: Dialect): Tables {
  return Object.fromEntries(Object.entries(described).map(([name, pair]) => [name, pair[dialect]])) as unknown as Tables
}
