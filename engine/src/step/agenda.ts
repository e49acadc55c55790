import type { Taken } from '../element/element.ts'
import type { Variables } from '../record/json.ts'
import type { Key } from '../record/record.ts'
import type { Run } from './run.ts'

/** What follows at an element instance that is there already. */
export type Following =
  | { readonly go: 'enter'; readonly key: Key }
  | { readonly go: 'leave'; readonly key: Key }
  | {
      readonly go: 'complete'
      readonly key: Key
      /** What the element produced. */
      readonly variables: Variables
      /** Flows to take; null for all outgoing. */
      readonly take: readonly Taken[] | null
    }
  /** A part of this scope has ended: it may be done. */
  | { readonly go: 'endScope'; readonly key: Key }
  /** A conditional subscription is looked at. */
  | { readonly go: 'look'; readonly key: Key }

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

  /** Does all that follows. */
  work(run: Run, follow: (run: Run, following: Following) => void): void {
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

/** Lets an element instance be entered next. */
export function thenEnter(run: Run, key: Key): void {
  run.agenda.add({ go: 'enter', key })
}

/** Lets an element whose outcome is told be left next. */
export function thenLeave(run: Run, key: Key): void {
  run.agenda.add({ go: 'leave', key })
}

/** Lets an element complete next, with what it produced. */
export function thenComplete(run: Run, key: Key, variables: Variables, take: readonly Taken[] | null = null): void {
  run.agenda.add({ go: 'complete', key, variables, take })
}

/** Lets a scope end next, should nothing be left in it by then. */
export function thenEndScope(run: Run, key: Key): void {
  run.agenda.add({ go: 'endScope', key })
}

/** Lets a condition be looked at next. */
export function thenLook(run: Run, key: Key): void {
  run.agenda.add({ go: 'look', key })
}
