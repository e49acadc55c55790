/**
 * npm run -s fuzz -- --count N --seed N [--group xml|dmn|feel|commands]: hostile input, made of the fixtures by a seed.
 * Prints how long the worst files take, what was taken and refused, and each fault with the seed that makes it again.
 * Exit code 1 when there is one, or when a file takes too long.
 */
import { parseArgs } from 'node:util'
import { compile, readDecisions } from '../src/index.ts'
import { fuzz, groups } from '../test/hostile/fuzz.ts'
import { largestXml, worstXml } from '../test/hostile/worst-xml.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    group: { type: 'string' },
  },
})
const chosen = groups.filter((group) => values.group === undefined || values.group === group)
const share = Math.ceil(Number(values.count) / Math.max(1, chosen.length))
if (chosen.length === 0 || !Number.isInteger(share))
  throw new Error(`Expected a count and one of ${groups.join(', ')}.`)

/** What refusing the worst files may take: milliseconds (quality I02). */
const MOST = 200

/** The time of this process alone: others do not count. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  const start = performance.now()
  await work()
  const { user, system } = process.cpuUsage(before)
  return Math.min(performance.now() - start, (user + system) / 1000)
}

let slowest = 0
for (const { name, xml } of worstXml) {
  const text = xml()
  const ms = Math.max(await timed(() => compile(text, 'a.bpmn')), await timed(() => readDecisions(text, 'a.dmn')))
  slowest = Math.max(slowest, ms)
  console.log(`${ms.toFixed(1).padStart(8)} ms  ${name}`)
}
console.log(`fuzz: ${worstXml.length} worst files, slowest ${slowest.toFixed(1)} ms of ${MOST} ms`)

for (const { name, xml } of largestXml) {
  const text = xml()
  console.log(`${(await timed(() => compile(text, 'a.bpmn'))).toFixed(1).padStart(8)} ms  the largest: ${name}`)
}

let inputs = 0
let faults = 0
for (const group of chosen) {
  const start = performance.now()
  const verdict = await fuzz(group, share, Number(values.seed))
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  inputs += verdict.inputs
  faults += verdict.faults.length
  for (const { seed, message, input } of verdict.faults)
    console.log(`fuzz: ${group} --count 1 --seed ${seed}: ${message}\n${input.slice(0, 2_000)}\n`)
  console.log(
    `fuzz: ${group}: ${verdict.inputs} inputs in ${seconds} s, ${verdict.taken} taken, ` +
      `${verdict.inputs - verdict.taken - verdict.faults.length} refused, ${verdict.faults.length} faults`,
  )
}
console.log(`fuzz: ${inputs} inputs, ${faults} faults, seed ${values.seed}`)
process.exitCode = faults === 0 && slowest <= MOST ? 0 : 1
