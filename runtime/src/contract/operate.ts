import { type Static, type TProperties, Type } from 'typebox'

/**
 * Shapes of `/api/operate`: what those who repair see and do. Where something is stuck and why, never what was filled in.
 * Re-exported by `contract.ts`, whose list of paths names the routes.
 */
const Key = Type.String({ pattern: '^[0-9]{1,16}$' })
const Time = Type.String({ format: 'date-time' })
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])
const closed = <T extends TProperties>(properties: T) => Type.Object(properties, { additionalProperties: false })
const Id = Type.String({ minLength: 1, maxLength: 200 })
const UnitName = Type.Object({ id: Type.String(), name: Type.String(), level: Type.String() })
/** A short name of a code, in each language. */
const Titles = Type.Record(Type.String(), Type.String())
/** A sentence in each language: what happened, what to do. */
const Messages = Type.Record(Type.String(), Type.Object({ text: Type.String(), todo: Type.String() }))
const Process = Type.Object({ id: Type.String(), name: Type.String(), version: Type.Integer() })

/** Why somebody does it: every act is a record with its reason. More than blanks. */
const reason = Type.String({ minLength: 1, maxLength: 1000, pattern: '\\S' })
export const OperateReason = closed({ reason })

/** A place where cases are stuck in the same way. */
const GroupName = { processId: Id, elementId: Id, code: Id }

/** What is stuck at one step of one process (whatever its version) for one reason. */
export const StuckGroup = Type.Object({
  ...GroupName,
  processName: Type.String(),
  elementName: Nullable(Type.String()),
  titles: Titles,
  /** The words of the newest. */
  messages: Messages,
  count: Type.Integer(),
  /** When the oldest and the newest came about. */
  since: Time,
  latest: Time,
  /** Unit and number of the case when it is one. */
  only: Nullable(Type.Object({ unit: UnitName, caseNumber: Nullable(Type.String()) })),
})
export type StuckGroup = Static<typeof StuckGroup>

export const StuckGroups = Type.Object({
  items: Type.Array(StuckGroup),
  next: Nullable(Type.String()),
  now: Time,
})
export type StuckGroups = Static<typeof StuckGroups>

export const StuckIncident = Type.Object({
  key: Key,
  caseKey: Key,
  caseNumber: Nullable(Type.String()),
  caseState: Type.String(),
  unit: UnitName,
  /** The process in which the step is drawn: that of the case, or a called one. */
  process: Process,
  elementId: Type.String(),
  elementName: Nullable(Type.String()),
  elementInstanceKey: Key,
  code: Type.String(),
  titles: Titles,
  messages: Messages,
  at: Time,
  /** The job that failed, when one did. */
  job: Nullable(Type.Object({ key: Key, type: Type.String() })),
})
export type StuckIncident = Static<typeof StuckIncident>

export const StuckIncidents = Type.Object({
  items: Type.Array(StuckIncident),
  next: Nullable(Type.String()),
  now: Time,
})
export type StuckIncidents = Static<typeof StuckIncidents>

/** A place where tasks wait that nobody can go on with: at one step of one process, for one office or for one person. */
export const VacantGroup = Type.Object({
  processId: Id,
  processName: Type.String(),
  elementId: Id,
  elementName: Type.String(),
  /** What nobody holds, of what the tasks are offered to. A task that waits for two of them is in both groups. */
  post: Nullable(Type.Object({ role: Type.String(), roleName: Type.String(), unit: UnitName })),
  /** Who has the tasks and holds no position any more; null where a post is wanting. */
  assignee: Nullable(Type.Object({ id: Type.String(), name: Type.String() })),
  /** Tasks. */
  count: Type.Integer(),
  /** When the oldest and the newest came about. */
  since: Time,
  latest: Time,
  /** Unit and number of the case when it is one task. */
  only: Nullable(Type.Object({ unit: UnitName, caseNumber: Nullable(Type.String()) })),
})
export type VacantGroup = Static<typeof VacantGroup>

export const VacantGroups = Type.Object({
  items: Type.Array(VacantGroup),
  next: Nullable(Type.String()),
  now: Time,
})
export type VacantGroups = Static<typeof VacantGroups>

export const VacantTask = Type.Object({
  key: Key,
  caseKey: Key,
  caseNumber: Nullable(Type.String()),
  unit: UnitName,
  /** The process in which the step is drawn: that of the case, or a called one. */
  process: Process,
  elementId: Type.String(),
  elementName: Type.String(),
  elementInstanceKey: Key,
  at: Time,
})
export type VacantTask = Static<typeof VacantTask>

export const VacantTasks = Type.Object({
  items: Type.Array(VacantTask),
  next: Nullable(Type.String()),
  now: Time,
})
export type VacantTasks = Static<typeof VacantTasks>

/** What became of a resolved incident: whether the case is stuck again at once. */
export const Resolved = Type.Object({ stuckAgain: Type.Boolean() })
export type Resolved = Static<typeof Resolved>

/** A group, at most 100 incidents a request; `cursor` goes on with those that were there at the first. */
export const ResolveGroup = closed({ ...GroupName, reason, cursor: Type.Optional(Type.String({ maxLength: 200 })) })

const Failure = Type.Object({ code: Type.String(), messages: Messages })
export const GroupResolved = Type.Object({
  resolved: Type.Integer(),
  /** Of the resolved: how many cases are stuck again at once. */
  stuckAgain: Type.Integer(),
  failed: Type.Array(
    Type.Object({ key: Key, caseKey: Key, caseNumber: Nullable(Type.String()), ...Failure.properties }),
  ),
  next: Nullable(Type.String()),
})
export type GroupResolved = Static<typeof GroupResolved>

/** A step that stands now, with all that waits in it. */
const OpenStep = Type.Object({
  key: Key,
  /** The process it is drawn in, as in `processes`. */
  processKey: Key,
  /** The step around it, or the process. */
  scopeKey: Key,
  elementId: Type.String(),
  name: Nullable(Type.String()),
  type: Type.String(),
  since: Time,
  tasks: Type.Integer(),
  timers: Type.Integer(),
  jobs: Type.Integer(),
  incidents: Type.Integer(),
})
export type OpenStep = Static<typeof OpenStep>

/** A process of a case that runs: its own, or a called one. */
const OpenProcess = Type.Object({ key: Key, definitionKey: Key, ...Process.properties })

export const OperatedCase = Type.Object({
  key: Key,
  number: Nullable(Type.String()),
  state: Type.Union([
    Type.Literal('active'),
    Type.Literal('suspended'),
    Type.Literal('completed'),
    Type.Literal('terminated'),
  ]),
  process: Process,
  definitionKey: Key,
  unit: UnitName,
  startedAt: Time,
  endedAt: Nullable(Time),
  /** The case's own first. */
  processes: Type.Array(OpenProcess),
  steps: Type.Array(OpenStep),
  incidents: Type.Array(StuckIncident),
  now: Time,
})
export type OperatedCase = Static<typeof OperatedCase>

/** An element of a drawing that may be named as a target. */
const DrawnElement = Type.Object({ elementId: Type.String(), name: Nullable(Type.String()), type: Type.String() })
export type DrawnElement = Static<typeof DrawnElement>

/** The drawing of one process of a case, with how far it is and where the case may be moved. */
export const OperatedDiagram = Type.Object({
  xml: Type.String(),
  taken: Type.Array(Type.String()),
  elements: Type.Record(
    Type.String(),
    Type.Union([Type.Literal('done'), Type.Literal('active'), Type.Literal('incident')]),
  ),
  targets: Type.Array(DrawnElement),
})
export type OperatedDiagram = Static<typeof OperatedDiagram>

const Selection = Type.Union([closed({ elementInstanceKey: Key }), closed({ elementId: Id })])
export type Selection = Static<typeof Selection>
const MAX_INSTRUCTIONS = 100

/** What is changed in a running case, all or nothing (Camunda 8: "Process instance modification"). */
export const ModifyCase = closed({
  /** The process whose elements are meant, a key of `processes`; that of the case when absent. */
  processKey: Type.Optional(Key),
  activate: Type.Optional(
    Type.Array(closed({ elementId: Id, ancestorKey: Type.Optional(Key) }), { maxItems: MAX_INSTRUCTIONS }),
  ),
  terminate: Type.Optional(Type.Array(Selection, { maxItems: MAX_INSTRUCTIONS })),
  move: Type.Optional(Type.Array(closed({ from: Selection, targetElementId: Id }), { maxItems: MAX_INSTRUCTIONS })),
  reason,
})
export type ModifyCase = Static<typeof ModifyCase>

/** A version of a process of which cases run, or to which they may go. */
export const OperatedDefinition = Type.Object({
  key: Key,
  ...Process.properties,
  latest: Type.Boolean(),
  /** Cases within reach that run of it. */
  running: Type.Integer(),
})
export type OperatedDefinition = Static<typeof OperatedDefinition>
export const OperatedDefinitions = Type.Object({ items: Type.Array(OperatedDefinition) })
export type OperatedDefinitions = Static<typeof OperatedDefinitions>

const Mapping = closed({ sourceElementId: Id, targetElementId: Id })
export type Mapping = Static<typeof Mapping>

/** Which element becomes which without saying, and the steps of both. */
export const MigrationMappings = Type.Object({
  mappings: Type.Array(Mapping),
  sources: Type.Array(DrawnElement),
  targets: Type.Array(DrawnElement),
})
export type MigrationMappings = Static<typeof MigrationMappings>

const migration = {
  from: Key,
  to: Key,
  /** What goes without saying when absent. */
  mappings: Type.Optional(Type.Array(Mapping, { maxItems: 2000 })),
  after: Type.Optional(Key),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
}
export const PlanMigration = closed(migration)
export type PlanMigration = Static<typeof PlanMigration>
export const RunMigration = closed({ ...migration, reason })

const Obstacle = Type.Object({
  elementId: Nullable(Type.String()),
  elementName: Nullable(Type.String()),
  messages: Messages,
})
export const MigrationResult = Type.Object({
  items: Type.Array(
    Type.Object({
      caseKey: Key,
      caseNumber: Nullable(Type.String()),
      unit: UnitName,
      /** Why it stays; null when it moves. */
      refusal: Nullable(Type.Object({ ...Failure.properties, problems: Type.Array(Obstacle) })),
    }),
  ),
  /** Pass as `after` for the next page; null at the end. */
  next: Nullable(Key),
})
export type MigrationResult = Static<typeof MigrationResult>

/** Jobs that failed and may still be tried, the next first. */
export const FailingJobs = Type.Object({
  items: Type.Array(
    Type.Object({
      key: Key,
      type: Type.String(),
      caseKey: Key,
      caseNumber: Nullable(Type.String()),
      unit: UnitName,
      process: Process,
      elementId: Type.String(),
      elementName: Nullable(Type.String()),
      retries: Type.Integer(),
      error: Nullable(Type.String()),
      /** Not handed out before; null for at once. */
      nextAt: Nullable(Time),
    }),
  ),
  next: Nullable(Type.String()),
})
export type FailingJobs = Static<typeof FailingJobs>

export const OperatedHealth = Type.Object({
  status: Type.String(),
  reason: Nullable(Type.String()),
  alarms: Type.Array(Type.String()),
  /** Of the whole server, whoever asks. */
  figures: Type.Object({
    queued: Type.Integer(),
    inFlight: Type.Integer(),
    shed: Type.Integer(),
    conflicts: Type.Integer(),
    failedGroups: Type.Integer(),
    lastGroupMs: Type.Number(),
    liveInstances: Type.Integer(),
    walBytes: Type.Integer(),
    freeBytes: Nullable(Type.Integer()),
    timersDue: Type.Integer(),
    outboxDue: Type.Integer(),
    outboxWaiting: Type.Integer(),
    retrying: Type.Integer(),
  }),
  now: Time,
})
export type OperatedHealth = Static<typeof OperatedHealth>
