import { type Column, type SQL, sql } from 'drizzle-orm'
import { table } from '../columns.ts'

/** `creating`: its listeners are at work, nobody sees it yet. */
export type UserTaskState = 'creating' | 'created' | 'completed' | 'canceled'
/** What was asked of an open task and waits for its listeners. */
export type PendingAct = 'assigning' | 'updating' | 'completing' | 'canceling'

/**
 * Tasks that have not ended and name people who may take them: few at any time. As a text without parameters, so that
 * the index of them is found.
 */
export const isOpenAndNamed = (t: { readonly endedAt: Column; readonly candidateUsers: Column }): SQL =>
  sql`${t.endedAt} is null and ${t.candidateUsers} <> '[]'`

export const userTask = table(
  'user_task',
  (c) => ({
    key: c.scatteredKey('key').primaryKey(),
    instanceKey: c.key('instance_key').notNull(),
    elementInstanceKey: c.key('element_instance_key').notNull(),
    elementId: c.text('element_id').notNull(),
    name: c.text('name').notNull(),
    state: c.text<UserTaskState>('state').notNull(),
    pending: c.text<PendingAct>('pending'),
    /** The definition it belongs to when it stands in a called process; null for that of the case. */
    definitionKey: c.key('definition_key'),
    assignee: c.text('assignee'),
    candidateUsers: c.json<readonly string[]>('candidate_users').notNull(),
    formId: c.text('form_id'),
    formKey: c.key('form_key'),
    dueAt: c.time('due_at'),
    followUpAt: c.time('follow_up_at'),
    priority: c.integer('priority').notNull(),
    createdAt: c.time('created_at').notNull(),
    /** Completed or canceled. */
    endedAt: c.time('ended_at'),
    /** Who completed it: id of a person or client. */
    completedBy: c.text('completed_by'),
  }),
  (t, k) => [
    // Open tasks of a person in the order of his inbox, with all that counting them takes.
    k.partial(
      'user_task_open',
      sql`${t.endedAt} is null`,
      t.assignee,
      t.state,
      t.createdAt,
      t.key,
      t.instanceKey,
      t.endedAt,
    ),
    k.partial('user_task_done', sql`${t.completedBy} is not null`, t.completedBy, t.endedAt, t.key),
    k.partial('user_task_named', isOpenAndNamed(t), t.candidateUsers, t.createdAt, t.key),
  ],
)
