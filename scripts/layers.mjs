// The layers of docs/architecture.md, checked: fails on an import against the order, and when it looked at nothing.
import { spawnSync } from 'node:child_process'
import { root } from './ready.mjs'

const folders = ['engine/src', 'runtime/src', 'designer/src']
const done = spawnSync(
  'node_modules/.bin/depcruise',
  ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...folders],
  {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  },
)
if (!done.stdout) {
  console.error(done.stderr)
  process.exit(1)
}
const { modules, summary } = JSON.parse(done.stdout)
for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`)
for (const folder of folders) {
  const seen = modules.filter(
    (module) => module.source.startsWith(`${folder}/`) && module.dependencies.length > 0,
  ).length
  if (seen === 0) {
    console.error(`Expected modules with imports in ${folder}, but none were seen.`)
    process.exit(1)
  }
}
const errors = summary.violations.length
console.log(
  `${summary.totalCruised} modules, ${summary.totalDependenciesCruised} imports, ${errors} against the layers`,
)
process.exit(errors === 0 ? 0 : 1)
