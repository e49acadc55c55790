import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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
