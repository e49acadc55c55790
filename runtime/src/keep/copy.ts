import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, mkdir, mkdtemp, open, readdir, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { explainDisk, KeepError } from './keep-error.ts'

/** What is known of a file's bytes. */
export interface Sum {
  readonly bytes: number
  /** SHA-256, hex. */
  readonly digest: string
}

/** Reads a file through. Throws `ENOENT`. */
export async function sumOf(path: string): Promise<Sum> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, digest: hash.digest('hex') }
}

/** Copies a file to one that is not there yet, synced and readable by its owner alone; says what it copied. */
export async function copyFile(from: string, to: string): Promise<Sum> {
  const source = await open(from, 'r')
  try {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    const target = await open(to, 'wx', 0o600)
    try {
      const hash = createHash('sha256')
      let bytes = 0
      for await (const chunk of source.createReadStream({ autoClose: false })) {
        hash.update(chunk)
        bytes += chunk.length
        await target.writeFile(chunk)
      }
      await target.sync()
      return { bytes, digest: hash.digest('hex') }
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

/** Gives a file a second name on the same disk; false when the disk cannot. */
export async function linkFile(from: string, to: string): Promise<boolean> {
  try {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    await link(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw error
    return false
  }
}

/** Syncs a file or a folder's list of names. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Every plain file below a folder by its path from there, in order. Throws `KeepError` for a link: what it leads to lies elsewhere. */
export async function filesBelow(folder: string, skip: (path: string) => boolean = () => false): Promise<string[]> {
  const found: string[] = []
  const visit = async (inner: string): Promise<void> => {
    for (const entry of await readdir(inner, { withFileTypes: true })) {
      const path = join(inner, entry.name)
      const name = relative(folder, path)
      if (skip(name)) continue
      if (entry.isDirectory()) await visit(path)
      else if (entry.isFile()) found.push(name)
      else if (entry.isSymbolicLink())
        throw new KeepError(
          `Expected ${path} to be a file or a folder, but it is a link: what it leads to would be missing. Mount it there instead, or move it out.`,
        )
    }
  }
  await visit(folder)
  return found.sort()
}

/** Whether a folder may be written to as a new one: absent, or empty. */
export async function isEmptyFolder(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return true
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return false
    throw error
  }
}

/** Whether another disk is mounted at a path: no folder can be given its name. */
async function isMountPoint(path: string): Promise<boolean> {
  const [own, around] = await Promise.all([path, dirname(path)].map((one) => stat(one).catch(() => null)))
  return own != null && around != null && own.dev !== around.dev
}

/** Makes a folder beside `target` to fill before it gets that name. Throws `KeepError`. */
export async function stagingFor(target: string): Promise<string> {
  if (await isMountPoint(target))
    throw new KeepError(
      `Expected ${target} to be a folder of a disk, but a disk is mounted there. Name a folder in it.`,
    )
  try {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    return await mkdtemp(`${target}.partial-`)
  } catch (error) {
    throw explainDisk(error, dirname(target))
  }
}
