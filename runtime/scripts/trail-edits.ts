/**
 * Edits sealed rows of a trail at random and has each edit found: `npm run trail-edits -- --count 10000 [--seed N]`.
 * Prints how many were found; exit code 1 when one was missed.
 */
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { editTrail } from '../test/trail-edits.ts'

const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } })
const seed = Number(values.seed ?? randomInt(2 ** 31))
const { edits, found, byKind, missed } = await editTrail(Number(values.count ?? 10_000), seed)
const kinds = Object.entries(byKind).map(([kind, count]) => `${kind} ${count}`)
console.log(`T01 ${edits} edits of sealed rows, ${found} found and named (${kinds.join(', ')}), seed ${seed}`)
for (const one of missed) console.log(`  ${one}`)
if (found < edits) process.exitCode = 1
