import type { KnownResources, PackageFiles, Problem } from '@bihuan/engine'

/** What stands beside the package: what its models may name, and what they may not take. */
export type Known = KnownResources

/** What the page asks of the worker. */
export interface JudgeQuestion {
  readonly turn: number
  readonly files: PackageFiles
  readonly known: Known
}

/** What the worker answers; no problems means that judging itself failed. */
export interface JudgeAnswer {
  readonly turn: number
  readonly problems: readonly Problem[] | null
}
