/**
 * `npm run -s races -- --count 1000 --seed 7 [--only 12]`: many act upon a few cases at once, in seeded orders of turns;
 * what they were answered is judged by what is on disk. Prints what was wrong. Exit code 1 when something was.
 */
import { parseArgs } from 'node:util'
import { Places } from './places.ts'
import { race } from './race.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
})
const [count, seed] = [Number(values.count), Number(values.seed)]
const only = values.only === undefined ? null : Number(values.only)
if (!(count > 0) || !Number.isSafeInteger(seed) || (only !== null && !Number.isSafeInteger(only))) {
  console.error('Expected --count with a number above 0, --seed and --only with whole numbers.')
  process.exit(1)
}

const places = await Places.make()
const total = { races: 0, asked: 0, refused: 0, failures: 0 }
const begin = performance.now()
const [first, end] = only === null ? [0, count] : [only, only + 1]
for (let number = first; number < end; number += 1) {
  const { findings, asked, refused } = await race(places, { seed: seed * 1_000_003 + number })
  total.races += 1
  total.asked += asked
  total.refused += refused
  if (findings.length === 0) continue
  total.failures += 1
  console.log(`FAIL ${seed}-${number}:\n  ${findings.join('\n  ')}`)
}
places.remove()
const perSecond = (total.races / ((performance.now() - begin) / 1000)).toFixed(1)
console.log(
  `races: seed ${seed}, ${total.races} races, ${total.asked} asked, ${total.refused} refused, ${perSecond} races/s, ${total.failures} failures`,
)
process.exit(total.failures === 0 ? 0 : 1)
