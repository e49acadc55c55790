import { type DecisionFile, readDecisions } from '@bihuan/engine'
import { createEffect, createSignal, on } from 'solid-js'

/**
 * The files as the engine reads them, by name, each read again when its text changes.
 * @param texts name and text of each
 */
export function readFiles(
  texts: () => readonly (readonly [string, string])[],
): () => { readonly [file: string]: DecisionFile } {
  const [read, setRead] = createSignal<{ readonly [file: string]: DecisionFile }>({})
  let turn = 0
  const cache = new Map<string, { text: string; found: DecisionFile }>()
  createEffect(
    on(texts, async (list) => {
      turn += 1
      const mine = turn
      const all = await Promise.all(
        list.map(async ([name, xml]) => {
          const known = cache.get(name)
          const found = known?.text === xml ? known.found : await readDecisions(xml, name)
          cache.set(name, { text: xml, found })
          return [name, found] as const
        }),
      )
      if (mine === turn) setRead(Object.fromEntries(all))
    }),
  )
  return read
}
