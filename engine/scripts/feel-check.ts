/**
 * npm run -s feel-check: the table of FEEL, then the worst expressions with their time and memory. Exit code 1 when a
 * case fails or a limit is passed. Wants `--expose-gc`, so that what went before does not count.
 */
import { compileExpression, contextOf, evaluate } from '../src/feel/index.ts'
import { checkTable, failureLine } from '../test/feel/feel-check.ts'
import { type Worst, worst } from '../test/feel/worst.ts'

/** What an expression may take: milliseconds to evaluate it (to refuse it, when it is refused) and megabytes it adds. */
const limits = { ms: 50, mb: 16 }

interface Measure {
  readonly name: string
  readonly ms: number
  readonly mb: number
  /** How it ended: `value`, or why it failed or was refused. */
  readonly end: string
}

const collect = (globalThis as { gc?: () => void }).gc ?? (() => {})

/** The time is that of the clock or of this process, whichever is less: other processes do not count. */
function timed<T>(work: () => T): { readonly result: T; readonly ms: number; readonly mb: number } {
  collect()
  const before = process.memoryUsage()
  const cpu = process.cpuUsage()
  const start = performance.now()
  const result = work()
  const elapsed = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  const ms = Math.min(elapsed, (user + system) / 1000)
  const after = process.memoryUsage()
  const bytes = after.heapUsed - before.heapUsed + after.external - before.external
  return { result, ms, mb: Math.max(0, bytes) / 2 ** 20 }
}

/** The first evaluation is the one that counts: nothing of it is cached yet. The table has warmed the engine up. */
function measure({ name, source, variables = {} }: Worst): Measure {
  const { result: compiled, ...cost } = timed(() => compileExpression(source))
  if ('error' in compiled) return { name, ...cost, end: `refused: ${compiled.error}` }
  const context = contextOf(variables)
  const { result, ms, mb } = timed(() => evaluate(compiled.expression, context, Date.UTC(2026, 4, 18)))
  return { name, ms, mb, end: result.ok ? 'value' : `fails: ${result.message}` }
}

const { cases, failures } = checkTable()
for (const failure of failures) console.log(failureLine(failure))
console.log(`feel-check: ${cases} cases, ${cases - failures.length} right`)

const measures = worst.map(measure)
for (const { name, ms, mb, end } of measures)
  console.log(`${ms.toFixed(1).padStart(8)} ms ${mb.toFixed(1).padStart(6)} MB  ${name} (${end})`)
const within = measures.filter(({ ms, mb }) => ms <= limits.ms && mb <= limits.mb).length
const slowest = Math.max(...measures.map(({ ms }) => ms))
const largest = Math.max(...measures.map(({ mb }) => mb))
console.log(
  `feel-check: ${measures.length} worst, ${within} within ${limits.ms} ms and ${limits.mb} MB, ` +
    `slowest ${slowest.toFixed(1)} ms, largest ${largest.toFixed(1)} MB`,
)
process.exitCode = failures.length === 0 && within === measures.length ? 0 : 1
