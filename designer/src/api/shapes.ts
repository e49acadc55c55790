/** The shapes of `/api` that this app reads, from the one contract. Types only: no code of the server comes along. */
export type {
  CaseStarted,
  DraftSaved,
  Inbox,
  InboxItem,
  InboxView,
  Me,
  Startable,
  StartForm,
  StoredFile,
  Task,
  TaskCompleted,
  TaskForm,
  Unit,
} from '@bihuan/runtime/contract'
