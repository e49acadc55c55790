/** `npm run fuzz-requests`: hostile requests at a real server; none may make it fail, fall, hang or change something. */
import { parseArgs } from 'node:util'
import { Run } from './run.ts'

const { values } = parseArgs({
  options: { count: { type: 'string', default: '100000' }, seed: { type: 'string' } },
})
const count = Number(values.count)
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed)
if (!(Number.isSafeInteger(count) && count > 0) || !Number.isSafeInteger(seed)) {
  console.error('Expected --count with a whole number above 0 and --seed with a whole number.')
  process.exit(1)
}
console.log(`seed ${seed}`)
const found = await new Run({ count, seed, say: (line) => console.log(line) }).run()
const statuses = [...found.statuses].sort(([a], [b]) => a.localeCompare(b))
console.log(statuses.map(([status, times]) => `${status.padEnd(5)} ${times}`).join('\n'))
console.log(
  `${Math.round(found.seconds)} s, ${Math.round((found.requests + found.repeated) / found.seconds)} requests/s with ${found.repeated} that were sent again to compare; event loop held up p99.9 ${found.lag.p999.toFixed(1)} ms, at most ${found.lag.most.toFixed(1)} ms; ${found.lag.cpuSeconds.toFixed(0)} s of CPU`,
)
console.log(
  `${found.requests} requests, ${found.failed} of 5xx, ${found.restarts} restarts, ${found.changed} changed by refused, ${found.wrong} answered wrongly, slowest ${Math.round(found.slowestMs)} ms`,
)
process.exit(found.failed + found.restarts + found.changed + found.wrong === 0 ? 0 : 1)
