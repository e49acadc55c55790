import { Rejection } from '@bihuan/engine'
import { eq } from 'drizzle-orm'
import { readKey } from '../../contract/wire.ts'
import type { Row } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'

/** The process instance a path names. Throws `NOT_FOUND`. */
export async function instanceOf(store: Store, text: string | undefined): Promise<Row<'processInstance'>> {
  const { processInstance: t } = store.tables
  const [row] = await store.read
    .select()
    .from(t)
    .where(eq(t.key, readKey(text)))
    .limit(1)
  if (!row) throw new Rejection('NOT_FOUND')
  return row
}
