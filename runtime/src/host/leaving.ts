import { type ArchivalParts, archiveCase, removeArchivedRows } from './archival.ts'
import { eraseCase } from './erasure.ts'
import type { Gate } from './gate.ts'
import type { Host } from './host.ts'
import type { Instances } from './instances.ts'
import { Serial } from './serial.ts'

/** What takes data of finished cases out of the database. Each reads a whole case before it writes: one at a time. */
export function createLeaving({
  gate,
  instances,
  ...rest
}: Omit<ArchivalParts, 'forget'> & { readonly gate: Gate; readonly instances: Instances }): Pick<
  Host,
  'erase' | 'archive' | 'removeArchivedRows'
> {
  const parts: ArchivalParts = { ...rest, forget: (stream) => instances.forget(stream) }
  const serial = new Serial()
  return {
    erase: (request) => gate.admit(() => serial.do(() => eraseCase(parts, request))),
    archive: (request) => gate.admit(() => serial.do(() => archiveCase(parts, request))),
    removeArchivedRows: (key) => gate.pass(() => serial.do(() => removeArchivedRows(parts, key))),
  }
}
