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
