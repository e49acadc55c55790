import type { JudgedPackage, Problem } from '@bihuan/engine'
import type { HashAlgorithm } from '../audit/algorithm.ts'
import type { Store } from '../db/store.ts'
import type { AdmissionLimits } from './admission.ts'
import type { Clock } from './clock.ts'
import type { OnPoint } from './kill-point.ts'
import type { Disk } from './room.ts'
import type { SealOptions } from './sealing.ts'

/** What a host is made of; `HostOptions` says what each is for. */
export interface HostParts {
  readonly store: Store
  readonly clock: Clock
  readonly liveLimit: number
  readonly liveBytes: number
  readonly rowsPerSnapshot: number
  readonly admission: AdmissionLimits
  /** Null watches none. */
  readonly disk: Disk | null
  readonly requestDays: number
  readonly steady: () => number
  readonly hash: HashAlgorithm
  readonly seal: SealOptions | null
  readonly poll: boolean
  readonly point: OnPoint
  readonly findings: (judged: JudgedPackage) => readonly Problem[]
  readonly report: (what: string, error: unknown) => void
}
