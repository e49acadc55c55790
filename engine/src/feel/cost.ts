import { limits } from './budget.ts'
import { CostFault, Estimate } from './estimate.ts'
import { parse, refuseHeavySource, type SyntaxNode } from './syntax.ts'

/**
 * What evaluating an expression once can come to, seen from its text alone: on whatever data, so also on what people
 * have not typed yet. `work` is in values looked at or made.
 */
export type Cost =
  | {
      readonly work: number
      /** Items of the result, where it is looped over. */
      readonly items: number
    }
  /** `endless`: a loop over a range without bounds. `large`: too much is computed or built. `pattern`: see `backtracks`. */
  | { readonly fault: 'endless' | 'large' | 'pattern' }

const CACHE_SIZE = 2_000
const cache = new Map<string, Cost>()

/**
 * Tells what an expression may cost where nothing stops it: form-js evaluates forms in the browser without the budget
 * of `budget.ts`. What cannot be read costs nothing, since form-js does not evaluate it either.
 *
 * A loop over `1..n` is endless unless both ends are whole numbers with bounds: literals, `count(…)`, `string length(…)`,
 * or anything within `max(0, min(floor(n), 100))`. A list that comes with the data counts as `LIST` items.
 *
 * @param source without the leading `=`
 */
export function costOf(source: string): Cost {
  const known = cache.get(source)
  if (known) return known
  const cost = estimate(source)
  if (cache.size >= CACHE_SIZE) cache.clear()
  cache.set(source, cost)
  return cost
}

function estimate(source: string): Cost {
  if (source.length > limits.source) return { fault: 'large' }
  try {
    refuseHeavySource(source)
  } catch {
    return { fault: 'large' }
  }
  const root = read(source, 'expression') ?? read(source, 'tests')
  if (!root) return { work: 0, items: 0 }
  try {
    const estimate = new Estimate(source)
    const { items, span } = estimate.visit(root, new Map())
    return { work: estimate.work, items: Math.max(items, span ?? 0) }
  } catch (error) {
    if (error instanceof CostFault) return { fault: error.fault }
    throw error
  }
}

function read(source: string, top: 'expression' | 'tests'): SyntaxNode | null {
  try {
    return parse(source, top)
  } catch {
    return null
  }
}
