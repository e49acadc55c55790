import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Child } from './child.ts'
import { fillDisk, mountDisk, unmountDisk } from './disk.ts'
import type { Disturbance, Scene } from './disturbance.ts'
import { recovers, until } from './recovery.ts'

const DISK_SIZE = '64m'
const BALLAST = 'ballast'
const TARGET = 'backup'
/** What a backup may take to begin: its modules are loaded first. */
const BEGIN = 20_000
/** The disk may be full before the backup has begun to write, or while it does. */
const FULL = /(but there are \d+|the disk is full)\. Nothing was left there/

/**
 * The disk that a backup goes to becomes full while it is taken beside the load: it says so and leaves nothing that
 * could be taken for a backup, the server does not notice, and with room there is one.
 */
export const fullBackupDisk: Disturbance = {
  name: 'full disk of a backup',
  runs: 'attackable',
  async disturb(scene) {
    const { child, load, dataFolder, say } = scene
    const disk = join(dirname(dataFolder), 'backups')
    mkdirSync(disk, { recursive: true })
    let became = 'cannot be mounted'
    if (mountDisk(disk, DISK_SIZE))
      try {
        became = await backUp(scene, disk)
      } finally {
        unmountDisk(disk)
      }
    await recovers(load, 'a backup to a full disk')
    await child.kill()
    say(`the disk of a backup ${became}, then killed`)
    return 'killed'
  },
}

/** Gives what became of the disk. */
async function backUp({ dataFolder, load: { history } }: Scene, disk: string): Promise<string> {
  const target = join(disk, TARGET)
  const left = () => readdirSync(disk).filter((name) => name !== BALLAST)
  const acknowledged = history.acknowledged
  const backup = Child.command(dataFolder, ['backup', target])
  await until(() => backup.isOver || left().length > 0, BEGIN, 1)
  backup.signal('SIGSTOP')
  if (left().includes(TARGET)) {
    await backup.kill()
    return 'had its backup before it was full'
  }
  fillDisk(join(disk, BALLAST))
  backup.signal('SIGCONT')
  const { code } = await backup.ended
  await backup.closed
  if (code !== 1 || !FULL.test(backup.output))
    history.faults.push(`a backup to a disk that became full ended with ${code}: ${backup.output.slice(0, 500)}`)
  if (left().length > 0) history.faults.push(`a backup to a full disk left ${left().join(', ')}`)
  if (history.acknowledged === acknowledged) history.faults.push('no command was acknowledged beside a backup')
  rmSync(join(disk, BALLAST), { force: true })
  for (const words of [
    ['backup', target],
    ['backup', '--verify', target],
  ]) {
    const again = Child.command(dataFolder, words)
    const { code } = await again.ended
    await again.closed
    if (code !== 0) history.faults.push(`${words.join(' ')} failed on a disk with room: ${again.output.slice(0, 500)}`)
  }
  return 'was full'
}
