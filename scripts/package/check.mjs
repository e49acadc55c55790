// Proves that an archive runs alone: in an empty folder, with the network cut off where the system lets us.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root, run, say } from '../ready.mjs'

const trial = fileURLToPath(new URL('./trial.mjs', import.meta.url))

/** Unpacks and tries an archive; says what was seen, gives whether all of it was right. */
export async function checkArchive(archive) {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-unpacked-'))
  try {
    run('tar', ['-xzf', archive, '-C', folder])
    const alone = withoutNetwork()
    say(
      alone.length > 0
        ? 'Running it in a network of its own, with nothing but the loopback …'
        : 'Expected `unshare -n` to cut the network off, but this system refuses it: running it with a proxy that leads nowhere.',
    )
    const [command, ...words] = [...alone, process.execPath, trial, folder]
    const done = spawnSync(command, words, {
      cwd: folder,
      stdio: 'inherit',
      // Nothing of ours comes along: no settings, no paths to the sources.
      env: { PATH: process.env.PATH, https_proxy: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9' },
    })
    return done.status === 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What to put before a command so that it has only the loopback; nothing when the system refuses. */
function withoutNetwork() {
  const words = ['unshare', '-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh']
  const tried = spawnSync(words[0], [...words.slice(1), 'true'], { cwd: root })
  return tried.status === 0 ? words : []
}
