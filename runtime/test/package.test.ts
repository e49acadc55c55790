import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

// The pure parts of `npm run package`; `npm run package -- --check` runs what it makes, without a network.
const root = fileURLToPath(new URL('../..', import.meta.url))

/** What a function of a script gives, in a process of its own: scripts are run by Node as they are. */
function ask<T>(module: string, call: string): T {
  const program = `import * as it from './scripts/package/${module}.mjs'; console.log(JSON.stringify(it.${call}))`
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: root, encoding: 'utf8' }),
  )
}

test('sources become JavaScript that finds its neighbours under their new names', () => {
  const source = `
    import type { A } from './a.ts'
    import { b } from '../b.ts'
    import { c } from '@bihuan/engine'
    const child: A = new URL('./child-main.ts', import.meta.url)
    const later = () => import('./later.ts')
    export { b, c, child, later }
  `
  const compiled = ask<string>('compile', `compileText(${JSON.stringify(source)})`).replaceAll('"', "'")
  expect(compiled).toContain(`from '../b.js'`)
  expect(compiled).toContain(`from '@bihuan/engine'`)
  expect(compiled).toContain(`new URL('./child-main.js', import.meta.url)`)
  expect(compiled).toContain(`import('./later.js')`)
  expect(compiled).not.toContain('.ts')
})

test('no source names another in a way that the package would not follow', () => {
  const left: string[] = []
  for (const part of ['engine/src', 'runtime/src'])
    for (const name of readdirSync(join(root, part), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue
      for (const line of readFileSync(join(root, part, name), 'utf8').split('\n')) {
        const isFollowed = /from '|import\('|^import '|new URL\('[^']+\.ts', import\.meta\.url\)/.test(line)
        if (/['"`]\.{1,2}\/[^'"`]*\.ts['"`]/.test(line) && !isFollowed) left.push(`${part}/${name}: ${line.trim()}`)
      }
    }
  expect(left).toEqual([])
})

test('what sources take from beside them is packed where they look for it', () => {
  const packed = ask<[string, string][]>('contents', 'asTheyAre').map(([, to]) => to)
  const left: string[] = []
  for (const name of readdirSync(join(root, 'runtime/src'), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue
    const place = join('runtime/src', name)
    const source = readFileSync(join(root, place), 'utf8')
    for (const [, path] of source.matchAll(/(?:from |import\(|new URL\()'(\.[^']+)'/g)) {
      const found = join(dirname(place), path!)
      const isCompiled = found.startsWith('runtime/src/') || ['runtime/package.json', 'examples'].includes(found)
      if (!isCompiled && !packed.some((to) => found === to || found.startsWith(`${to}/`)))
        left.push(`${name}: ${found}`)
    }
  }
  expect(left).toEqual([])
})

test('what is packed is what a server runs on: the native parts of this machine, and no tool of development', () => {
  const paths = ask<string[]>('dependencies', `productionPackages('.', ['engine', 'runtime'])`)
  const packages = paths.map((path) => path.split('node_modules/').at(-1))
  for (const needed of ['libsql', 'hono', 'xstate', 'bpmn-moddle', 'better-auth', '@opentelemetry/sdk-trace-node'])
    expect(packages).toContain(needed)
  expect(packages.some((name) => name?.startsWith('@libsql/'))).toBe(true)
  expect(packages.some((name) => name?.startsWith('@node-rs/argon2-'))).toBe(true)
  for (const tool of ['typescript', 'vitest', 'tsx', 'esbuild', 'vite', '@biomejs/biome', 'drizzle-kit'])
    expect(packages).not.toContain(tool)
})

test('a user without rights of his own can enter and run what is unpacked, whatever umask it was packed with', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-pack-'))
  const archive = `${folder}.tar.gz`
  try {
    writeFileSync(join(folder, 'text'), '', { mode: 0o600 })
    writeFileSync(join(folder, 'program'), '')
    chmodSync(join(folder, 'program'), 0o720)
    ask('pack', `pack(${JSON.stringify(folder)}, ${JSON.stringify(archive)})`)
    const listed = execFileSync('tar', ['-tvf', archive], { encoding: 'utf8' })
    const modes = listed
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [[line.split(/\s+/).at(-1), line.slice(0, 10)]]))
    expect(modes).toEqual([
      ['./', 'drwxr-xr-x'],
      ['./program', '-rwxr-xr-x'],
      ['./text', '-rw-r--r--'],
    ])
  } finally {
    for (const path of [folder, archive]) rmSync(path, { recursive: true, force: true })
  }
})

test('every page that a packed page sends its reader to is packed', () => {
  const packed = ask<[string, string][]>('contents', 'asTheyAre').filter(([from]) => from.endsWith('.md'))
  const names = new Set(packed.flat().map((path) => basename(path)))
  const missing = packed.flatMap(([from]) =>
    [...readFileSync(join(root, from), 'utf8').matchAll(/[\w-]+\.(md|svg|png)\b/g)]
      .map(([name]) => name)
      .filter((name) => !names.has(name))
      .map((name) => `${from}: ${name}`),
  )
  expect(missing).toEqual([])
})
