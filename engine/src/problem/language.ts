import type { ProblemCode } from './catalog.ts'

export type Language = 'zh-CN' | 'en'

/** What is said of a code: what is wrong, by name, and the one thing to do. */
export interface Words {
  readonly text: string
  readonly todo: string
}

/**
 * The words of one language. In a template `{name}` is filled from the facts; a part in `⟦…⟧` is left out when a fact it
 * names is missing, null or empty. `{name:size}` tells bytes as MB or KB. `words` turns values that are keys (`what: 'depth'`) into words.
 */
export interface Catalogue {
  readonly texts: { readonly [code in ProblemCode]: Words }
  readonly words: { readonly [fact: string]: { readonly [value: string]: string } }
  /** What facts say with a part that changes. */
  readonly phrases?: Phrases
  readonly list: string
  readonly nothing: string
}

/**
 * Phrases of facts by the fact's name: a pattern, and what is said of it in that language. `{1}` is its first group,
 * itself looked up as a word of the fact.
 */
export interface Phrases {
  readonly [fact: string]: readonly (readonly [RegExp, string])[]
}
