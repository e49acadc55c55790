// npm test: types, lint, layers, unused code, then unit, integration and real browser tests.
// The last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { check } from './check.mjs'
import {
  checkNode,
  cleanEnvironment,
  ensureApp,
  ensureChromium,
  ensureDependencies,
  ensureStrace,
  root,
} from './ready.mjs'

checkNode()
await ensureDependencies()
await ensureApp()
const chromium = ensureChromium()
ensureStrace()

const checks = check()
const tests = vitest(process.argv.slice(2))
const passed = checks.passed + tests.passed
const failed = checks.failed + tests.failed
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && tests.passed > 0 ? 0 : 1

/** Runs every vitest project; a run that breaks before its report counts as one failure. */
function vitest(words) {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-test-'))
  const report = join(folder, 'report.json')
  try {
    const done = spawnSync(
      process.execPath,
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...words,
      ],
      { cwd: root, stdio: 'inherit', env: cleanEnvironment({ CHROMIUM_PATH: chromium }) },
    )
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
    // A file that fails to load has no tests of its own; it still is a failure.
    const brokenFiles = testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    ).length
    const silent = done.status !== 0 && numFailedTests + brokenFiles === 0 ? 1 : 0
    return { passed: numPassedTests, failed: numFailedTests + brokenFiles + silent }
  } catch (error) {
    console.error(error)
    return { passed: 0, failed: 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
