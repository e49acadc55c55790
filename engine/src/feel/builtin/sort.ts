import type { Env } from '../env.ts'
import type { FeelValue } from '../value.ts'

/**
 * A stable merge sort. It ends after at most n log n questions, however `precedes` answers; `Array.sort` would not say
 * what it does with an order that is none.
 *
 * @param precedes whether the first belongs before the second; null gives the sorting up
 * @returns the list in order, or null
 */
export function sorted(
  items: readonly FeelValue[],
  precedes: (a: FeelValue, b: FeelValue) => boolean | null,
  env: Env,
): readonly FeelValue[] | null {
  if (items.length < 2) return items
  const middle = items.length >> 1
  const left = sorted(items.slice(0, middle), precedes, env)
  const right = left && sorted(items.slice(middle), precedes, env)
  return left && right && merged(left, right, precedes, env)
}

function merged(
  left: readonly FeelValue[],
  right: readonly FeelValue[],
  precedes: (a: FeelValue, b: FeelValue) => boolean | null,
  env: Env,
): readonly FeelValue[] | null {
  env.work(left.length + right.length)
  const result: FeelValue[] = []
  let a = 0
  let b = 0
  while (a < left.length && b < right.length) {
    const isRightFirst = precedes(right[b]!, left[a]!)
    if (isRightFirst === null) return null
    result.push(isRightFirst ? right[b++]! : left[a++]!)
  }
  while (a < left.length) result.push(left[a++]!)
  while (b < right.length) result.push(right[b++]!)
  return result
}
