import type { DraftSummary } from '../db/schema/package-draft.ts'
import { knownBeside } from '../host/deployed.ts'
import type { Host } from '../host/host.ts'
import { textsOf } from '../host/package-state.ts'
import { JudgingChild } from './judging-child.ts'

/**
 * Summaries of drafts, kept with them: judged once for a state of the files, in a process of their own, in the quiet
 * after a saving or when a list asks.
 */
export class Summaries {
  readonly #host: Host
  readonly #quiet: number
  readonly #patience: number
  readonly #child: JudgingChild
  readonly #waiting = new Map<string, NodeJS.Timeout>()
  readonly #underway = new Map<string, Promise<DraftSummary | null>>()
  /** States of drafts that could not be judged: they are not tried again until they change. */
  readonly #hopeless = new Map<string, number>()

  /**
   * @param quiet milliseconds without a saving before a draft is judged
   * @param patience milliseconds somebody waits who asks for one
   */
  constructor(host: Host, { quiet = 2_000, patience = 3_000, child = new JudgingChild() } = {}) {
    this.#host = host
    this.#quiet = quiet
    this.#patience = patience
    this.#child = child
  }

  /** Has a draft judged once nobody has saved it for a while. Faults are told when somebody asks. */
  later(packageId: string): void {
    clearTimeout(this.#waiting.get(packageId))
    const timer = setTimeout(() => {
      this.#waiting.delete(packageId)
      this.#judging(packageId).catch(() => {})
    }, this.#quiet)
    timer.unref()
    this.#waiting.set(packageId, timer)
  }

  /** Summaries of drafts as they are now, by package; those that take longer than one waits for are absent. */
  async of(packageIds: readonly string[]): Promise<ReadonlyMap<string, DraftSummary>> {
    const found = new Map<string, DraftSummary>()
    const all = Promise.all(
      packageIds.map(async (id) => {
        const summary = await this.#judging(id)
        if (summary) found.set(id, summary)
      }),
    )
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#patience)
      timer.unref()
    })
    await Promise.race([all, patience])
    clearTimeout(timer)
    // What fails after the patience has ended is told to who asks next.
    all.catch(() => {})
    return new Map(found)
  }

  close(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer)
    this.#child.close()
  }

  /** One judging of a package at a time, whoever asks. */
  #judging(packageId: string): Promise<DraftSummary | null> {
    const known = this.#underway.get(packageId)
    if (known) return known
    const mine = this.#judge(packageId).finally(() => this.#underway.delete(packageId))
    this.#underway.set(packageId, mine)
    return mine
  }

  async #judge(packageId: string): Promise<DraftSummary | null> {
    const state = await this.#host.packages.read(packageId)
    const draft = state?.draft
    if (!state || !draft) return null
    if (draft.summary && draft.summaryOf === draft.changes) return draft.summary
    if (this.#hopeless.get(packageId) === draft.changes) return null
    const known = await knownBeside(this.#host.store, packageId)
    const summary = await this.#child.summarise(textsOf(state.files), known)
    if (summary) await this.#host.packages.keepSummary(packageId, draft.changes, summary)
    else this.#hopeless.set(packageId, draft.changes)
    return summary
  }
}
