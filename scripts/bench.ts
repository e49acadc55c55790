import { p1 } from '../engine/bench/p1.ts'
import { p11 } from '../examples/bench/p11.ts'
import { p12 } from '../examples/bench/p12.ts'
import { p2 } from '../runtime/bench/p2.ts'
import { figureLine } from './figure.ts'

// One after the other: each figure is a ratio, or a size, of one run of its own.
for (const measure of [p1, p2, p11, p12]) console.log(figureLine(await measure()))
