import { Caller } from './caller.ts'
import { actAsClient } from './client-work.ts'
import { History } from './history.ts'
import { type Field, Known, type Worker } from './operation.ts'
import { actAsPerson } from './person-work.ts'
import { Place } from './place.ts'
import type { Random } from './random.ts'
import type { Town } from './town.ts'

const WORKERS_A_CLIENT = 4

/** Mixed load of several clients and people, at once and without a pause, on whatever server there is. */
export class Load {
  readonly history = new History()
  readonly place = new Place()
  readonly caller = new Caller(this.place, this.history)
  readonly #known = new Known()
  readonly #workers: Worker[] = []
  #isOn = false
  #running: Promise<void>[] = []

  /** Gets the workers ready: people sign in, once for all servers to come. The first may be refusing for now. */
  async ready(town: Town, random: Random): Promise<void> {
    for (const [i, sender] of town.clients.entries())
      for (let j = 0; j < WORKERS_A_CLIENT; j += 1)
        this.#workers.push({ name: `c${i}${j}`, sender, isPerson: false, random: random.branch(), count: 0 })
    for (const [i, one] of town.people.entries()) {
      const sender = await this.caller.signIn(one)
      this.#workers.push({ name: `p${i}`, sender, isPerson: true, random: random.branch(), count: 0 })
    }
  }

  /** The workers begin, or go on. */
  start(): void {
    this.#isOn = true
    const field: Field = { caller: this.caller, history: this.history, known: this.#known }
    this.#running = this.#workers.map(async (worker) => {
      const act = worker.isPerson ? actAsPerson : actAsClient
      while (this.#isOn) await act(field, worker)
    })
  }

  /** No new request is begun; resolves when every one that was has its answer, which takes a server that answers. */
  async stop(): Promise<void> {
    this.#isOn = false
    await Promise.all(this.#running)
  }
}
