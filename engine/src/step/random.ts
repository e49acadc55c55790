import type { State } from '../state/state.ts'

/**
 * Numbers from 0 up to 1 for `random number()` and `uuid()` in a step: the same state at the same time always gives the
 * same ones (SPEC FE13). Not for secrets. A counter through a 32-bit mixing function (murmur3's finaliser).
 */
export function randomOf(state: State, at: number): () => number {
  let counter = mix(state.stream) ^ mix(state.lastKey % 2 ** 32) ^ mix(at % 2 ** 32) ^ mix(Math.floor(at / 2 ** 32))
  return () => {
    counter = (counter + 0x9e3779b9) | 0
    return (mix(counter) >>> 0) / 2 ** 32
  }
}

function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
