import type { Key } from '@bihuan/engine'
import { table } from '../columns.ts'

export type ElementInstanceState = 'active' | 'completed' | 'terminated'

export const elementInstance = table('element_instance', (c) => ({
  key: c.scatteredKey('key').primaryKey(),
  instanceKey: c.key('instance_key').notNull(),
  /** The definition it belongs to when it stands in a called process; null for that of the case. */
  definitionKey: c.key('definition_key'),
  elementId: c.text('element_id').notNull(),
  elementType: c.text('element_type').notNull(),
  name: c.text('name'),
  scopeKey: c.key('scope_key').notNull(),
  causes: c.json<readonly Key[]>('causes').notNull(),
  loopCounter: c.integer('loop_counter'),
  stage: c.boolean('stage').notNull(),
  state: c.text<ElementInstanceState>('state').notNull(),
  startedAt: c.time('started_at').notNull(),
  endedAt: c.time('ended_at'),
}))
