import type { AccessMatrix, FieldEntry } from '@bihuan/engine'

/** A value of a moddle element as plain data: `$type` makes it an element of its own. */
export type Plain = string | number | boolean | PlainElement | readonly PlainElement[]
export interface PlainElement {
  readonly $type: string
  readonly [name: string]: Plain | undefined
}

/** Names of the fragment's own nodes and roots that an attribute may point to, instead of plain data. */
export interface FragmentNode {
  readonly id: string
  readonly type: string
  readonly name?: string
  /** Middle of the shape; the middle of the entry stands at 0, 0. */
  readonly x: number
  readonly y: number
  readonly width?: number
  readonly height?: number
  /** Id of the node it lies in or is attached to. */
  readonly parent?: string
  readonly host?: string
  /** Attributes of its business object beside id and name. */
  readonly attributes?: { readonly [name: string]: Plain }
  readonly extensions?: readonly PlainElement[]
  /** Id of the root element (a message) that its event definition refers to. */
  readonly messageRef?: string
}

export interface FragmentFlow {
  readonly id: string
  readonly source: string
  readonly target: string
  readonly name?: string
  /** FEEL with its `=`. */
  readonly condition?: string
  /** Whether it is the default flow of its source. */
  readonly isDefault?: boolean
}

/** The flow that leaves a fragment towards what follows. */
export interface Exit {
  readonly source: string
  readonly name?: string
  readonly condition?: string
  readonly isDefault?: boolean
}

/**
 * A piece as it is put into a model: elements, flows, and what the dictionary gets with them. Plain data, so that it
 * can be compiled and played without a canvas.
 */
export interface Fragment {
  readonly nodes: readonly FragmentNode[]
  /** Flows between its nodes, and back to elements that are there already. */
  readonly flows: readonly FragmentFlow[]
  readonly roots: readonly PlainElement[]
  /** Takes the flow that leads in; null for a fragment that is attached to its host only. */
  readonly entry: string | null
  /** Where the way goes on; null when the fragment ends by itself. */
  readonly exit: Exit | null
  /** Node that stands for the piece: it is selected afterwards. */
  readonly main: string
  readonly fields: readonly FieldEntry[]
  readonly access: AccessMatrix
}

/** Sizes of shapes on the canvas (bpmn-js draws them so). */
export const TASK = { width: 100, height: 80 } as const
export const EVENT = { width: 36, height: 36 } as const
export const GATEWAY = { width: 50, height: 50 } as const
/** Room between two shapes of one row. */
export const GAP = 50

/** Width and height of a node as drawn. */
export function sizeOf(node: FragmentNode): { width: number; height: number } {
  if (node.width !== undefined && node.height !== undefined) return { width: node.width, height: node.height }
  if (node.type.endsWith('Gateway')) return GATEWAY
  if (node.type.endsWith('Event')) return EVENT
  return TASK
}

/** The box a fragment covers, relative to the middle of its entry; what lies in or on another node is left out. */
export function boundsOf(fragment: Fragment): { left: number; right: number; top: number; bottom: number } {
  const boxes = fragment.nodes
    .filter((node) => node.parent === undefined && node.host === undefined)
    .map((node) => ({ node, ...sizeOf(node) }))
  return {
    left: Math.min(...boxes.map(({ node, width }) => node.x - width / 2)),
    right: Math.max(...boxes.map(({ node, width }) => node.x + width / 2)),
    top: Math.min(...boxes.map(({ node, height }) => node.y - height / 2)),
    bottom: Math.max(...boxes.map(({ node, height }) => node.y + height / 2)),
  }
}
