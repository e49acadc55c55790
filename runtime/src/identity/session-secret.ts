import { randomBytes } from 'node:crypto'
import { chmod, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'

/** Signs of a secret, the least: of a file that a crash has cut off there are fewer. */
const LEAST = 32

/**
 * Signs session cookies; made once, kept beside the database, readable by its owner alone. One that is too short to keep
 * anybody out is made anew: then everybody signs in once more.
 */
export async function sessionSecret(folder: string): Promise<string> {
  const path = join(folder, 'session-secret')
  const kept = (await readFile(path, 'utf8').catch(noneYet)).trim()
  const secret = kept.length < LEAST ? await make(path) : kept
  await chmod(path, 0o600)
  return secret
}

/** Written under another name and synced: half of one never has its own. */
async function make(path: string): Promise<string> {
  const secret = randomBytes(48).toString('base64url')
  const partial = `${path}.new`
  const file = await open(partial, 'w', 0o600)
  try {
    await file.writeFile(secret)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(partial, path)
  return secret
}

function noneYet(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
  throw error
}
