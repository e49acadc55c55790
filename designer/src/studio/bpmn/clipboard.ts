import type { Moddle, ModdleElement } from 'bpmn-js/lib/model/Types'
import type { DiagramModule } from './module.ts'

/** Where copied steps lie between the tabs of this browser. */
const STORE = 'bihuan.copied-steps'
/** More than this is kept in the tab only. */
const LARGEST = 2_000_000

type Tree = object
type Store = Pick<Storage, 'getItem' | 'setItem'>

/** Text of copied elements; what hangs on them as model elements keeps its type. */
export function writeTree(tree: Tree): string {
  return JSON.stringify(tree)
}

/**
 * Copied elements from their text, as elements of this model.
 * @returns undefined when the text is none of ours
 */
export function readTree(text: string, moddle: Moddle): Tree | undefined {
  const known = new Map<string, ModdleElement>()
  const revive = (_: string, value: unknown): unknown => {
    if (!isModdle(value)) return value
    const { $type, ...attributes } = value
    const id = typeof attributes.id === 'string' ? attributes.id : undefined
    const same = id && known.get(id)
    if (same) return same
    const element: ModdleElement = moddle.create($type, attributes)
    for (const child of Object.values(attributes).flat()) {
      if (isModdle(child) && !child.$parent) (child as { $parent?: unknown }).$parent = element
    }
    if (id) known.set(id, element)
    return element
  }
  try {
    const tree: unknown = JSON.parse(text, revive)
    return typeof tree === 'object' && tree !== null ? tree : undefined
  } catch {
    return undefined
  }
}

function isModdle(value: unknown): value is { $type: string; $parent?: unknown; [name: string]: unknown } {
  return typeof value === 'object' && value !== null && '$type' in value && typeof value.$type === 'string'
}

/** Copies into the store of the browser, so that steps can be pasted into a process that is open in another tab. */
class SharedClipboard {
  static $inject = ['moddle']
  readonly #moddle: Moddle
  readonly #store: Store = localStorage
  #own: Tree | undefined
  /** Text of what this tab copied: while it is the one in the store, the copy itself is pasted. */
  #text: string | undefined

  constructor(moddle: Moddle) {
    this.#moddle = moddle
  }

  get(): Tree | undefined {
    const text = this.#read()
    if (!text || text === this.#text) return this.#own
    return readTree(text, this.#moddle)
  }

  set(tree: Tree): void {
    this.#own = tree
    const text = writeTree(tree)
    this.#text = text
    if (text.length > LARGEST) return
    try {
      this.#store.setItem(STORE, text)
    } catch {
      // The store is full or closed: the copy stays in this tab.
    }
  }

  clear(): Tree | undefined {
    const tree = this.get()
    this.#own = undefined
    return tree
  }

  isEmpty(): boolean {
    return this.get() === undefined
  }

  #read(): string | null {
    try {
      return this.#store.getItem(STORE)
    } catch {
      return null
    }
  }
}

/** The module that puts it in place of the stock clipboard. */
export const clipboardModule = { clipboard: ['type', SharedClipboard] } as unknown as DiagramModule
