import type { Store } from './store.ts'

/** A prepared query: run with the values of its placeholders, gives its rows. */
export interface Prepared<R> {
  execute(values: { readonly [placeholder: string]: unknown }): Promise<R>
}

/**
 * Prepares a drizzle query once. PostgreSQL wants a name for it, which the other dialect takes no notice of.
 */
export function prepared<R>(name: string, query: PromiseLike<R>): Prepared<R> {
  return (query as unknown as { prepare(name: string): Prepared<R> }).prepare(name)
}

type Readable = Pick<Store, 'read' | 'tables' | 'version'>

/** Queries that are prepared at their first use on a store, and kept as long as it lives. */
export function ofStore<Q>(prepare: (store: Readable) => Q): (store: Readable) => Q {
  const known = new WeakMap<object, Q>()
  return (store) => {
    let queries = known.get(store)
    if (queries === undefined) {
      queries = prepare(store)
      known.set(store, queries)
    }
    return queries
  }
}
