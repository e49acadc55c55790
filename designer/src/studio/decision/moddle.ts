import { dmn15 } from '@bihuan/engine'

/**
 * What dmn-js, which knows DMN 1.3, is told beside: boxed conditionals, filters, iterators, type constraints. It is the
 * engine's own reading, so that the editor drops nothing the engine executes.
 */
export const moddleExtensions = { dmn: dmn15 }

/** DMN 1.4 and 1.5 add to DMN 1.3: a file keeps them. Older ones are written as DMN 1.3. */
const LATER = /=\s*["'](https:\/\/www\.omg\.org\/spec\/DMN\/(?:20211108|20230324)\/(MODEL|DMNDI)\/)["']/g
const DMN_13 = 'https://www.omg.org/spec/DMN/20191111/'

/** The text the editor wrote, in the version of DMN of the text it was given. */
export function inVersionOf(given: string, written: string): string {
  let text = written
  for (const [, namespace, part] of given.matchAll(LATER))
    text = text.replaceAll(`="${DMN_13}${part}/"`, `="${namespace}"`)
  return text
}
