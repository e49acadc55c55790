import { p1 } from '../engine/bench/p1.ts'
import { p5 } from '../engine/bench/p5.ts'
import { p6 } from '../engine/bench/p6.ts'
import { p7 } from '../engine/bench/p7.ts'
import { p9 } from '../engine/bench/p9.ts'
import { p11 } from '../examples/bench/p11.ts'
import { p12 } from '../examples/bench/p12.ts'
import { p2 } from '../runtime/bench/p2.ts'
import { figureLine } from './figure.ts'

// One after the other: each figure is a ratio, or a size, of one run of its own.
for (const measure of [p1, p2, p5, p6, p7, p9, p11, p12])
  for (const figure of [await measure()].flat()) console.log(figureLine(figure))
