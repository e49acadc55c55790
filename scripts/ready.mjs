// Makes ready what is missing, with nothing but Node: dependencies, the built web app, a browser for the tests.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamps = join(root, '.stamps')
const manifests = [
  'package.json',
  'engine/package.json',
  'runtime/package.json',
  'designer/package.json',
  'examples/package.json',
]

/** Stops with a sentence when Node is older than package.json asks for. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  stop(
    `Expected Node 20.19 or newer, but this is ${process.versions.node}. Install a newer Node and run the command again.`,
  )
}

/** The environment for child processes, without what npm adds to its own scripts. */
export function cleanEnvironment(extra = {}) {
  const environment = { ...process.env, ...extra }
  for (const name of Object.keys(environment))
    if (/^npm_(config|lifecycle|package)_/i.test(name)) delete environment[name]
  return environment
}

/** Runs `npm ci` when the lockfile, what a manifest depends on, or the Node ABI is not what was installed last. */
export async function ensureDependencies() {
  const hash = hashFiles(['package-lock.json', '.npmrc'], `${process.versions.modules} ${manifests.map(dependsOn)}`)
  if (stampIs('dependencies', hash) && existsSync(join(root, 'node_modules', '.package-lock.json'))) return
  await locked(async () => {
    if (stampIs('dependencies', hash) && existsSync(join(root, 'node_modules', '.package-lock.json'))) return
    say('Installing dependencies …')
    const environment = cleanEnvironment()
    delete environment.NODE_ENV
    run('npm', ['ci', '--no-audit', '--no-fund'], { env: environment })
    stamp('dependencies', hash)
  })
}

/** What a manifest depends on; the rest of it, such as a script, installs nothing. */
function dependsOn(manifest) {
  const { dependencies, devDependencies, workspaces } = JSON.parse(readFileSync(join(root, manifest), 'utf8'))
  return JSON.stringify([dependencies, devDependencies, workspaces])
}

/** Builds the web app when its sources are not those of the last build. */
export async function ensureApp() {
  const sources = [
    ...filesUnder('designer'),
    ...filesUnder('engine/src'),
    'runtime/src/contract/contract.ts',
    'package-lock.json',
  ]
  const hash = hashFiles(sources.filter((file) => !/\.test\.tsx?$/.test(file)))
  if (stampIs('app', hash) && existsSync(join(root, 'designer/dist/index.html'))) return
  await locked(async () => {
    if (stampIs('app', hash) && existsSync(join(root, 'designer/dist/index.html'))) return
    say('Building the web app …')
    const vite = createRequire(join(root, 'designer/package.json')).resolve('vite/package.json')
    run(process.execPath, [join(dirname(vite), 'bin/vite.js'), 'build', '--logLevel', 'warn'], {
      cwd: join(root, 'designer'),
    })
    stamp('app', hash)
  })
}

/**
 * Path of a Chromium for the browser tests: CHROMIUM_PATH, or one that is installed, or Debian's packages.
 * Fonts for Chinese come with it, or pictures show boxes.
 */
export function ensureChromium() {
  const found = findChromium()
  const fonts = existsSync('/usr/share/fonts/opentype/noto') || process.platform !== 'linux'
  if (found && fonts) return found
  const packages = 'chromium fonts-noto-cjk'
  if (aptInstall('Chromium and Chinese fonts for the browser tests', packages.split(' '))) {
    const installed = findChromium()
    if (installed) return installed
  }
  if (found) return found
  return stop(
    `Expected a Chromium for the browser tests, but found none. Run: apt-get install ${packages}   or set CHROMIUM_PATH.`,
  )
}

/** Whether `strace` is there, by which a server's calls of the system are seen; it is installed when it is not. */
export function ensureStrace() {
  const isThere = () => spawnSync('strace', ['-V'], { stdio: 'ignore' }).status === 0
  if (process.platform !== 'linux') return false
  return isThere() || (aptInstall('strace for the tests of durability', ['strace']) && isThere())
}

/** Installs packages of Debian, as root or by a sudo that asks nothing. False where neither is to be had. */
function aptInstall(what, packages) {
  const asRoot = process.getuid?.() === 0 ? [] : spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : null
  if (!existsSync('/usr/bin/apt-get') || !asRoot) return false
  say(`Installing ${what} …`)
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: cleanEnvironment({ DEBIAN_FRONTEND: 'noninteractive' }) }
  const apt = (...words) => run([...asRoot, 'apt-get'][0], [...asRoot, 'apt-get', ...words].slice(1), quiet)
  apt('update')
  apt('install', '-y', '--no-install-recommends', ...packages)
  return true
}

function findChromium() {
  const candidates = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
  ]
  return candidates.find((path) => path && existsSync(path))
}

/** Runs a command in the foreground; stops with its exit code when it fails. */
export function run(command, words, options = {}) {
  const done = spawnSync(command, words, { cwd: root, stdio: 'inherit', env: cleanEnvironment(), ...options })
  if (done.error) stop(`Expected to run ${command}, but: ${done.error.message}`)
  if (done.status !== 0) process.exit(done.status ?? 1)
}

/**
 * What Node is told when it runs the server (also in `runtime/deploy/bihuan.sh`), and what measures it: 64 MB for objects
 * that are young. With the 16 MB it takes by itself those of the requests in flight are copied again and again.
 */
export const serverFlags = ['--max-semi-space-size=64']

/** Runs the server's command line as `runTypeScript` does. */
export const runServer = (words, environment = {}) =>
  runTypeScript('runtime/src/main.ts', words, environment, serverFlags)

/**
 * Runs a TypeScript entry until it ends. Signals go on to it, and it is stopped when whoever started this process is
 * gone, so that nothing keeps the port.
 */
export function runTypeScript(entry, words = [], environment = {}, flags = []) {
  const child = spawn(process.execPath, [...flags, '--import', 'tsx', join(root, entry), ...words], {
    cwd: root,
    stdio: 'inherit',
    env: cleanEnvironment(environment),
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  const parent = process.ppid
  const watch = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500)
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      clearInterval(watch)
      resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1))
    })
  })
}

export function say(text) {
  process.stderr.write(`${text}\n`)
}

function stop(text) {
  say(text)
  process.exit(1)
}

function filesUnder(folder) {
  const found = []
  const visit = (path) => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name === 'pictures') continue
      const inner = join(path, entry.name)
      if (entry.isDirectory()) visit(inner)
      else found.push(inner)
    }
  }
  visit(folder)
  return found.sort()
}

function hashFiles(files, salt = '') {
  const hash = createHash('sha256').update(salt)
  for (const file of files) {
    const path = join(root, file)
    if (existsSync(path)) hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex')
}

function stampIs(name, hash) {
  const path = join(stamps, name)
  return existsSync(path) && readFileSync(path, 'utf8') === hash
}

function stamp(name, hash) {
  mkdirSync(stamps, { recursive: true })
  writeFileSync(join(stamps, name), hash)
}

/** One process at a time makes things ready; a lock left by a dead one is taken over. */
async function locked(work) {
  const lock = join(stamps, 'lock')
  mkdirSync(stamps, { recursive: true })
  for (;;) {
    try {
      mkdirSync(lock)
      writeFileSync(join(lock, 'pid'), String(process.pid))
      break
    } catch {
      if (lockIsDead(lock)) rmSync(lock, { recursive: true, force: true })
      else await new Promise((resolve) => setTimeout(resolve, 300))
    }
  }
  try {
    await work()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

function lockIsDead(lock) {
  try {
    const pid = Number(readFileSync(join(lock, 'pid'), 'utf8'))
    process.kill(pid, 0)
    return false
  } catch (error) {
    if (error.code === 'EPERM') return false
    // No pid yet: its owner may be between the two calls; give it ten seconds.
    if (error.code === 'ENOENT')
      return existsSync(lock) && performance.timeOrigin + performance.now() - statSync(lock).mtimeMs > 10_000
    return true
  }
}
