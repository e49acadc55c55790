import { p1 } from '../engine/bench/p1.ts'
import { p5 } from '../engine/bench/p5.ts'
import { p6 } from '../engine/bench/p6.ts'
import { p7 } from '../engine/bench/p7.ts'
import { p9 } from '../engine/bench/p9.ts'
import { p11 } from '../examples/bench/p11.ts'
import { p12 } from '../examples/bench/p12.ts'
import { g9 } from '../runtime/bench/g9.ts'
import { p2 } from '../runtime/bench/p2.ts'
import { p3 } from '../runtime/bench/p3.ts'
import { p4 } from '../runtime/bench/p4.ts'
import { p7Host } from '../runtime/bench/p7.ts'
import { p8 } from '../runtime/bench/p8.ts'
import { p10 } from '../runtime/bench/p10.ts'
import { figureLine } from './figure.ts'

// `npm run bench -- --full` also builds the databases that take long; `-- p3 p8` measures these alone.
const isFull = process.argv.includes('--full')
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const measures = { p1, p2, p3, p4: () => p4(isFull), p5, p6, p7, p7Host, p8, p9, p10, p11, p12, g9 }

// One after the other: each figure is a ratio, or a size, of one run of its own.
for (const [name, measure] of Object.entries(measures)) {
  if (wanted.length > 0 && !wanted.some((one) => name.toLowerCase() === one.toLowerCase())) continue
  for (const figure of [await measure()].flat()) console.log(figureLine(figure))
}
