/** The shapes of `/api` that this app reads, from the one contract. Types only: no code of the server comes along. */
export type {
  CaseStarted,
  DraftSaved,
  InboxItem,
  InboxView,
  Startable,
  StartForm,
  Task,
  TaskCompleted,
} from '@bihuan/runtime/contract'
