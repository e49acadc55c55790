import type { StoredFile } from '@bihuan/runtime/contract'
import { fileAddress, uploadFile } from '../../../api/files.ts'
import { findPeople, findUnits } from '../../../api/pick.ts'
import type { BodyProps } from '../field-bridge.ts'
import type { Uploads } from '../uploads.ts'

/** A person or unit that a picker offers. */
export interface Pickable {
  readonly id: string
  readonly name: string
  readonly about: string
}

/** Where fields get what is not in the form: the server at work, something else in a trial run. */
export interface FieldSources {
  readonly people: (search: string, role: string | null, signal: AbortSignal) => Promise<readonly Pickable[]>
  readonly units: (search: string, level: string | null, signal: AbortSignal) => Promise<readonly Pickable[]>
  readonly upload: typeof uploadFile
  /** Where the bytes of a stored file are read. */
  readonly address: (file: StoredFile) => string
  /** Milliseconds since 1970: the server's clock where it is known. */
  readonly now: () => number
}

export const serverSources: FieldSources = {
  people: findPeople,
  units: async (search, level, signal) =>
    (await findUnits(search, level, signal)).map(({ id, name }) => ({ id, name, about: '' })),
  upload: uploadFile,
  address: (file) => fileAddress(file.id),
  now: () => Date.now(),
}

/** What fields may use beside their own value. */
export interface Surroundings {
  readonly uploads: Uploads
  readonly sources: FieldSources
  /** The value at a path of the form's data as it stands. Reactive. */
  readonly look: (path: readonly string[]) => unknown
}

/** What the bodies of our own fields get. */
export interface OwnBodyProps extends BodyProps {
  readonly around: Surroundings
}
