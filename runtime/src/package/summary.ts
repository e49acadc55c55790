import { judgePackage, type PackageFiles } from '@bihuan/engine'
import type { DraftSummary } from '../db/schema/package-draft.ts'
import type { Store } from '../db/store.ts'
import { knownBeside } from '../host/deployed.ts'
import { stageNames } from '../host/deployment-facts.ts'
import { countSteps } from '../host/deployments.ts'
import type { Host } from '../host/host.ts'
import { textsOf } from '../host/package-state.ts'

/** What the list shows of files as they are, half-drawn ones too. */
export async function summarise(store: Store, packageId: string, files: PackageFiles): Promise<DraftSummary> {
  const judged = await judgePackage(files, await knownBeside(store, packageId))
  const count = (wanted: string) => judged.problems.filter(({ severity }) => severity === wanted).length
  return {
    name: judged.package?.name ?? null,
    description: judged.package?.description ?? null,
    department: judged.package?.department ?? null,
    stages: stageNames(judged),
    steps: await countSteps(files),
    errors: count('error'),
    warnings: count('warning'),
  }
}

/**
 * Summaries of drafts, kept with them: judged once for a state of the files, in the quiet after a saving or at the
 * latest when a list asks.
 */
export class Summaries {
  readonly #host: Host
  readonly #quiet: number
  readonly #waiting = new Map<string, NodeJS.Timeout>()
  #turn: Promise<unknown> = Promise.resolve()

  constructor(host: Host, quiet = 2_000) {
    this.#host = host
    this.#quiet = quiet
  }

  /** Has a draft judged once nobody has saved it for a while. Faults are told when somebody asks. */
  later(packageId: string): void {
    clearTimeout(this.#waiting.get(packageId))
    const timer = setTimeout(() => {
      this.#waiting.delete(packageId)
      this.of(packageId).catch(() => {})
    }, this.#quiet)
    timer.unref()
    this.#waiting.set(packageId, timer)
  }

  /** The summary of a draft as it is now; null when there is no package of this id. One is judged after the other. */
  of(packageId: string): Promise<DraftSummary | null> {
    const mine = this.#turn.then(() => this.#judge(packageId))
    this.#turn = mine.catch(() => {})
    return mine
  }

  async #judge(packageId: string): Promise<DraftSummary | null> {
    const state = await this.#host.packages.read(packageId)
    if (!state) return null
    const { draft } = state
    if (draft?.summary && draft.summaryOf === draft.changes) return draft.summary
    const summary = await summarise(this.#host.store, packageId, textsOf(state.files))
    if (draft) await this.#host.packages.keepSummary(packageId, draft.changes, summary)
    return summary
  }
}
