// npm run check: types, lint, layers, unused code. Prints one line a check; exit code 1 when one fails.
import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { checkNode, cleanEnvironment, ensureDependencies, root, say } from './ready.mjs'

const bin = (name) => `node_modules/.bin/${name}`
const checks = [
  ...['engine', 'engine/test', 'runtime', 'designer', 'designer/pictures', 'examples'].map((part) => ({
    name: `types ${part}`,
    command: [bin('tsc'), '-p', part],
  })),
  { name: 'lint', command: [bin('biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'layers', command: [process.execPath, 'scripts/layers.mjs'] },
  { name: 'unused', command: [bin('knip'), '--no-progress'] },
]

/** Runs every check and returns how many passed and failed. */
export function check() {
  let passed = 0
  let failed = 0
  for (const { name, command } of checks) {
    const done = spawnSync(command[0], command.slice(1), { cwd: root, env: cleanEnvironment(), encoding: 'utf8' })
    if (done.status === 0) {
      passed += 1
      say(`ok    ${name}`)
    } else {
      failed += 1
      say(`FAIL  ${name}\n${done.stdout ?? ''}${done.stderr ?? ''}`)
    }
  }
  return { passed, failed }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  checkNode()
  await ensureDependencies()
  process.exit(check().failed === 0 ? 0 : 1)
}
