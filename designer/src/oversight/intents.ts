import { ApiProblem, newKey } from '../api/http.ts'

/** The idempotency key of what a person wants: the same as long as he wants the same, so that a lost answer is no second act. */
export class Intents {
  #last = { wanted: '', key: '' }

  /** @param wanted all that makes it another act when it is changed */
  of(wanted: string): string {
    if (this.#last.key === '' || this.#last.wanted !== wanted) this.#last = { wanted, key: newKey() }
    return this.#last.key
  }

  /** What is wanted next is another act, even if it looks the same. */
  forget(): void {
    this.#last = { wanted: '', key: '' }
  }
}

/** Whether the server has said no for good: not when it was not heard, nor when it could not do it for now. */
export const isAnswer = (error: unknown): boolean => error instanceof ApiProblem && error.status < 500
