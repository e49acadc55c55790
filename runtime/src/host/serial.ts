/** Does one thing after the other, in the order it was asked for. */
export class Serial {
  #last: Promise<unknown> = Promise.resolve()

  /** Does `work` when all that was asked for before has ended, well or not. */
  do<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work, work)
    this.#last = mine.catch(() => {})
    return mine
  }
}
