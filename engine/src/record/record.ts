/**
 * Records: the commands a process instance takes and the facts they lead to. This is the door; each noun has its file.
 */
export type { CaseAction } from './case-action.ts'
export type { Actor, Command, CommandKind, CommandValues, MessageStart } from './command.ts'
export type { Afterwards } from './fact/element.ts'
export type { Fact, FactKind, FactValues } from './fact/fact.ts'
export type { IncidentRetry } from './fact/incident.ts'
export type { ListenerRef } from './fact/job.ts'
export type { MigratedDefinition, MigrationFacts } from './fact/migration.ts'
export type { Following } from './following.ts'
export type { AdHocActivation, JobFailure, JobResult, TaskCorrections } from './job-result.ts'
export { KEYS_PER_STREAM, type Key } from './key.ts'
export type { MappingInstruction } from './migration.ts'
export type {
  ActivateInstruction,
  ElementSelection,
  Modification,
  MoveAncestor,
  MoveInstruction,
  TerminateInstruction,
  VariableInstruction,
} from './modification.ts'
export type { NoticeContent } from './notice-content.ts'
export type { Candidate, UnitRef } from './organisation.ts'
export type { UnlikeValues, Why } from './why.ts'
