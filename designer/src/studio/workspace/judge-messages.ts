import type { PackageFiles, Problem } from '@bihuan/engine'

/** Forms and decisions of other packages that models may name. */
export interface Known {
  readonly forms: readonly string[]
  readonly decisions: readonly string[]
}

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
