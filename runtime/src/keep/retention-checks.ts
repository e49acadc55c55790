import { createHash } from 'node:crypto'
import { and, eq, gt, inArray, sql } from 'drizzle-orm'
import { unzipSync } from 'fflate'
import { isSealed } from '../audit/proof.ts'
import { readCheckpoint } from '../audit/statement.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import type { FileStore } from '../file/file-store.ts'
import type { StreamMark } from '../host/archival.ts'
import { hasWork } from '../host/left-over.ts'
import { streamOf } from '../host/live-instance.ts'
import type { PackedRow } from './case-package.ts'
import { KeepError } from './keep-error.ts'

/** Bytes of files that one package may have: it is made in memory. */
const MOST_BYTES = 256 * 1024 * 1024
/** Ids in one question to the database. */
const PAGE = 500

/** A case that stays where it is, and why. No personal data. */
export class Unfit extends KeepError {
  constructor(key: number, why: string) {
    super(`Expected the package of case ${key} to be whole, but ${why}. The case stays as it is.`)
    this.name = 'Unfit'
  }
}

/** What keeps a case that is old enough: work of the house is left, a notice is still open, rows are not sealed, files are too large. */
export type WhyNotYet = 'working' | 'noticeOpen' | 'unsealed' | 'tooLarge'

/** What keeps a finished case from being moved now; null when nothing does. */
export async function whyNotYet(
  store: Store,
  { key }: Pick<Row<'processInstance'>, 'key'>,
  now: number,
): Promise<WhyNotYet | null> {
  const { notice } = store.tables
  const stream = streamOf(key)
  if (await hasWork(store, stream)) return 'working'
  const open = await store.read
    .select({ key: notice.key })
    .from(notice)
    .where(and(eq(notice.instanceKey, key), gt(notice.until, now)))
    .limit(1)
  if (open.length > 0) return 'noticeOpen'
  if (!(await isSealed(store, stream))) return 'unsealed'
  return (await bytesOf(store, key)) > MOST_BYTES ? 'tooLarge' : null
}

async function bytesOf({ read, tables: { caseFile, file } }: Store, key: number): Promise<number> {
  const files = read.select({ id: caseFile.fileId }).from(caseFile).where(eq(caseFile.instanceKey, key))
  const [sum] = await read
    .select({ bytes: sql<number | null>`sum(${file.size})` })
    .from(file)
    .where(inArray(file.id, files))
  return Number(sum?.bytes ?? 0)
}

/**
 * Looks at a package as it was read back: the verifier for outsiders finds that it holds, every row is in it and sealed,
 * and every file of the case is in it with its bytes. Throws `Unfit`.
 */
export async function checkPacked(
  store: Store,
  { key }: Pick<Row<'processInstance'>, 'key'>,
  content: Uint8Array,
  mark: StreamMark,
): Promise<void> {
  const refuse = (what: string) => {
    throw new Unfit(key, what)
  }
  const { verifyPackage, say } = await import('../../verifier/verify-bihuan.mjs')
  const entries = unzipSync(content)
  const checkpoints = await ownCheckpoints(store, entries)
  const found = await verifyPackage(content, { checkpoints })
  if (!found.holds) refuse(say(found, 1).join(' '))
  if (found.notes.find(({ code }) => code === 'rows')?.open !== 0) refuse('rows of it are not sealed')
  const { rows } = read(entries, 'case.json') as { rows: readonly PackedRow[] }
  if (rows.length !== mark.rows || rows.at(-1)?.hash !== mark.hash) refuse('rows of it are missing')
  const { caseFile, file } = store.tables
  const files = await store.read
    .selectDistinct({ id: file.id, digest: file.digest })
    .from(file)
    .innerJoin(caseFile, eq(caseFile.fileId, file.id))
    .where(eq(caseFile.instanceKey, key))
  const packed = new Map(
    Object.entries(entries).flatMap(([name, bytes]) => {
      const id = /^files\/([^/]+)\//.exec(name)?.[1]
      return id === undefined ? [] : [[id, createHash('sha256').update(bytes).digest('hex')] as const]
    }),
  )
  for (const { id, digest } of files) if (packed.get(id) !== digest) refuse(`file ${id} is not in it`)
}

function read(entries: { readonly [name: string]: Uint8Array }, name: string): unknown {
  return JSON.parse(Buffer.from(entries[name] ?? new Uint8Array()).toString('utf8'))
}

/** The bodies of the checkpoints that a package names, as the database has them: they are compared word by word. */
async function ownCheckpoints(store: Store, entries: { readonly [name: string]: Uint8Array }): Promise<string[]> {
  const { checkpoint } = store.tables
  const { checkpoints } = read(entries, 'proof.json') as { checkpoints: readonly { readonly body: string }[] }
  const numbers = checkpoints.flatMap(({ body }) => readCheckpoint(body)?.number ?? [])
  if (numbers.length === 0) return []
  const rows = await store.read
    .select({ body: checkpoint.body })
    .from(checkpoint)
    .where(inArray(checkpoint.number, numbers))
  return rows.map(({ body }) => body)
}

/** Removes files of an archived case that no case and no draft of who uploaded them names. */
export async function dropUnnamed(store: Store, files: FileStore, ids: readonly string[]): Promise<void> {
  const { caseFile } = store.tables
  for (let at = 0; at < ids.length; at += PAGE) {
    const some = ids.slice(at, at + PAGE)
    const named = await store.read
      .selectDistinct({ id: caseFile.fileId })
      .from(caseFile)
      .where(inArray(caseFile.fileId, some))
    const used = new Set(named.map(({ id }) => id))
    const unused = some.filter((id) => !used.has(id))
    for (const row of await files.findAll(unused)) if (!(await isInDraft(store, row))) await files.drop(row)
  }
}

/** Whether who uploaded a file is about to hand it in once more. */
async function isInDraft({ read, tables: { draft } }: Store, { id, uploadedBy }: Row<'file'>): Promise<boolean> {
  const rows = await read
    .select({ about: draft.about })
    .from(draft)
    .where(and(eq(draft.personId, uploadedBy), sql`${draft.answers} like ${`%${id}%`}`))
    .limit(1)
  return rows.length > 0
}
