import { table } from '../columns.ts'

/**
 * The trail: one row a command with the heads of all its records, chained by hash within its stream. Rows are only
 * ever added; those of a case leave together, when it is put to rest or moved to an archive package. The primary key is the
 * lock of the stream.
 */
export const trail = table(
  'trail',
  (c) => ({
    stream: c.key('stream').notNull(),
    /** 1, 2, 3, … without a gap. */
    sequence: c.integer('sequence').notNull(),
    /** Position in the stream of the first record of this row (the command); its facts follow, and have it as source. */
    position: c.integer('position').notNull(),
    at: c.time('at').notNull(),
    actorType: c.text<'person' | 'client' | 'system'>('actor_type').notNull(),
    actorId: c.text('actor_id').notNull(),
    requestId: c.text('request_id').notNull(),
    /** Kind of the command. */
    kind: c.text('kind').notNull(),
    /** JSON array of `[kind, key, version, digest]`: the command first, then its facts. Kept as the exact text. */
    heads: c.text('heads').notNull(),
    previousHash: c.text('previous_hash').notNull(),
    hash: c.text('hash').notNull(),
  }),
  (t, k) => [k.primary(t.stream, t.sequence), k.index('trail_at', t.at), k.index('trail_actor', t.actorId, t.at)],
)
