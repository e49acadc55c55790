import { Type } from 'typebox'

/** Shapes of `/api/trail`: what an auditor hands to outsiders. Bodies are the exact texts that are signed. */
const Signed = { body: Type.String(), signature: Type.String() }
const Path = Type.Array(Type.String())

export const KeptCheckpoint = Type.Object({ number: Type.Integer(), ...Signed })

/** Checkpoints, oldest first, with the statements of all keys. `next`: what to ask for with `after`; null at the end. */
export const CheckpointList = Type.Object({
  items: Type.Array(KeptCheckpoint),
  keys: Type.Array(Type.Object({ ...Signed, previousSignature: Type.Union([Type.String(), Type.Null()]) })),
  next: Type.Union([Type.Integer(), Type.Null()]),
})

/** A row of the trail is a leaf of the tree of a checkpoint (RFC 9162 §2.1.3). */
export const InclusionProof = Type.Object({
  stream: Type.Integer(),
  sequence: Type.Integer(),
  hash: Type.String(),
  tree: Type.Integer(),
  index: Type.Integer(),
  size: Type.Integer(),
  path: Path,
  checkpoint: KeptCheckpoint,
})

/** A checkpoint is the beginning of a later one (RFC 9162 §2.1.4). */
export const ConsistencyProof = Type.Object({ first: KeptCheckpoint, second: KeptCheckpoint, path: Path })
