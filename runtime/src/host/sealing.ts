import { join } from 'node:path'
import type { Actor, Variables } from '@bihuan/engine'
import type { HashAlgorithm } from '../audit/algorithm.ts'
import { CheckpointFolder } from '../audit/checkpoint-file.ts'
import { KeyRing } from '../audit/key-ring.ts'
import { Sealer } from '../audit/sealer.ts'
import type { RowChange } from '../db/row-change.ts'
import type { Store } from '../db/store.ts'
import type { Clock } from './clock.ts'
import type { Writer } from './writer.ts'

/** How the trail of a host is sealed. */
export interface SealOptions {
  /** Data folder: private keys lie in `keys` in it, checkpoints are written beside the database. */
  readonly folder: string
  /** A second folder that checkpoints are copied to, outside this machine; null for none. */
  readonly copyTo: string | null
}

/** Folder of the private keys in a data folder. */
export const keyFolder = (dataFolder: string): string => join(dataFolder, 'keys')

const actor: Actor = { type: 'system', id: 'sealer' }

/** The sealer of a host, told of every row of the trail that its writer has written. */
export function createSealer({
  store,
  clock,
  writer,
  algorithm,
  options,
  pause,
  record,
  report,
}: {
  readonly store: Store
  readonly clock: Clock
  readonly writer: Writer
  readonly algorithm: HashAlgorithm
  readonly options: SealOptions
  readonly pause: number
  readonly record: (kind: string, actor: Actor, value: Variables, changes: readonly RowChange[]) => Promise<void>
  readonly report: (what: string, error: unknown) => void
}): Sealer {
  const folders = options.copyTo === null ? [options.folder] : [options.folder, options.copyTo]
  const sealer = new Sealer({
    store,
    clock,
    algorithm,
    keys: new KeyRing(store, keyFolder(options.folder)),
    write: (unit) => writer.write(unit),
    record: (kind, value, changes) => record(kind, actor, value, changes),
    pause,
    folders: folders.map((folder) => new CheckpointFolder(store, folder)),
    report,
  })
  writer.onTrailRow((stream) => sealer.note(stream))
  return sealer
}
