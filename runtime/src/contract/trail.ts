import { type Static, Type } from 'typebox'

/** Shapes of `/api/trail`: what an auditor reads and hands to outsiders. Bodies are the exact texts that are signed. */
const Signed = { body: Type.String(), signature: Type.String() }
const Path = Type.Array(Type.String())
const Time = Type.String({ format: 'date-time' })
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(shape: T) => Type.Union([shape, Type.Null()])
const ActorType = Type.Union([Type.Literal('person'), Type.Literal('client'), Type.Literal('system')])

export const KeptCheckpoint = Type.Object({ number: Type.Integer(), ...Signed })

/** Checkpoints, oldest first, with the statements of all keys. `next`: what to ask for with `after`; null at the end. */
export const CheckpointList = Type.Object({
  items: Type.Array(KeptCheckpoint),
  keys: Type.Array(Type.Object({ ...Signed, previousSignature: Nullable(Type.String()) })),
  next: Nullable(Type.Integer()),
})
export type CheckpointList = Static<typeof CheckpointList>

/** The columns that a row's hash is made of (docs/trail.md); `heads` is the exact text. */
const HashedRow = Type.Object({
  position: Type.Integer(),
  /** Milliseconds since 1970-01-01T00:00Z. */
  at: Type.Integer(),
  actorType: ActorType,
  actorId: Type.String(),
  requestId: Type.String(),
  kind: Type.String(),
  heads: Type.String(),
  previousHash: Type.String(),
})

/** A row of the trail is a leaf of the tree of a checkpoint (RFC 9162 §2.1.3). `row`: null once its case is archived. */
export const InclusionProof = Type.Object({
  stream: Type.Integer(),
  sequence: Type.Integer(),
  hash: Type.String(),
  row: Nullable(HashedRow),
  tree: Type.Integer(),
  index: Type.Integer(),
  size: Type.Integer(),
  path: Path,
  checkpoint: KeptCheckpoint,
})
export type InclusionProof = Static<typeof InclusionProof>

/** A checkpoint is the beginning of a later one (RFC 9162 §2.1.4). */
export const ConsistencyProof = Type.Object({ first: KeptCheckpoint, second: KeptCheckpoint, path: Path })

/** Parts of the trail: the cases, and the five streams outside them. */
export const trailParts = ['cases', 'definitions', 'organisation', 'parameters', 'messages', 'security'] as const
export const TrailPart = Type.Enum([...trailParts])
export type TrailPart = Static<typeof TrailPart>

/** A row of the trail as the auditor reads it: who did what kind of thing when. Of a case he reads no content. */
export const AuditedRow = Type.Object({
  stream: Type.Integer(),
  sequence: Type.Integer(),
  at: Time,
  part: TrailPart,
  actor: Type.Object({ type: ActorType, id: Type.String(), name: Type.String() }),
  /** Kind of the command. */
  kind: Type.String(),
  /** Kinds of what followed from it, each once, in their order. */
  facts: Type.Array(Type.String()),
  /** The case whose row it is; null outside cases. */
  case: Nullable(
    Type.Object({
      key: Type.String(),
      number: Nullable(Type.String()),
      processName: Type.String(),
      unitName: Type.String(),
    }),
  ),
  /** What a row outside cases says: names where there are names. Empty for rows of cases and for what was erased. */
  says: Type.Record(Type.String(), Type.String()),
  hash: Type.String(),
  previousHash: Type.String(),
  /** The first checkpoint that proves it; null while none does. */
  checkpoint: Nullable(Type.Integer()),
})
export type AuditedRow = Static<typeof AuditedRow>

/**
 * Rows, the newest first. `next`: where to go on; null at the end. A bounded part of the trail is looked through for one
 * answer: a page may hold few rows, or none, and yet not be the last. Rows of cases at rest follow those of
 * all others, case by case; a damaged one has none here.
 */
export const AuditedRows = Type.Object({ items: Type.Array(AuditedRow), next: Nullable(Type.String()) })
export type AuditedRows = Static<typeof AuditedRows>

/** How far the trail is sealed. */
export const Sealing = Type.Object({
  /** The last checkpoint; null before the first. */
  last: Nullable(
    Type.Object({
      number: Type.Integer(),
      at: Time,
      /** The tree's algorithm, a colon, and its root in hex. */
      root: Type.String(),
      /** Algorithm and fingerprint of the key it is signed with. */
      keyId: Type.String(),
    }),
  ),
  /** Rows that checkpoints prove, those of archived cases among them. */
  sealed: Type.Integer(),
  /** Rows that wait for the next checkpoint. A row is counted a moment after it was written. */
  waiting: Type.Integer(),
  now: Time,
})
export type Sealing = Static<typeof Sealing>
