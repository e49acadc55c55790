import { type ArchivalParts, archiveCase, removeArchivedRows } from './archival.ts'
import { eraseCase } from './erasure.ts'
import type { Gate } from './gate.ts'
import type { Host } from './host.ts'
import type { Instances } from './instances.ts'
import { streamOf } from './live-instance.ts'
import type { Resting } from './resting.ts'
import { Serial } from './serial.ts'

/**
 * What takes data of finished cases out of the database, or puts it elsewhere in it. Who erases or archives reads a whole
 * case before he writes: one at a time, and none that is at rest.
 */
export function createLeaving({
  gate,
  instances,
  resting,
  ...rest
}: Omit<ArchivalParts, 'forget'> & {
  readonly gate: Gate
  readonly instances: Instances
  readonly resting: Resting
}): Pick<Host, 'erase' | 'archive' | 'removeArchivedRows' | 'rest' | 'wake'> {
  const parts: ArchivalParts = { ...rest, forget: (stream) => instances.forget(stream) }
  const serial = new Serial()
  const awake = <T>(key: number, work: () => Promise<T>) =>
    gate.admit(() =>
      serial.do(async () => {
        await resting.wake(streamOf(key))
        return work()
      }),
    )
  return {
    erase: (request) => awake(request.key, () => eraseCase(parts, request)),
    archive: (request) => awake(request.key, () => archiveCase(parts, request)),
    removeArchivedRows: (key) => gate.pass(() => serial.do(() => removeArchivedRows(parts, key))),
    rest: (key) => gate.admit(() => resting.rest(key)),
    wake: (keys) =>
      gate.pass(async () => {
        for (const stream of new Set(keys.map(streamOf))) await resting.wake(stream)
      }),
  }
}
