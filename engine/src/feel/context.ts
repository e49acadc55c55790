import { entryOf, type FeelObject, type FeelValue } from './value.ts'

/**
 * Where an expression finds its names. Scopes are walked lazily: only names that are read are looked up.
 * `undefined` means "no such name", which FEEL reads as null.
 */
export interface FeelContext {
  get(name: string): FeelValue | undefined
}

/** A context over plain variables; own properties only, so `constructor` is no name. */
export function contextOf(variables: FeelObject): FeelContext {
  return { get: (name) => entryOf(variables, name) }
}

/** A context that asks each of the given contexts in turn: inner scopes first. */
export function chainContexts(...contexts: readonly FeelContext[]): FeelContext {
  return {
    get(name) {
      for (const context of contexts) {
        const value = context.get(name)
        if (value !== undefined) return value
      }
      return undefined
    },
  }
}
