import { betweens } from '../src/testing/index.ts'
import { type Case, tell } from './story.ts'

/** What a debugger asks for may make scripts of text; what a task of the page does may not. */
const asPage = <T>(work: () => T): Promise<Awaited<T>> =>
  new Promise<void>((go) => setTimeout(go)).then(work) as Promise<Awaited<T>>

Object.assign(globalThis, {
  /** Tells a story in the browser, on the host that saves and loads after every command. */
  tellHere: (given: Case) => asPage(async () => (await tell(given, betweens['save-load'])).text),
  /** Whether the page may make a function of text. */
  mayMakeFunctions: () =>
    asPage(() => {
      try {
        return new Function('return true')() as boolean
      } catch {
        return false
      }
    }),
})
