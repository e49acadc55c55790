import type { Json, Variables } from '../record/json.ts'

/**
 * Where an expression finds its names. Scopes are walked lazily: only names that are read are looked up.
 * `undefined` means "no such name", which FEEL reads as null.
 */
export interface FeelContext {
  get(name: string): Json | undefined
}

/** A context over plain variables; own properties only, so `constructor` is no name. */
export function contextOf(variables: { readonly [name: string]: Json }): FeelContext {
  return { get: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined) }
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

/**
 * What evaluating gave. `inputs` are the names read, with their values: the "why" of a decision. A path read off a
 * context appears by its dotted name (`case.unit.level`), so that a whole context is not copied for one entry.
 */
export type Evaluation =
  | { readonly ok: true; readonly value: Json; readonly inputs: Variables }
  | { readonly ok: false; readonly message: string; readonly inputs: Variables }
