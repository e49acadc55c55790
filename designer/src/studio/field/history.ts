import type { FieldDictionary } from '@bihuan/engine'

/** One step of editing, so that it can be taken back. `renamed`: keys that changed, old to new. */
export interface Done {
  readonly before: FieldDictionary
  readonly after: FieldDictionary
  readonly renamed: { readonly from: string; readonly to: string } | null
}

export interface History {
  readonly past: readonly Done[]
  readonly future: readonly Done[]
}

const LONGEST = 200

export const noHistory: History = { past: [], future: [] }

/** History after one more step; what had been taken back is gone. */
export function remember({ past }: History, done: Done): History {
  return { past: [...past.slice(1 - LONGEST), done], future: [] }
}

/** Takes the last step back: the step to make now, and the history after it. Null when there is none. */
export function back({ past, future }: History): { done: Done; history: History } | null {
  const last = past.at(-1)
  if (!last) return null
  return { done: reversed(last), history: { past: past.slice(0, -1), future: [last, ...future] } }
}

/** Makes again what was taken back. */
export function again({ past, future }: History): { done: Done; history: History } | null {
  const [next, ...rest] = future
  return next ? { done: next, history: { past: [...past, next], future: rest } } : null
}

function reversed({ before, after, renamed }: Done): Done {
  return { before: after, after: before, renamed: renamed && { from: renamed.to, to: renamed.from } }
}
