import { existsSync } from 'node:fs'
import { chmod, mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asc, desc } from 'drizzle-orm'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { newPrivateKey, type SignatureAlgorithm, type Signer, signerOf } from './signing.ts'
import { digestOfBody, type KeyReason, type KeyStatement, type KnownKey, keyBody, readKeys } from './statement.ts'

/** The private key that should sign is not to be had. */
export class KeyUnavailable extends Error {
  constructor(keyId: string, folder: string) {
    super(
      `Expected the private key ${keyId} in ${folder}, but it is not there. Put it back, or make the next one with "bihuan key lost".`,
    )
    this.name = 'KeyUnavailable'
  }
}

const fileOf = (keyId: string): string => `${keyId.replace(':', '-').slice(0, 40)}.pem`

/**
 * The keys checkpoints are signed with: statements in the database, where everybody may read them, private keys in a
 * folder that only the owner of the server may read.
 */
export class KeyRing {
  readonly #store: Store
  readonly #folder: string

  constructor(store: Store, folder: string) {
    this.#store = store
    this.#folder = folder
  }

  /** All keys, oldest first. Throws when the history does not hold: somebody has changed it. */
  async keys(): Promise<readonly KnownKey[]> {
    const { signingKey } = this.#store.tables
    const found = readKeys(await this.#store.read.select().from(signingKey).orderBy(asc(signingKey.number)))
    if (!found.ok)
      throw new Error(`Expected the history of signing keys to hold, but statement ${found.number} does not`)
    return found.keys
  }

  /** The signer of the key in force. Throws `KeyUnavailable`. */
  async signer(key: KeyStatement): Promise<Signer> {
    const path = join(this.#folder, fileOf(key.keyId))
    if (!existsSync(path)) throw new KeyUnavailable(key.keyId, this.#folder)
    const signer = signerOf(await readFile(path, 'utf8'))
    if (signer.keyId !== key.keyId) throw new KeyUnavailable(key.keyId, this.#folder)
    return signer
  }

  /**
   * Makes the next key: its private part is on disk when this resolves, its statement is to be written by the caller.
   * A key that follows by plan is signed by the one before, too. Throws `KeyUnavailable` when that one is not there.
   */
  async next(algorithm: SignatureAlgorithm, reason: KeyReason, at: number): Promise<Row<'signingKey'>> {
    const { checkpoint } = this.#store.tables
    const before = (await this.keys()).at(-1)
    const former = before && reason === 'rotated' ? await this.signer(before) : null
    const pem = newPrivateKey(algorithm)
    const signer = signerOf(pem)
    await this.#keep(signer.keyId, pem)
    const [last] = await this.#store.read.select().from(checkpoint).orderBy(desc(checkpoint.number)).limit(1)
    const { signingKey } = this.#store.tables
    const [previous] = await this.#store.read.select().from(signingKey).orderBy(desc(signingKey.number)).limit(1)
    const body = keyBody({
      origin: before?.origin ?? signer.keyId.split(':')[1]!,
      number: (before?.number ?? 0) + 1,
      keyId: signer.keyId,
      publicKey: signer.publicKey,
      reason,
      after: last?.number ?? 0,
      last: last ? digestOfBody(last.body) : null,
      at,
      previous: previous ? digestOfBody(previous.body) : null,
    })
    return {
      number: (before?.number ?? 0) + 1,
      keyId: signer.keyId,
      at,
      body,
      signature: signer.sign(body),
      previousSignature: former?.sign(body) ?? null,
    }
  }

  async #keep(keyId: string, pem: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    await chmod(this.#folder, 0o700)
    const file = await open(join(this.#folder, fileOf(keyId)), 'wx', 0o600)
    try {
      await file.writeFile(pem)
      await file.sync()
    } finally {
      await file.close()
    }
    const directory = await open(this.#folder, 'r')
    try {
      await directory.sync()
    } finally {
      await directory.close()
    }
  }
}
