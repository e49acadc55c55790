import { performance } from 'node:perf_hooks'
import { evaluate as interpret } from 'feelin'
import type { Figure } from '../../scripts/figure.ts'
import { compileExpression, contextOf, evaluate } from '../src/index.ts'

const SOURCE = 'amount > 1000 and region = "x"'
const ROUNDS = 5
const OURS = 400_000
const THEIRS = 500
const PLAIN = 20_000_000
/** Records taken in turn, half of them above the amount, half of them in the region. */
const RECORDS = Array.from({ length: 64 }, (_, index) => ({
  amount: 980 + index * 2,
  region: index % 2 === 0 ? 'x' : 'y',
}))

const plain = (record: { amount: number; region: string }): boolean => record.amount > 1000 && record.region === 'x'

/**
 * P9: evaluations a second of one expression, compiled once and with the inputs it read noted each time, against
 * `feelin`, which is handed the same text and record by its own door. P9b: against the same function in JavaScript.
 */
export function p9(): Figure[] {
  const compiled = compileExpression(SOURCE)
  if ('error' in compiled) throw new Error(compiled.error)
  const contexts = RECORDS.map((record) => contextOf(record))
  const ours = (index: number): boolean => {
    const result = evaluate(compiled.expression, contexts[index]!, 0)
    return result.ok && result.value === true
  }
  const theirs = (index: number): boolean => interpret(SOURCE, RECORDS[index]).value === true
  const javascript = (index: number): boolean => plain(RECORDS[index]!)
  const rates = { ours: 0, theirs: 0, javascript: 0 }
  for (let round = 0; round < ROUNDS; round++) {
    rates.ours = Math.max(rates.ours, rate(ours, OURS))
    rates.theirs = Math.max(rates.theirs, rate(theirs, THEIRS))
    rates.javascript = Math.max(rates.javascript, rate(javascript, PLAIN))
  }
  return [
    { name: 'P9', value: rates.ours / rates.theirs, goal: '>=100' },
    { name: 'P9b', value: rates.ours / rates.javascript, goal: '>=0.02' },
  ]
}

/** Evaluations a millisecond. What they give is counted, so that none can be left out. */
function rate(evaluation: (index: number) => boolean, count: number): number {
  let passed = 0
  const start = performance.now()
  for (let index = 0; index < count; index++) if (evaluation(index % RECORDS.length)) passed += 1
  const time = performance.now() - start
  if (Math.abs(passed / count - RECORDS.filter(plain).length / RECORDS.length) > 0.01)
    throw new Error('the bench does not give what the condition says')
  return count / time
}
