import { table } from '../columns.ts'

/** The public board: a notice shows what stands here and nothing else. */
export const notice = table(
  'notice',
  (c) => ({
    /** Key of the job that published it. */
    key: c.key('key').primaryKey(),
    instanceKey: c.key('instance_key').notNull(),
    /** Trail row that published it. */
    stream: c.key('stream').notNull(),
    sequence: c.integer('sequence').notNull(),
    unitId: c.text('unit_id').notNull(),
    unitName: c.text('unit_name').notNull(),
    unitLevel: c.text('unit_level').notNull(),
    unitPath: c.text('unit_path').notNull(),
    kind: c.text('kind').notNull(),
    title: c.text('title').notNull(),
    number: c.text('number'),
    text: c.text('text').notNull(),
    fields: c.json<readonly { readonly label: string; readonly value: string }[]>('fields').notNull(),
    /** Ids of stored files that are public with it. */
    files: c.json<readonly string[]>('files').notNull(),
    publishedAt: c.time('published_at').notNull(),
    /** Open until then; null for a notice without a window. */
    until: c.time('until'),
  }),
  (t, k) => [
    k.index('notice_unit', t.unitId, t.publishedAt),
    k.index('notice_path', t.unitPath, t.publishedAt),
    k.index('notice_published', t.publishedAt),
    k.index('notice_instance', t.instanceKey),
  ],
)
