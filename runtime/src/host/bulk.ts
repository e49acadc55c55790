import type { Actor } from '@bihuan/engine'
import { projectSystem, type SystemFactValues, systemFact } from '../projection/system.ts'
import type { Clock } from './clock.ts'
import { digestOf, isRepeatable, type Requests } from './requests.ts'
import type { Answer } from './submission.ts'
import type { SystemStream } from './system-stream.ts'
import { systemStreams } from './system-stream.ts'

/** An act upon many things, as somebody asks for it. */
export interface BulkAct {
  readonly act: SystemFactValues['bulk.begun']['act']
  readonly reason: string
  readonly actor: Actor
  readonly requestId: string
  /** What makes two requests of one id the same. */
  readonly asked: unknown
}

/** Acts upon many things at once: what each is about stands in the trail before the first thing is touched. */
export class Bulk {
  readonly #stream: SystemStream
  readonly #requests: Requests
  readonly #clock: Clock

  /** `stream` is that of the definitions. */
  constructor(given: { stream: SystemStream; requests: Requests; clock: Clock }) {
    this.#stream = given.stream
    this.#requests = given.requests
    this.#clock = given.clock
  }

  /**
   * Writes down what `choose` gives, and gives it. A repeat of the request gives the same: it would else find others where
   * those were, and touch these. Throws `IDEMPOTENCY_KEY_REUSED`.
   */
  async begin<P extends object>(given: BulkAct, choose: () => Promise<P>): Promise<P> {
    const { act, reason, actor, requestId, asked } = given
    const scope = systemStreams.definitions
    const digest = isRepeatable(requestId) ? digestOf(actor, act, asked, reason) : null
    const write = async (): Promise<Answer> => {
      const chosen = await choose()
      const circumstances = { at: this.#clock.now(), actor, requestId }
      const { facts, sequence } = await this.#stream.append(circumstances, (newKey, row) => {
        const made = [systemFact('bulk.begun', newKey(), { act, chosen })]
        return {
          command: { kind: `${act}.begin`, key: null, version: 1, value: { reason } },
          facts: made,
          changes: [
            ...projectSystem(made, circumstances),
            ...this.#requests.rows(scope, requestId, digest, { stream: scope, sequence: row, at: circumstances.at }),
          ],
        }
      })
      return { stream: scope, sequence, facts: facts as unknown as Answer['facts'] }
    }
    const { facts } = digest === null ? await write() : await this.#requests.once(scope, requestId, digest, write)
    const [begun] = facts as unknown as readonly { readonly value: SystemFactValues['bulk.begun'] }[]
    return begun!.value.chosen as P
  }
}
