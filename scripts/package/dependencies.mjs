// Which installed packages a production server needs: those the lockfile put there, found as Node finds them.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/**
 * Folders, from `start`, of all packages that the workspaces in `parts` need to run: dependencies, optional ones that fit
 * this machine, and peers that are not optional. Throws when one that is needed is not installed.
 */
export function productionPackages(start, parts) {
  const root = resolve(start)
  const found = new Map()
  const visit = (folder) => {
    const manifest = readManifest(folder)
    const optional = manifest.optionalDependencies ?? {}
    const peers = Object.keys(manifest.peerDependencies ?? {}).filter(
      (name) => !manifest.peerDependenciesMeta?.[name]?.optional,
    )
    const wanted = new Set([...Object.keys(manifest.dependencies ?? {}), ...peers, ...Object.keys(optional)])
    for (const name of wanted) {
      if (name.startsWith('@bihuan/')) continue
      const path = locate(root, folder, name)
      if (path === null) {
        if (name in optional) continue
        throw new Error(`Expected ${name}, which ${relative(root, folder)} needs, to be installed, but it is not`)
      }
      if (found.has(path) || !fits(readManifest(path))) continue
      found.set(path, true)
      visit(path)
    }
  }
  for (const part of parts) visit(join(root, part))
  return [...found.keys()].map((path) => relative(root, path)).sort()
}

const readManifest = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/** Where Node finds a package from a folder: in the nearest `node_modules` upwards. */
function locate(root, from, name) {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name)
    if (existsSync(join(path, 'package.json'))) return path
    if (folder === root) return null
  }
}

/** Whether this is a Linux with musl for its C library. */
const isMusl = existsSync('/lib') && readdirSync('/lib').some((name) => name.startsWith('ld-musl'))

/** Whether a package with native code is for this machine. */
function fits({ name, os, cpu, libc }) {
  const here = isMusl ? 'musl' : 'glibc'
  return (
    (!os || os.includes(process.platform)) &&
    (!cpu || cpu.includes(process.arch)) &&
    (here === 'musl' || !/-musl/.test(name)) &&
    (!libc || process.platform !== 'linux' || libc.includes(here))
  )
}
