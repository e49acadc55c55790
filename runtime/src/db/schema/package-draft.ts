import { table } from '../columns.ts'

/** What the list of packages shows of a draft. */
export interface DraftSummary {
  readonly name: string | null
  readonly description: string | null
  readonly department: string | null
  readonly stages: readonly string[]
  readonly steps: number
  readonly errors: number
  readonly warnings: number
}

/** How far the work on a package has come since it was published; the files are rows of `draft_file`. */
export const packageDraft = table('package_draft', (c) => ({
  packageId: c.text('package_id').primaryKey(),
  /** Whether a file differs from what is published. */
  isDraft: c.boolean('is_draft').notNull(),
  /** Counts what changed the files, publishing included. */
  changes: c.integer('changes').notNull(),
  savedAt: c.time('saved_at').notNull(),
  savedBy: c.text('saved_by').notNull(),
  /** Of the files as they were after so many changes; null before the first reading. */
  summary: c.json<DraftSummary>('summary'),
  summaryOf: c.integer('summary_of').notNull(),
}))
