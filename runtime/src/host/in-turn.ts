/**
 * Does `work` for each item, one after the other. One that fails keeps it from none of the rest; when all are done the
 * first failure is thrown, so that whoever asked tries again.
 */
export async function inTurn<T>(
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const failures: unknown[] = []
  for await (const item of items)
    try {
      await work(item)
    } catch (error) {
      failures.push(error)
    }
  if (failures.length > 0) throw failures[0]
}
