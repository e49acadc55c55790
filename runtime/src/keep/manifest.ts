import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { type Static, Type } from 'typebox'
import { KeepError } from './keep-error.ts'

const Count = Type.Integer({ minimum: 0 })
const Digest = Type.String({ pattern: '^[0-9a-f]{64}$' })
/** A path below the backup that cannot lead out of it. */
const Inside = Type.String({ pattern: '^(?!/)(?!(.*/)?\\.\\.(/|$))[^\\0\\\\]+$', maxLength: 1000 })
const Part = Type.Object({ path: Inside, bytes: Count, digest: Digest })

const Shape = Type.Object({
  format: Type.Literal('bihuan.backup.1'),
  /** Version of Bihuan that took it. */
  version: Type.String(),
  /** Everything acknowledged before this moment is in it (ISO 8601). */
  takenAt: Type.String(),
  database: Part,
  /** Rows of every table. */
  rows: Type.Record(Type.String(), Count),
  trail: Type.Object({
    streams: Count,
    rows: Count,
    erased: Count,
    /** SHA-256 over the heads of all streams. */
    head: Digest,
    /** Rows no checkpoint proves yet, and the newest checkpoint. */
    unsealed: Count,
    checkpoint: Type.Union([Type.Object({ number: Count, at: Type.Integer(), keyId: Type.String() }), Type.Null()]),
    /** Whether every chain and the seal held when it was taken; null when its tables are of an older version than the one that took it. */
    verified: Type.Union([Type.Boolean(), Type.Null()]),
  }),
  /** Uploaded files, each under its digest. */
  files: Type.Array(Type.Object({ digest: Digest, bytes: Count })),
  /** Files that the database names and the data folder no longer had whole. */
  lost: Type.Array(Digest),
  /** All else of the data folder: keys, checkpoints, the session secret. */
  others: Type.Array(Part),
  /** Whether private keys and secrets are among them. */
  secrets: Type.Boolean(),
})

/** What a backup says of itself; the last file that is written. */
export type Manifest = Static<typeof Shape>

export const MANIFEST = 'manifest.json'
export const DATABASE = 'bihuan.db'

const validate = new Ajv({ allErrors: false }).compile(Shape)

/** Reads the manifest of a backup. Throws `KeepError` when there is none, or it is none. */
export async function readManifest(folder: string): Promise<Manifest> {
  let text: string
  try {
    text = await readFile(join(folder, MANIFEST), 'utf8')
  } catch {
    throw new KeepError(`Expected a whole backup in ${folder}, but it has no ${MANIFEST}.`)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = null
  }
  if (!validate(value))
    throw new KeepError(`Expected ${MANIFEST} of ${folder} to describe a backup, but it cannot be read as one.`)
  return value as Manifest
}

/** Where an uploaded file lies, in a backup as in a data folder. */
export const filePath = (digest: string): string => join('files', digest.slice(0, 2), digest)
