import { desc, eq } from 'drizzle-orm'
import { readCheckpoint } from '../audit/statement.ts'
import type { Sealing } from '../contract/trail.ts'
import { time } from '../contract/wire.ts'
import type { Store } from '../db/store.ts'

/** How far the trail is sealed: the last checkpoint, and how many rows are proven and how many wait. */
export async function readSealing({ read, tables }: Store, now: number): Promise<Sealing> {
  const { checkpoint, leaf, merkleTree } = tables
  let [sealed, leaves] = [0, 0]
  // A tree for each change of the hash algorithm: few.
  for (const { tree } of await read.select({ tree: merkleTree.tree }).from(merkleTree)) {
    const [signed] = await read
      .select({ size: checkpoint.size })
      .from(checkpoint)
      .where(eq(checkpoint.tree, tree))
      .orderBy(desc(checkpoint.size))
      .limit(1)
    const [last] = await read
      .select({ number: leaf.number })
      .from(leaf)
      .where(eq(leaf.tree, tree))
      .orderBy(desc(leaf.number))
      .limit(1)
    sealed += signed?.size ?? 0
    leaves += last ? last.number + 1 : 0
  }
  const [last] = await read.select().from(checkpoint).orderBy(desc(checkpoint.number)).limit(1)
  const said = last && readCheckpoint(last.body)
  return {
    last: last
      ? {
          number: last.number,
          at: time(last.at),
          root: said ? `${said.algorithm}:${said.root}` : '',
          keyId: last.keyId,
        }
      : null,
    sealed,
    waiting: Math.max(0, leaves - sealed),
    now: time(now),
  }
}
