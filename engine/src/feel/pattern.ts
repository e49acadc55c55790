import { type Automaton, automatonOf } from './pattern-automaton.ts'

const CACHE_SIZE = 500
const cache = new Map<string, boolean>()

/**
 * Whether a pattern may take time that doubles with each further character where it is matched by going back and
 * trying again, as browsers do: `(a+)+b` and its kind. The server matches in linear time and would not mind.
 *
 * It does when, in a loop of the pattern, one text leads from a place to itself on two ways (Weideman et al. 2016,
 * "exponential degree of ambiguity"). Patterns nobody could read, and constructs of which that cannot be told
 * (look-around, back-references), count as such.
 *
 * @param source as in JavaScript, without delimiters
 */
export function backtracks(source: string): boolean {
  const known = cache.get(source)
  if (known !== undefined) return known
  const automaton = automatonOf(source)
  // It may be of any length: not kept.
  if (automaton === null) return true
  const verdict = loops(automaton).some((places) => isAmbiguous(automaton, places))
  if (cache.size >= CACHE_SIZE) cache.clear()
  cache.set(source, verdict)
  return verdict
}

/** Places that lie on common loops, loop by loop. */
function loops({ follow }: Automaton): number[][] {
  const reached = follow.map((_, place) => reachable(place, (at) => follow[at]!.keys()))
  const seen = new Set<number>()
  return follow.flatMap((_, place) => {
    if (seen.has(place) || !reached[place]!.has(place)) return []
    const together = [...reached[place]!].filter((other) => reached[other]!.has(place))
    for (const other of together) seen.add(other)
    return [together]
  })
}

/** Places of one loop, and steps of two readers in it, beyond which nothing is looked at: 0.02 s. */
const MOST_PLACES = 80
const MOST_STEPS = 200_000

function isAmbiguous({ follow, meets }: Automaton, places: readonly number[]): boolean {
  if (places.length > MOST_PLACES) return true
  const inside = new Set(places)
  const next = places.map((place) => [...follow[place]!.keys()].filter((to) => inside.has(to)))
  const at = new Map(places.map((place, index) => [place, index]))
  if (places.some((place) => [...follow[place]!].some(([to, ways]) => ways > 1 && inside.has(to)))) return true

  // Two readers of the same text, each at a place of the loop.
  const count = places.length
  const pairs: number[][] = []
  const back: number[][] = Array.from({ length: count * count }, () => [])
  let looked = 0
  for (let one = 0; one < count; one++)
    for (let other = 0; other < count; other++) {
      looked += next[one]!.length * next[other]!.length
      if (looked > MOST_STEPS) return true
      const steps: number[] = []
      for (const a of next[one]!)
        for (const b of next[other]!) if (meets(a, b)) steps.push(at.get(a)! * count + at.get(b)!)
      pairs.push(steps)
      for (const step of steps) back[step]!.push(one * count + other)
    }
  return places.some((_, place) => {
    const start = place * count + place
    const away = reachable(start, (pair) => pairs[pair]!)
    const home = reachable(start, (pair) => back[pair]!)
    return [...away].some((pair) => home.has(pair) && Math.floor(pair / count) !== pair % count)
  })
}

/** What can be reached by one step or more. */
function reachable(from: number, steps: (at: number) => Iterable<number>): Set<number> {
  const seen = new Set<number>()
  const open = [from]
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const to of steps(at))
      if (!seen.has(to)) {
        seen.add(to)
        open.push(to)
      }
  return seen
}
