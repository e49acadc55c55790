// npm run package: one archive that runs on a machine without a registry: dist-package/bihuan-<version>-<platform>-<arch>.tar.gz
// Options: --check unpacks it in an empty folder and runs it without a network; --with-node puts this Node into it.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkArchive } from './package/check.mjs'
import { asTheyAre } from './package/contents.mjs'
import { productionPackages } from './package/dependencies.mjs'
import { pack } from './package/pack.mjs'
import { checkNode, ensureApp, ensureDependencies, root, say } from './ready.mjs'

/** What only those need who build on a package. */
const unneeded = /(\.d\.[cm]?ts|\.map|\.tsbuildinfo)$|[/\\](\.bin|\.package-lock\.json)$/
/** What belongs to the examples' tests and not to the examples. */
const examplesTests = /[/\\](test|bench|node_modules|tsconfig\.json|package\.json)$/

/** Where the workspaces go: the runtime finds the engine as it finds any package. */
const places = { engine: 'node_modules/@bihuan/engine', runtime: 'runtime' }

/** Where a package goes that may lie below a workspace. */
function placed(path) {
  const [part, ...rest] = path.split(sep)
  return part in places ? join(places[part], ...rest) : path
}

function copyPackage(path, to) {
  const from = join(root, path)
  cpSync(from, to, {
    recursive: true,
    filter: (inner) => !unneeded.test(inner) && !inner.slice(from.length).includes('node_modules'),
  })
}

/** Makes the archive; says where it is and how many packages are in it. */
async function makeArchive(withNode) {
  // What compiles is a dependency, which may have come a moment ago.
  const { compileFolder } = await import('./package/compile.mjs')
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const output = join(root, 'dist-package')
  const archive = join(output, `bihuan-${version}-${process.platform}-${process.arch}.tar.gz`)
  const stage = mkdtempSync(join(tmpdir(), 'bihuan-package-'))
  try {
    say('Compiling …')
    for (const [part, place] of Object.entries(places)) compileFolder(join(root, part), join(stage, place))
    for (const [from, to] of asTheyAre)
      if (existsSync(join(root, from))) cpSync(join(root, from), join(stage, to), { recursive: true })
    cpSync(join(root, 'examples'), join(stage, 'examples'), {
      recursive: true,
      filter: (path) => !examplesTests.test(path),
    })
    say('Collecting dependencies …')
    const packages = productionPackages(root, Object.keys(places))
    for (const path of packages) copyPackage(path, join(stage, placed(path)))
    if (withNode) {
      mkdirSync(join(stage, 'bin'))
      copyFileSync(process.execPath, join(stage, 'bin/node'))
      chmodSync(join(stage, 'bin/node'), 0o755)
    }
    chmodSync(join(stage, 'bihuan'), 0o755)
    writeFileSync(join(stage, 'VERSION'), `${version} ${process.platform}-${process.arch}\n`)
    mkdirSync(output, { recursive: true })
    say('Packing …')
    pack(stage, archive)
    return { archive, packages: packages.length }
  } finally {
    rmSync(stage, { recursive: true, force: true })
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  checkNode()
  const words = process.argv.slice(2)
  if (words.includes('--help')) {
    say('npm run package -- [--check] [--with-node]')
    process.exit(0)
  }
  if (spawnSync('tar', ['--version']).status !== 0) {
    say('Expected GNU tar to pack with, but there is none.')
    process.exit(1)
  }
  await ensureDependencies()
  await ensureApp()
  const { archive, packages } = await makeArchive(words.includes('--with-node'))
  say(`${archive}  ${(statSync(archive).size / 1e6).toFixed(1)} MB, ${packages} packages`)
  if (words.includes('--check')) process.exit((await checkArchive(archive)) ? 0 : 1)
}
