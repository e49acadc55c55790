import type { UnitRef } from '@bihuan/engine'
import { table } from '../columns.ts'

export type ProcessInstanceState = 'active' | 'suspended' | 'completed' | 'terminated'

/** States of a case that has not ended. */
export const openStates: ProcessInstanceState[] = ['active', 'suspended']

export const processInstance = table(
  'process_instance',
  (c) => ({
    key: c.key('key').primaryKey(),
    definitionKey: c.key('definition_key').notNull(),
    processId: c.text('process_id').notNull(),
    processName: c.text('process_name').notNull(),
    version: c.integer('version').notNull(),
    /** Number of the case, `SY-2026-0001`; null when the process has no prefix. */
    number: c.text('number'),
    title: c.text('title'),
    unitId: c.text('unit_id').notNull(),
    unitName: c.text('unit_name').notNull(),
    unitLevel: c.text('unit_level').notNull(),
    /** Ids from the root to the unit of the case: `/district/town/village/`. */
    unitPath: c.text('unit_path').notNull(),
    /** The unit of the case first, then its ancestors up to the root. */
    units: c.json<readonly UnitRef[]>('units').notNull(),
    state: c.text<ProcessInstanceState>('state').notNull(),
    startedByType: c.text<'person' | 'client' | 'system'>('started_by_type').notNull(),
    startedBy: c.text('started_by').notNull(),
    startedAt: c.time('started_at').notNull(),
    /** How many cases have begun one another up to this one. */
    startDepth: c.integer('start_depth').notNull().default(0),
    endedAt: c.time('ended_at'),
    dueAt: c.time('due_at'),
    /** Element that opened the current stage of the ring, and when. */
    stageElementId: c.text('stage_element_id'),
    stageSince: c.time('stage_since'),
  }),
  (t, k) => [
    k.unique('process_instance_number', t.number),
    k.index('process_instance_definition', t.definitionKey, t.key),
    k.index('process_instance_process', t.processId, t.state, t.key),
    k.index('process_instance_unit', t.unitId, t.state, t.key),
    k.index('process_instance_path', t.unitPath, t.key),
    k.index('process_instance_starter', t.startedBy, t.key),
    k.index('process_instance_state', t.state, t.key),
    k.index('process_instance_running', t.definitionKey, t.state),
  ],
)
