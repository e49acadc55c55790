import { createHash } from 'node:crypto'
import { Rejection } from '@bihuan/engine'
import { eq, inArray } from 'drizzle-orm'
import { zipSync } from 'fflate'
import { readHeads, readRecords, readTexts, type TrailRecord } from '../audit/chain.ts'
import { Prover, signedKeys } from '../audit/proof.ts'
import { readStream } from '../audit/stream-rows.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import type { FileStore } from '../file/file-store.ts'
import { filesIn } from '../file/reference.ts'
import { Redactions } from '../projection/redaction.ts'

/** What a package of a case is called in its manifest; a package of another format is another name. */
export const CASE_PACKAGE = 'bihuan.case.1'

/** What a package is made from. */
export interface CasePackageRequest {
  readonly store: Pick<Store, 'read' | 'tables'>
  readonly files: Pick<FileStore, 'findAll' | 'read'>
  /** Key of the process instance. */
  readonly key: number
  readonly now: number
  /** Records that are left out, with their digests alone left in; none when absent. */
  readonly withhold?: (record: TrailRecord) => boolean
  /** Proofs are made against the newest checkpoints up to this number, such as somebody has kept. */
  readonly against?: number
}

/** What erasures left of a record whose line is empty: not proven by its digest, and there for reading alone. */
export interface LeftRecord extends TrailRecord {
  readonly sequence: number
  readonly index: number
}

/** The file of a package that says what erasures left; absent where nothing was erased. */
export const LEFT = 'left.json'

/** A row as it stands in `case.json`. */
export interface PackedRow extends Omit<Row<'trail'>, 'stream'> {
  /** Lines of the payload, salt and JSON; null where erased or withheld. */
  readonly records: readonly (string | null)[]
}

/**
 * The archive package of one case, a zip: its rows of the trail with what they say, the files its answers name, the
 * drawings, forms and decisions it went by, proofs that every row is in a signed checkpoint, and the history of the keys.
 * Throws `NOT_FOUND`, `RecordsDamaged`.
 */
export async function makeCasePackage(request: CasePackageRequest): Promise<Uint8Array<ArrayBuffer>> {
  const { store, key, now } = request
  const stream = Math.floor(key / 2 ** 20)
  const { instance, rows, left, values } = await caseOf(request, stream)
  const text = new Map<string, string>([
    ['case.json', JSON.stringify({ stream, rows })],
    ['history.json', JSON.stringify(historyOf(rows), null, 1)],
    ['proof.json', JSON.stringify(await proofOf(request, stream, rows), null, 1)],
    ...(left.length > 0 ? [[LEFT, JSON.stringify(left)] as const] : []),
    ...(await modelsOf(store, values)),
  ])
  const bytes = new Map<string, Uint8Array>([...text].map(([name, content]) => [name, Buffer.from(content)]))
  for (const [name, content] of await attachmentsOf(request, values)) bytes.set(name, content)
  const about = {
    format: CASE_PACKAGE,
    made: new Date(now).toISOString(),
    case: {
      key: String(key),
      number: instance.number,
      processId: instance.processId,
      processName: instance.processName,
      version: instance.version,
      unit: instance.unitName,
      state: instance.state,
      startedAt: new Date(instance.startedAt).toISOString(),
      endedAt: instance.endedAt === null ? null : new Date(instance.endedAt).toISOString(),
    },
  }
  return zipOf(about, bytes)
}

/**
 * A case and its rows. It may go on, or be moved, between two looks: it is looked at on both sides of its rows, until they
 * are of the state that is said. Throws `NOT_FOUND`.
 */
async function caseOf(request: CasePackageRequest, stream: number) {
  for (let before = await instanceOf(request); ; ) {
    const found = await rowsOf(request, stream)
    const instance = await instanceOf(request)
    if (instance.state === before.state && instance.endedAt === before.endedAt) return { instance, ...found }
    before = instance
  }
}

async function instanceOf({ store, key }: CasePackageRequest): Promise<Row<'processInstance'>> {
  const { processInstance } = store.tables
  const [instance] = await store.read.select().from(processInstance).where(eq(processInstance.key, key))
  if (!instance) throw new Rejection('NOT_FOUND')
  return instance
}

/** A package of these files, by their names; its manifest says what `about` says and the digest of each. */
export function zipOf(about: object, bytes: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const manifest = {
    ...about,
    files: Object.fromEntries([...bytes].map(([name, content]) => [name, sha256(content)])),
  }
  const entries = [...bytes].map(([name, content]) => [name, [content, { level: name.startsWith('files/') ? 0 : 6 }]])
  const first = ['manifest.json', [Buffer.from(JSON.stringify(manifest, null, 1)), { level: 6 }]]
  return zipSync(Object.fromEntries([first, ...entries])) as Uint8Array<ArrayBuffer>
}

const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')

/** The rows of a stream as they are packed, what erasures left of them, and the values of all that is in the package. */
async function rowsOf({ store, withhold }: CasePackageRequest, stream: number) {
  const found = await readStream(store, stream)
  const redactions = await Redactions.read(store, stream)
  const rows: PackedRow[] = []
  const left: LeftRecord[] = []
  const values: unknown[] = []
  for (const { row, records: lines } of found) {
    const said = readRecords(row.heads, lines)
    for (const [index, record] of redactions.fill(row, readHeads(row.heads) ?? [], said).entries()) {
      if (record === null || said[index] !== null || withhold?.(record)) continue
      values.push(record.value)
      left.push({ sequence: row.sequence, index, ...record })
    }
    const texts = readTexts(lines) ?? []
    const records = said.map((record, i) => {
      const entry = texts[i]
      if (record === null || !entry || withhold?.(record)) return null
      values.push(record.value)
      return entry.salt + entry.text
    })
    const { stream: _, ...columns } = row
    rows.push({ ...columns, records })
  }
  return { rows, left, values }
}

/** The records as people read them, null where erased or withheld. It follows from the rows, and the verifier checks that. */
export function historyOf(rows: readonly PackedRow[]) {
  return rows.map(({ sequence, at, actorType, actorId, heads, records }) => ({
    sequence,
    at: new Date(at).toISOString(),
    actor: `${actorType} ${actorId}`,
    records: (readHeads(heads) ?? []).map(([kind, key], i) => ({
      kind,
      key,
      value: records[i] ? JSON.parse(records[i].slice(32)) : null,
    })),
  }))
}

async function proofOf({ store, against }: CasePackageRequest, stream: number, rows: readonly PackedRow[]) {
  const prover = new Prover(store, against)
  const proofs: object[] = []
  for (const { sequence } of rows) {
    const proof = await prover.inclusion(stream, sequence)
    if (!proof) continue
    const { tree, index, size, path } = proof
    proofs.push({ sequence, tree, index, size, path })
  }
  const checkpoints = prover.checkpoints.map(({ body, signature }) => ({ body, signature }))
  return { checkpoints, keys: await signedKeys(store), rows: proofs }
}

/** Bytes of the files that the values name; one that was erased is not there. */
async function attachmentsOf({ files }: CasePackageRequest, values: readonly unknown[]) {
  const ids = new Set(values.flatMap((value) => filesIn(value as never).map(({ id }) => id)))
  const found = new Map<string, Uint8Array>()
  for (const row of await files.findAll([...ids])) {
    const content = await files.read(row)
    if (content) found.set(`files/${row.id}/${row.name}`, new Uint8Array(await new Response(content).arrayBuffer()))
  }
  return found
}

/** What the case went by: drawings, decisions and forms whose keys its records name. */
async function modelsOf({ read, tables }: CasePackageRequest['store'], values: readonly unknown[]) {
  const { processDefinition, decision, form } = tables
  const definitions = keysIn(values, 'definitionKey')
  const decisions = keysIn(values, 'decisionKey')
  const forms = keysIn(values, 'formKey')
  const found = new Map<string, string>()
  const name = (folder: string, id: string, version: number, ending: string) =>
    `${folder}/${id.replace(/[^\w.-]/g, '_')}-${version}.${ending}`
  if (definitions.length > 0)
    for (const row of await read.select().from(processDefinition).where(inArray(processDefinition.key, definitions)))
      found.set(name('processes', row.processId, row.version, 'bpmn'), row.xml)
  if (decisions.length > 0)
    for (const row of await read.select().from(decision).where(inArray(decision.key, decisions)))
      found.set(name('decisions', row.decisionId, row.version, 'dmn'), row.xml)
  if (forms.length > 0)
    for (const row of await read.select().from(form).where(inArray(form.key, forms)))
      found.set(name('forms', row.formId, row.version, 'form'), JSON.stringify(row.schema))
  return found
}

/** Keys that values hold under a name, once each. */
function keysIn(values: readonly unknown[], name: string): number[] {
  const keys = new Set<number>()
  const open: unknown[] = [...values]
  while (open.length > 0) {
    const one = open.pop()
    if (one === null || typeof one !== 'object') continue
    for (const [member, content] of Object.entries(one)) {
      if (member === name && Number.isSafeInteger(content)) keys.add(content as number)
      open.push(content)
    }
  }
  return [...keys]
}
