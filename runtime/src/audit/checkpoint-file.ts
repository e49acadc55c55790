import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { asc, eq, gt } from 'drizzle-orm'
import type { Store } from '../db/store.ts'
import { readCheckpoint } from './statement.ts'

export const CHECKPOINT_FILE = 'checkpoints.jsonl'
export const KEY_FILE = 'signing-keys.jsonl'
const PAGE = 1000
const TAIL = 4096

/** A copy of the checkpoints goes on where the database does not: that one is older, or was changed. */
export class CheckpointAhead extends Error {
  constructor(path: string, number: number) {
    super(
      `Expected checkpoint ${number} of ${path} to be in the database, but it is not: the database is an older one, or was changed. Keep the file, and let copies go to another folder.`,
    )
    this.name = 'CheckpointAhead'
  }
}

/**
 * A folder that holds every checkpoint as a line of `checkpoints.jsonl` and every key as one of `signing-keys.jsonl`:
 * beside the database, and where a copy is kept that nobody on this machine can change.
 */
export class CheckpointFolder {
  readonly #store: Store
  readonly #folder: string

  constructor(store: Store, folder: string) {
    this.#store = store
    this.#folder = folder
  }

  /**
   * Appends what is not in the folder yet; on disk when this resolves. Lines that are there are never changed. Throws
   * `CheckpointAhead` when the last of them is no checkpoint of the database: the keys are left as they are, too.
   */
  async bring(): Promise<void> {
    await mkdir(this.#folder, { recursive: true })
    const { checkpoint } = this.#store.tables
    const path = join(this.#folder, CHECKPOINT_FILE)
    // Looked up each time: where a share is mounted, another folder lies while it is away. What was cut off by a crash is
    // no line: it is ended, and its checkpoint written again.
    const found = await lastLine(path)
    let { number } = found
    if (found.body !== null) await this.#checkGoesOn(path, number, found.body)
    await this.#bringKeys()
    const file = await open(path, 'a', 0o644)
    try {
      if (!found.isWhole) await file.appendFile('\n')
      for (;;) {
        const page = await this.#store.read
          .select({ number: checkpoint.number, body: checkpoint.body, signature: checkpoint.signature })
          .from(checkpoint)
          .where(gt(checkpoint.number, number))
          .orderBy(asc(checkpoint.number))
          .limit(PAGE)
        if (page.length === 0) break
        await file.appendFile(page.map(({ body, signature }) => `${JSON.stringify({ body, signature })}\n`).join(''))
        number = page.at(-1)!.number
      }
      await file.sync()
    } finally {
      await file.close()
    }
  }

  async #checkGoesOn(path: string, number: number, body: string): Promise<void> {
    const { checkpoint } = this.#store.tables
    const [row] = await this.#store.read
      .select({ body: checkpoint.body })
      .from(checkpoint)
      .where(eq(checkpoint.number, number))
    if (row?.body !== body) throw new CheckpointAhead(path, number)
  }

  async #bringKeys(): Promise<void> {
    const { signingKey } = this.#store.tables
    const rows = await this.#store.read.select().from(signingKey).orderBy(asc(signingKey.number))
    const text = rows
      .map(({ body, signature, previousSignature }) => `${JSON.stringify({ body, signature, previousSignature })}\n`)
      .join('')
    const path = join(this.#folder, KEY_FILE)
    const file = await open(`${path}.new`, 'w', 0o644)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(`${path}.new`, path)
  }
}

interface LastLine {
  /** 0 without one. */
  readonly number: number
  readonly body: string | null
  /** Whether the file ends with it. */
  readonly isWhole: boolean
}

/** The last whole line of a file. */
async function lastLine(path: string): Promise<LastLine> {
  const file = await open(path, 'r').catch(() => null)
  if (!file) return { number: 0, body: null, isWhole: true }
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(TAIL), 0, TAIL, Math.max(0, size - TAIL))
    const text = buffer.toString('utf8', 0, bytesRead)
    const isWhole = text === '' || text.endsWith('\n')
    for (const line of text.split('\n').reverse()) {
      const body = bodyOf(line)
      const said = body === null ? null : readCheckpoint(body)
      if (said) return { number: said.number, body, isWhole }
    }
    return { number: 0, body: null, isWhole }
  } finally {
    await file.close()
  }
}

function bodyOf(line: string): string | null {
  try {
    const { body } = JSON.parse(line) as { body?: unknown }
    return typeof body === 'string' ? body : null
  } catch {
    return null
  }
}
