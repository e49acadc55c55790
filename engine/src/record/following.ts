import type { Variables } from './json.ts'
import type { Key } from './key.ts'
import type { Why } from './why.ts'

/** What follows at an element instance that is there already. */
export type Following =
  | { readonly go: 'enter'; readonly key: Key }
  | { readonly go: 'leave'; readonly key: Key }
  | {
      readonly go: 'complete'
      readonly key: Key
      /** What the element produced. */
      readonly variables: Variables
      /** Flows to take; null for all outgoing. */
      readonly take: readonly { readonly flowId: string; readonly why: Why | null }[] | null
    }
  /** A part of this scope has ended: it may be done. */
  | { readonly go: 'endScope'; readonly key: Key }
  /** A conditional subscription is looked at. */
  | { readonly go: 'look'; readonly key: Key }
