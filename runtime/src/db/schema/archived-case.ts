import { table } from '../columns.ts'

/**
 * Finished cases that were moved to archive packages: what they are found by, and what their packages are known by. It
 * follows from the stream of security, which says when each was moved. No title: that may hold personal data.
 */
export const archivedCase = table(
  'archived_case',
  (c) => ({
    /** Of the process instance. */
    key: c.key('key').primaryKey(),
    definitionKey: c.key('definition_key').notNull(),
    processId: c.text('process_id').notNull(),
    processName: c.text('process_name').notNull(),
    version: c.integer('version').notNull(),
    number: c.text('number'),
    unitId: c.text('unit_id').notNull(),
    unitName: c.text('unit_name').notNull(),
    unitLevel: c.text('unit_level').notNull(),
    unitPath: c.text('unit_path').notNull(),
    state: c.text<'completed' | 'terminated'>('state').notNull(),
    startedBy: c.text('started_by').notNull(),
    startedAt: c.time('started_at').notNull(),
    endedAt: c.time('ended_at').notNull(),
    archivedAt: c.time('archived_at').notNull(),
    /** Rows of the trail that it had, and the hash of the last. */
    rows: c.integer('rows').notNull(),
    hash: c.text('hash').notNull(),
    /** Places of the first and the last row in the Merkle trees: `tree` and number of the leaf. Rows of others lie between. */
    firstTree: c.integer('first_tree').notNull(),
    firstLeaf: c.integer('first_leaf').notNull(),
    lastTree: c.integer('last_tree').notNull(),
    lastLeaf: c.integer('last_leaf').notNull(),
    /** The package: its path in the folder of archives, bytes, SHA-256 (hex). */
    path: c.text('path').notNull(),
    bytes: c.integer('bytes').notNull(),
    digest: c.text('digest').notNull(),
    /** Ids of the files the case named. Those that nothing else names are removed after it. */
    files: c.json<readonly string[]>('files').notNull(),
  }),
  (t, k) => [
    k.index('archived_case_number', t.number),
    k.index('archived_case_ended', t.endedAt, t.key),
    k.index('archived_case_archived', t.archivedAt, t.key),
  ],
)

/** Who could see an archived case, and still may: people who had a part in it, and holders of a role in a unit. */
export const archivedReader = table(
  'archived_reader',
  (c) => ({
    instanceKey: c.key('instance_key').notNull(),
    /** `person:ID`, or `role:UNIT:ROLE`. */
    holder: c.text('holder').notNull(),
    /** Elements whose tasks he had, or was offered: what of the fields he sees follows from them. */
    steps: c.json<readonly string[]>('steps').notNull(),
  }),
  (t, k) => [k.primary(t.instanceKey, t.holder), k.index('archived_reader_holder', t.holder, t.instanceKey)],
)
