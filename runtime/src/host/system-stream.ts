import { type Actor, type Key, Rejection } from '@bihuan/engine'
import { eq } from 'drizzle-orm'
import type { HashAlgorithm } from '../audit/algorithm.ts'
import { buildRow, emptyHead, type Head, type TrailRecord } from '../audit/chain.ts'
import { insert, type RowChange, upsert } from '../db/row-change.ts'
import type { Store } from '../db/store.ts'
import { FIRST_INSTANCE_STREAM } from '../projection/projection.ts'
import type { Writer } from './writer.ts'

export const systemStreams = { definitions: 1, organisation: 2, parameters: 3, messages: 4, security: 5 } as const

const KEYS = 2 ** 20
/** System streams have numbers below 8; each has every eighth block of keys below those of instances. */
const STREAMS = 8
const BLOCKS = FIRST_INSTANCE_STREAM / STREAMS
const TRIES = 5

/**
 * The key of a system stream for a count from 1 on: first those of its own block, `stream × 2^20 + count`, then those of
 * the blocks `stream + 8`, `stream + 16`, … up to 134 million. Throws above.
 */
export function systemKey(stream: number, count: number): Key {
  const block = Math.floor(count / KEYS)
  if (block >= BLOCKS) throw new Error(`Stream ${stream} has given out all its keys`)
  return (stream + block * STREAMS) * KEYS + (count % KEYS)
}

/** What is to be appended: the command, its facts, the rows they change. */
export interface Entry {
  readonly command: TrailRecord
  readonly facts: readonly TrailRecord[]
  readonly changes: readonly RowChange[]
}

export interface Circumstances {
  readonly at: number
  readonly actor: Actor
  readonly requestId: string
}

/** A stream outside cases: definitions, organisation, parameters, messages, security. The same trail, the same chain. */
export class SystemStream {
  readonly #stream: number
  readonly #store: Store
  readonly #writer: Writer
  readonly #hash: HashAlgorithm
  #owner = { failed: true }
  #head: Head = emptyHead
  #counter = 0

  constructor(stream: number, store: Store, writer: Writer, hash: HashAlgorithm = 'sha256') {
    this.#stream = stream
    this.#store = store
    this.#writer = writer
    this.#hash = hash
  }

  /**
   * Appends one row. `build` is given a maker of keys and the number of the row; it is called again when somebody else
   * has written the stream meanwhile. Answers after COMMIT with what `build` gave.
   */
  async append<E extends Entry>(
    circumstances: Circumstances,
    build: (newKey: () => number, sequence: number) => E,
  ): Promise<E & { readonly sequence: number }> {
    for (let attempt = 1; ; attempt += 1) {
      if (this.#owner.failed) await this.#load()
      const owner = this.#owner
      const newKey = () => {
        this.#counter += 1
        return systemKey(this.#stream, this.#counter)
      }
      const entry = build(newKey, this.#head.sequence + 1)
      const { trail, payload, head } = buildRow(
        this.#stream,
        this.#head,
        { ...entry.command, ...circumstances },
        entry.facts,
        this.#hash,
      )
      this.#head = head
      const result = await this.#writer.write({
        lock: insert('trail', trail),
        changes: [
          insert('payload', payload),
          upsert('stream', { stream: this.#stream, ...head, counter: this.#counter }),
          ...entry.changes,
        ],
        owner,
      })
      if (result.outcome === 'written') return { ...entry, sequence: head.sequence }
      if (result.outcome === 'failed') throw result.error
      if (attempt === TRIES) throw new Rejection('STATE_CONFLICT', { stream: this.#stream })
    }
  }

  #loading: Promise<void> | null = null

  async #load(): Promise<void> {
    this.#loading ??= this.#read().finally(() => {
      this.#loading = null
    })
    await this.#loading
  }

  async #read(): Promise<void> {
    await this.#writer.idle()
    const { stream } = this.#store.tables
    const [row] = await this.#store.read.select().from(stream).where(eq(stream.stream, this.#stream))
    this.#head = row ? { sequence: row.sequence, hash: row.hash, records: row.records } : emptyHead
    this.#counter = row?.counter ?? 0
    this.#owner = { failed: false }
  }
}
