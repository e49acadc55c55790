import { type Static, Type } from 'typebox'

export * from './archived.ts'
export * from './operate.ts'
export * from './package.ts'
export * from './trail.ts'

/**
 * The shapes of `/api`: one definition for validation, the OpenAPI document and the web app's types.
 * Keys are decimal strings. Times are ISO 8601 with offset `Z`.
 */
const Key = Type.String({ pattern: '^[0-9]{1,16}$' })
const Time = Type.String({ format: 'date-time' })
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])
const Answers = Type.Record(Type.String({ maxLength: 200 }), Type.Unknown())
/** A sentence in each language: what happened, what to do. */
const Messages = Type.Record(Type.String(), Type.Object({ text: Type.String(), todo: Type.String() }))
/** A form-js schema as authored, reduced to what the person may see. */
const FormSchema = Type.Record(Type.String(), Type.Unknown())

export const StoredFile = Type.Object({
  id: Type.String(),
  name: Type.String(),
  type: Type.String(),
  size: Type.Integer(),
})
export type StoredFile = Static<typeof StoredFile>

/** An answer under its label, in words; its files beside, where it names some. */
const Answer = Type.Object({ label: Type.String(), value: Type.String(), files: Type.Array(StoredFile) })

export const Unit = Type.Object({ id: Type.String(), name: Type.String(), level: Type.String() })
export type Unit = Static<typeof Unit>

export const PersonRef = Type.Object({ id: Type.String(), name: Type.String() })
export type PersonRef = Static<typeof PersonRef>

export const SignIn = Type.Object(
  { username: Type.String({ minLength: 1, maxLength: 64 }), password: Type.String({ minLength: 1, maxLength: 256 }) },
  { additionalProperties: false },
)

export const Me = Type.Object({
  id: Type.String(),
  name: Type.String(),
  username: Type.String(),
  positions: Type.Array(Type.Object({ role: Type.String(), roleName: Type.String(), unit: Unit })),
  /** What the app offers this person. */
  can: Type.Object({
    work: Type.Boolean(),
    design: Type.Boolean(),
    administer: Type.Boolean(),
    secure: Type.Boolean(),
    audit: Type.Boolean(),
    operate: Type.Boolean(),
  }),
})
export type Me = Static<typeof Me>

/** The ring: how many stages, which is open, and the clock of the open one. */
export const Ring = Type.Object({
  stages: Type.Array(
    Type.Object({
      elementId: Type.String(),
      name: Type.String(),
      state: Type.Union([Type.Literal('done'), Type.Literal('current'), Type.Literal('ahead')]),
    }),
  ),
  state: Type.Union([
    Type.Literal('running'),
    Type.Literal('suspended'),
    Type.Literal('completed'),
    Type.Literal('terminated'),
    Type.Literal('incident'),
  ]),
  /** When what is current began, and when it is due. */
  since: Nullable(Time),
  dueAt: Nullable(Time),
})
export type Ring = Static<typeof Ring>

export const InboxView = Type.Union([
  Type.Literal('mine'),
  Type.Literal('claimable'),
  Type.Literal('waiting'),
  Type.Literal('done'),
])
export type InboxView = Static<typeof InboxView>

/** A row of the inbox: a task, or (view `waiting`) a case one has a part in and others must act on. */
export const InboxItem = Type.Object({
  taskKey: Nullable(Key),
  caseKey: Key,
  caseNumber: Nullable(Type.String()),
  title: Type.String(),
  processName: Type.String(),
  unit: Unit,
  /** Name of the task: what is to be done. */
  name: Type.String(),
  assignee: Nullable(PersonRef),
  createdAt: Time,
  dueAt: Nullable(Time),
  completedAt: Nullable(Time),
  ring: Ring,
})
export type InboxItem = Static<typeof InboxItem>

/** The most that is counted of anything: as many, or more. */
export const COUNTED = 1000

export const Inbox = Type.Object({
  items: Type.Array(InboxItem),
  /** Each is `COUNTED` at most. */
  counts: Type.Object({
    mine: Type.Integer(),
    claimable: Type.Integer(),
    waiting: Type.Integer(),
    done: Type.Integer(),
  }),
  /** Pass as `cursor` for the next page; null at the end. */
  next: Nullable(Type.String()),
  /** Time of the server when it answered, for "3 days left". */
  now: Time,
})
export type Inbox = Static<typeof Inbox>

export const Startable = Type.Object({
  processId: Type.String(),
  definitionKey: Key,
  name: Type.String(),
  description: Nullable(Type.String()),
  department: Nullable(Type.String()),
  stages: Type.Array(Type.String()),
  /** Units this person may start it for. */
  units: Type.Array(Unit),
  /** When this person last kept what he has typed into its start form; null when nothing is kept. */
  draftSavedAt: Nullable(Time),
})
export type Startable = Static<typeof Startable>

export const TaskForm = Type.Object({
  formId: Type.String(),
  formKey: Key,
  title: Nullable(Type.String()),
  version: Type.Integer(),
  schema: FormSchema,
  /** Values of the fields of this form and of nothing else. */
  data: Answers,
})
export type TaskForm = Static<typeof TaskForm>

export const StartForm = Type.Object({
  process: Startable,
  form: Nullable(TaskForm),
  draft: Nullable(Type.Object({ answers: Answers, savedAt: Time })),
  now: Time,
})
export type StartForm = Static<typeof StartForm>

export const StartCase = Type.Object(
  {
    processId: Type.String({ maxLength: 200 }),
    unitId: Type.String({ maxLength: 200 }),
    formKey: Nullable(Key),
    answers: Answers,
  },
  { additionalProperties: false },
)
export type StartCase = Static<typeof StartCase>

export const CaseStarted = Type.Object({ caseKey: Key, caseNumber: Nullable(Type.String()) })
export type CaseStarted = Static<typeof CaseStarted>

export const TaskState = Type.Union([Type.Literal('created'), Type.Literal('completed'), Type.Literal('canceled')])

export const Task = Type.Object({
  key: Key,
  name: Type.String(),
  state: TaskState,
  assignee: Nullable(PersonRef),
  /** Roles the task is offered to, in words: `花园村 村文书`. */
  candidates: Type.Array(Type.String()),
  /** For who holds several positions: those in which it is his to do. */
  as: Nullable(Type.String()),
  createdAt: Time,
  dueAt: Nullable(Time),
  completedAt: Nullable(Time),
  completedBy: Nullable(PersonRef),
  case: Type.Object({
    key: Key,
    number: Nullable(Type.String()),
    title: Type.String(),
    processName: Type.String(),
    unit: Unit,
    ring: Ring,
  }),
  form: Nullable(TaskForm),
  draft: Nullable(Type.Object({ answers: Answers, savedAt: Time })),
  /** What this person may do with it now. */
  can: Type.Object({ claim: Type.Boolean(), release: Type.Boolean(), complete: Type.Boolean() }),
  now: Time,
})
export type Task = Static<typeof Task>

export const SaveDraft = Type.Object({ answers: Answers }, { additionalProperties: false })
export const DraftSaved = Type.Object({ savedAt: Time })
export type DraftSaved = Static<typeof DraftSaved>

export const CompleteTask = Type.Object({ formKey: Nullable(Key), answers: Answers }, { additionalProperties: false })
export type CompleteTask = Static<typeof CompleteTask>

export const TaskCompleted = Type.Object({
  /** Tasks of the same case that are now this person's. */
  nextTaskKey: Nullable(Key),
  caseKey: Key,
})
export type TaskCompleted = Static<typeof TaskCompleted>

export const CaseAction = Type.Object({ key: Key, label: Type.String(), hasForm: Type.Boolean() })
export const CaseActionForm = Type.Object({ action: CaseAction, form: Nullable(TaskForm) })
export type CaseActionForm = Static<typeof CaseActionForm>

export const OpenTask = Type.Object({
  key: Key,
  elementId: Type.String(),
  name: Type.String(),
  assignee: Nullable(PersonRef),
  candidates: Type.Array(Type.String()),
  createdAt: Time,
  dueAt: Nullable(Time),
  /** Whether the person asking can work on it. */
  mine: Type.Boolean(),
  /** Whether it waits for positions that nobody holds now. */
  vacant: Type.Boolean(),
})

export const Case = Type.Object({
  key: Key,
  number: Nullable(Type.String()),
  title: Type.String(),
  processId: Type.String(),
  processName: Type.String(),
  version: Type.Integer(),
  unit: Unit,
  startedBy: PersonRef,
  startedAt: Time,
  endedAt: Nullable(Time),
  dueAt: Nullable(Time),
  /** Name of the end it came to, for a completed case whose drawing has several. */
  outcome: Nullable(Type.String()),
  ring: Ring,
  tasks: Type.Array(OpenTask),
  /** Open tasks that are not among `tasks`: a ballot has thousands. */
  more: Type.Integer(),
  /** Timers running now: what the case waits for without a person. */
  waits: Type.Array(Type.Object({ elementId: Type.String(), name: Type.String(), since: Time, dueAt: Time })),
  incidents: Type.Array(
    Type.Object({
      elementId: Type.String(),
      name: Nullable(Type.String()),
      /** In Chinese; `messages` has it in each language. */
      text: Type.String(),
      todo: Type.String(),
      messages: Messages,
      at: Time,
    }),
  ),
  actions: Type.Array(CaseAction),
  notices: Type.Array(
    Type.Object({ key: Key, kind: Type.String(), title: Type.String(), publishedAt: Time, until: Nullable(Time) }),
  ),
  /** The start form's fields with their values, in the order of the form. */
  summary: Type.Array(Answer),
  now: Time,
})
export type Case = Static<typeof Case>

export const CaseRow = Type.Object({
  key: Key,
  number: Nullable(Type.String()),
  title: Type.String(),
  processName: Type.String(),
  unit: Unit,
  startedAt: Time,
  endedAt: Nullable(Time),
  ring: Ring,
})
export const CaseList = Type.Object({ items: Type.Array(CaseRow), next: Nullable(Type.String()), now: Time })
export type CaseList = Static<typeof CaseList>

export const Diagram = Type.Object({
  xml: Type.String(),
  /** Sequence flows taken. */
  taken: Type.Array(Type.String()),
  /** Element id → how far it is. */
  elements: Type.Record(
    Type.String(),
    Type.Union([Type.Literal('done'), Type.Literal('active'), Type.Literal('incident')]),
  ),
})
export type Diagram = Static<typeof Diagram>

const Because = Type.Object({
  rule: Type.String(),
  inputs: Answers,
  result: Type.Unknown(),
  /** Names it read that nothing has, as dotted paths; absent when there were none. */
  missing: Type.Optional(Type.Array(Type.String())),
  /** Kinds of values it could not compare or compute with each other; absent when there were none. */
  unlike: Type.Optional(
    Type.Array(Type.Object({ operator: Type.String(), left: Type.String(), right: Type.String() })),
  ),
})

/** One thing that happened, as facts: the app says it in the reader's language. */
export const TrailEntry = Type.Object({
  sequence: Type.Integer(),
  at: Time,
  /** `person`, `client` or `system`; the name is what people read. `withheld`: a person who is not named to this reader. */
  actor: Type.Object({ type: Type.String(), id: Type.String(), name: Type.String() }),
  /** Kind of the command or fact: `processInstance.created`, `userTask.completed`, `sequenceFlow.taken`, `timer.triggered`, … */
  kind: Type.String(),
  /** An element of the drawing of the case: for what happens in a called process, the call activity. */
  elementId: Nullable(Type.String()),
  elementName: Nullable(Type.String()),
  /** What the kind is about, by name: `assignee`, `flow`, `notice`, … (names of people already resolved). */
  facts: Type.Record(Type.String(), Type.String()),
  /** Answers given in this step, labelled by the form, in its order. */
  answers: Type.Array(Answer),
  why: Nullable(Because),
  /** What an incident says, in each language. */
  messages: Nullable(Messages),
  /** True for what a reader wants first; the rest shows under "all". */
  important: Type.Boolean(),
})
export type TrailEntry = Static<typeof TrailEntry>

export const Trail = Type.Object({
  /** In order, at most 2,000 a page. */
  entries: Type.Array(TrailEntry),
  /** Pass as `after` for the next page; null at the end. */
  next: Nullable(Type.Integer()),
  /** The chain of this case, checked now: rows and whether every hash holds; `brokenAt` names the first bad row. */
  chain: Type.Object({
    rows: Type.Integer(),
    intact: Type.Boolean(),
    brokenAt: Nullable(Type.Integer()),
    /** Rows after `rows` that were not checked: a very long case is checked from its start, up to a bound. */
    unchecked: Type.Integer(),
    head: Type.String(),
  }),
})
export type Trail = Static<typeof Trail>

/** What a person was told of cases, in the app. */
export const Notifications = Type.Object({
  items: Type.Array(
    Type.Object({
      key: Key,
      /** Who may see the case is judged when it is opened. */
      caseKey: Key,
      title: Type.String(),
      text: Type.String(),
      at: Time,
      readAt: Nullable(Time),
    }),
  ),
  unread: Type.Integer(),
  next: Nullable(Type.String()),
  now: Time,
})
export type Notifications = Static<typeof Notifications>
export const UnreadNotifications = Type.Object({ unread: Type.Integer() })
export type UnreadNotifications = Static<typeof UnreadNotifications>

/** What built-in workers have still to send. */
export const Deliveries = Type.Object({
  items: Type.Array(
    Type.Object({
      /** Of the job. */
      key: Key,
      type: Type.String(),
      target: Type.String(),
      caseKey: Key,
      caseNumber: Nullable(Type.String()),
      elementId: Type.String(),
      elementName: Nullable(Type.String()),
      attempts: Type.Integer(),
      attemptedAt: Nullable(Time),
      /** How often it may still fail. */
      retries: Type.Integer(),
      error: Nullable(Type.String()),
      nextAt: Time,
    }),
  ),
  next: Nullable(Type.String()),
})
export type Deliveries = Static<typeof Deliveries>

export const Notice = Type.Object({
  key: Key,
  kind: Type.String(),
  title: Type.String(),
  number: Nullable(Type.String()),
  text: Type.String(),
  unit: Unit,
  fields: Type.Array(Type.Object({ label: Type.String(), value: Type.String() })),
  files: Type.Array(StoredFile),
  publishedAt: Time,
  until: Nullable(Time),
  /** `open` while it is to be seen by law or rule, then `past`. */
  state: Type.Union([Type.Literal('open'), Type.Literal('past')]),
  /** First and last eight characters of the hash of the trail row that published it. */
  proof: Type.String(),
})
export type Notice = Static<typeof Notice>

export const NoticeBoard = Type.Object({
  units: Type.Array(Unit),
  unit: Nullable(Unit),
  items: Type.Array(Notice),
  now: Time,
})
export type NoticeBoard = Static<typeof NoticeBoard>

/** A person as administrators see the organisation. */
export const Person = Type.Object({
  id: Type.String(),
  name: Type.String(),
  username: Type.String(),
  positions: Type.Array(Type.Object({ role: Type.String(), roleName: Type.String(), unit: Unit })),
})
export const People = Type.Object({ items: Type.Array(Person), next: Nullable(Type.String()) })
export type People = Static<typeof People>

/** Every refusal: RFC 9457 problem+json with a stable code and the words in both languages. */
export const ProblemJson = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  /** In the language asked for (`Accept-Language`), Chinese by default; `title` is a short name of the code, for people. */
  detail: Type.String(),
  /** Path of the request that was refused; only for systems under `/v2`. */
  instance: Type.Optional(Type.String()),
  code: Type.String(),
  /** The same in each language: what happened, what to do. */
  messages: Messages,
  fields: Type.Optional(
    Type.Array(
      Type.Object({
        field: Type.String(),
        label: Nullable(Type.String()),
        code: Type.String(),
        messages: Type.Record(Type.String(), Type.String()),
      }),
    ),
  ),
  problems: Type.Optional(
    Type.Array(
      Type.Object({
        code: Type.String(),
        severity: Type.String(),
        resource: Type.String(),
        elementId: Nullable(Type.String()),
        elementName: Nullable(Type.String()),
        messages: Messages,
      }),
    ),
  ),
})
export type ProblemJson = Static<typeof ProblemJson>

/**
 * Paths. All under `/api`; JSON in and out unless said otherwise. Commands (POST but for /session and
 * /files) take an `Idempotency-Key` header: repeated, it gives the first answer. A draft and an upload may be repeated
 * without harm; a file uploaded twice is two uploads of the same bytes.
 *
 * POST   /session                  SignIn → Me            sets the session cookie
 * GET    /session                  → Me
 * DELETE /session                  → 204
 * GET    /inbox?view&search&cursor → Inbox
 * GET    /inbox/events             → text/event-stream    event `changed`, data `{}` whenever the inbox may have changed
 * GET    /startable                → Startable[]
 * GET    /startable/:processId     → StartForm            (404 when this person may not start it)
 * PUT    /startable/:processId/draft  SaveDraft → DraftSaved
 * POST   /cases                    StartCase → CaseStarted
 * GET    /cases?search&cursor&state=open|ended → CaseList
 * GET    /cases/:key               → Case
 * GET    /cases/:key/diagram       → Diagram
 * GET    /cases/:key/trail?after   → Trail
 * GET    /cases/:key/actions/:action          → CaseActionForm
 * POST   /cases/:key/actions/:action          CompleteTask → CaseStarted
 * GET    /tasks/:key               → Task
 * POST   /tasks/:key/claim         → Task
 * POST   /tasks/:key/release       → Task
 * PUT    /tasks/:key/draft         SaveDraft → DraftSaved
 * POST   /tasks/:key/complete      CompleteTask → TaskCompleted
 * POST   /files                    multipart/form-data, field `file` → StoredFile   (at most 10 MB)
 * GET    /files/:id                → the bytes, as attachment or inline image
 * GET    /notifications?cursor     → Notifications
 * GET    /notifications/unread     → UnreadNotifications
 * PUT    /notifications/read       → 204                  all of them
 * PUT    /notifications/:key/read  → 204
 * GET    /deliveries?cursor        → Deliveries           operators, within their units
 * GET    /operate/groups?search&cursor        → StuckGroups          operators within their units and systems, as all of /operate
 * GET    /operate/incidents?processId&elementId&code&case&cursor → StuckIncidents
 * GET    /operate/incidents/:key             → StuckIncident
 * POST   /operate/incidents/:key/resolve     OperateReason → Resolved
 * POST   /operate/incidents/resolve          ResolveGroup → GroupResolved
 * GET    /operate/vacancies?search&cursor    → VacantGroups
 * GET    /operate/vacancies/tasks?processId&elementId&role&unitId&assignee&case&cursor → VacantTasks
 * GET    /operate/cases/:key                 → OperatedCase
 * GET    /operate/cases/:key/diagram?process → OperatedDiagram
 * POST   /operate/cases/:key/cancel          OperateReason → 204          also: suspend, resume
 * POST   /operate/cases/:key/modify          ModifyCase → 204
 * GET    /operate/definitions                → OperatedDefinitions
 * GET    /operate/migration/mappings?from&to → MigrationMappings
 * POST   /operate/migration/plan             PlanMigration → MigrationResult
 * POST   /operate/migration/run              RunMigration → MigrationResult
 * GET    /operate/jobs?cursor                → FailingJobs
 * GET    /operate/health                     → OperatedHealth
 * GET    /notices?unit             → NoticeBoard          public
 * GET    /notices/:key             → Notice               public
 * GET    /notices/:key/files/:id   → the bytes            public
 * GET    /people?search&cursor     → People               administrators
 * GET    /archived-cases?number&from&to&cursor  → ArchivedCaseList   people at work, and the auditor
 * GET    /archived-cases/:key/package           → the archive package
 * GET    /trail/rows?part&kind&actor&number&from&to&cursor → AuditedRows   the auditor, as all of /trail
 * GET    /trail/sealing            → Sealing
 * GET    /trail/checkpoints?after  → CheckpointList
 * GET    /trail/proof/inclusion?stream&sequence → InclusionProof
 * GET    /trail/proof/consistency?first&second  → ConsistencyProof
 * GET    /packages                 → PackageList          process designers, as all of /packages
 * POST   /packages                 NewPackage → PackageMade
 * POST   /packages/import          multipart/form-data, field `file` (.zip, .bpmn) → PackageMade
 * GET    /packages/:id             → Package
 * DELETE /packages/:id             → 204                  throws the draft away
 * PUT    /packages/:id/files       SaveFiles → FilesSaved
 * POST   /packages/:id/presence    Here → Presence
 * GET    /packages/:id/export      → the draft as a zip
 * GET    /packages/:id/versions    → PackageVersion[]
 * GET    /packages/:id/versions/:version  → VersionFiles
 * POST   /packages/:id/publish     Publish → Published
 * POST   /packages/:id/retire      Reason → 204
 * POST   /packages/:id/restore     Reason → 204
 * GET    /directory                → Directory            process designers
 * GET    /directory/holders?unit&candidates  → Holders    process designers; candidates as in a model
 * GET    /pick/people?search&role&unit       → PickPeople people at work
 * GET    /pick/units?search&level            → PickUnits  people at work
 * GET    /health                   → {"status":"up"}      public
 * GET    /openapi.json             public
 */
