import { spawnSync } from 'node:child_process'
import { statfsSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** A small disk of its own in memory, such as `96m`; false where that is not allowed. */
export const mountDisk = (folder: string, size: string): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' }).status === 0

export function unmountDisk(folder: string): void {
  spawnSync('umount', ['-l', folder])
}

/** Fills the disk of a folder by a new file. */
export function fillDisk(ballast: string): void {
  const { bavail, bsize } = statfsSync(dirname(ballast))
  // What is written between the question and the file may take what was free: the disk is full all the same.
  try {
    writeFileSync(ballast, Buffer.alloc(bavail * bsize))
  } catch {}
}
