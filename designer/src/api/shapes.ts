/** The shapes of `/api` that this app reads, from the one contract. Types only: no code of the server comes along. */
import type { TrailEntry } from '@bihuan/runtime/contract'

export type {
  CaseStarted,
  DraftSaved,
  InboxItem,
  InboxView,
  Startable,
  StartForm,
  Task,
  TaskCompleted,
  TaskForm,
} from '@bihuan/runtime/contract'

/** An answer under its label; files are there where the field asks for them. */
export type Answer = TrailEntry['answers'][number]
