import type { Taken } from '../element/element.ts'
import type { Variables } from '../record/json.ts'
import type { Following, Key } from '../record/record.ts'

/**
 * Who starts something says here what follows instead of doing it: the step does it next, before it activates anything
 * further. So elements know nothing of what comes after them, and however deep scopes and calls are nested, the stack is
 * not. The order is that of calls: what a following asks for comes before what was asked for after it.
 */
export class Agenda {
  readonly #open: Following[] = []

  add(following: Following): void {
    this.#open.push(following)
  }

  /** Gives what follows, in order, without doing it. */
  take(): readonly Following[] {
    return this.#open.splice(0)
  }

  /** Does all that follows. */
  work<R>(run: R, follow: (run: R, following: Following) => void): void {
    const open = this.#open
    for (let before = 0; open.length > 0; ) {
      // What was asked for last is on top: turned round, the first is.
      if (open.length - before > 1) open.push(...open.splice(before).reverse())
      const following = open.pop() as Following
      before = open.length
      follow(run, following)
    }
  }
}

/** A step under way, as far as it is about what follows. */
interface UnderWay {
  readonly agenda: Agenda
}

/** Lets an element instance be entered next. */
export function thenEnter(run: UnderWay, key: Key): void {
  run.agenda.add({ go: 'enter', key })
}

/** Lets an element whose outcome is told be left next. */
export function thenLeave(run: UnderWay, key: Key): void {
  run.agenda.add({ go: 'leave', key })
}

/** Lets an element complete next, with what it produced. */
export function thenComplete(
  run: UnderWay,
  key: Key,
  variables: Variables,
  take: readonly Taken[] | null = null,
): void {
  run.agenda.add({ go: 'complete', key, variables, take })
}

/** Lets a scope end next, should nothing be left in it by then. */
export function thenEndScope(run: UnderWay, key: Key): void {
  run.agenda.add({ go: 'endScope', key })
}

/** Lets a condition be looked at next. */
export function thenLook(run: UnderWay, key: Key): void {
  run.agenda.add({ go: 'look', key })
}
