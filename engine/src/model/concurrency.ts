import type { FlowNode, ProcessDefinition } from './definition.ts'
import { linkTargets } from './graph.ts'

/** A move of tokens: with one in each of `takes`, one comes to each of `gives`. Places are numbered. */
interface Move {
  readonly takes: ReadonlySet<number>
  readonly gives: readonly number[]
  fired: boolean
  /** How many ordered pairs of `takes` were found to be together. */
  pairs: number
  /** By place: with how many of `takes` it was found to be together. */
  readonly beside: Map<number, number>
}

/**
 * Which places of a scope can hold tokens at once: the structural concurrency relation of its token game, as in
 * Kovalyov and Esparza, "A polynomial algorithm to compute the concurrency relation of free-choice signal transition
 * graphs" (1995). It may claim too much (after an inclusive join), never too little: what it denies cannot happen.
 * A place is a node, or a sequence flow into a join.
 */
export class Concurrency {
  readonly #places = new Map<string, number>()
  readonly #takers: Move[][] = []
  readonly #live = new Set<number>()
  readonly #together: Uint32Array[] = []
  /** Pairs not yet looked at, one after the other. */
  readonly #open: number[] = []

  /** `roots` are where tokens come into being: one of them, or with `many` any number of any of them. */
  constructor(process: ProcessDefinition, inside: readonly FlowNode[], roots: readonly FlowNode[], many: boolean) {
    const jumpOf = linkTargets(inside)
    for (const node of inside) this.#addMoves(node, process, jumpOf(node))
    const words = (this.#places.size >>> 5) + 1
    for (let place = 0; place < this.#places.size; place += 1) this.#together.push(new Uint32Array(words))
    const first = roots.map((node) => this.#place(node.id))
    for (const place of first) this.#enliven(place)
    if (many) for (const a of first) for (const b of first) this.#add(a, b)
    while (this.#open.length > 0) {
      const [a, b] = [this.#open.pop() ?? 0, this.#open.pop() ?? 0]
      this.#spread(a, b)
      if (a !== b) this.#spread(b, a)
    }
  }

  /** Whether a token can come to a node, or along a flow into a join. */
  isLive(id: string): boolean {
    return this.#live.has(this.#places.get(id) ?? -1)
  }

  #place(id: string): number {
    const known = this.#places.get(id)
    if (known !== undefined) return known
    this.#takers.push([])
    this.#places.set(id, this.#places.size)
    return this.#places.size - 1
  }

  #move(takes: readonly string[], gives: readonly string[]): void {
    const [from, to] = [new Set(takes.map((id) => this.#place(id))), gives.map((id) => this.#place(id))]
    const move = { takes: from, gives: to, fired: false, pairs: 0, beside: new Map() }
    for (const place of move.takes) this.#takers[place]?.push(move)
  }

  #addMoves(node: FlowNode, { nodes, flows }: ProcessDefinition, jump: FlowNode | null): void {
    const { id, outgoing, incoming } = node
    if (isJoin(node)) this.#move(incoming, [id])
    const after = outgoing.flatMap((flowId) => {
      const target = nodes[flows[flowId]?.targetId ?? '']
      return target ? [isJoin(target) ? flowId : target.id] : []
    })
    const choice = node.type === 'bpmn:ExclusiveGateway' || node.type === 'bpmn:EventBasedGateway'
    if (choice) for (const one of after) this.#move([id], [one])
    else if (after.length > 0) this.#move([id], after)
    if (jump) this.#move([id], [jump.id])
    for (const boundaryId of node.boundary) {
      const event = nodes[boundaryId]
      if (event?.type !== 'bpmn:BoundaryEvent' || event.own.trigger.kind === 'compensation') continue
      this.#move([id], event.own.interrupting ? [boundaryId] : [id, boundaryId])
    }
  }

  #enliven(place: number): void {
    if (this.#live.has(place)) return
    this.#live.add(place)
    for (const move of this.#takers[place] ?? []) if (move.takes.size === 1) this.#fire(move)
  }

  #fire(move: Move): void {
    if (move.fired) return
    move.fired = true
    for (const place of move.gives) this.#enliven(place)
    for (const [index, a] of move.gives.entries()) for (const b of move.gives.slice(index + 1)) this.#add(a, b)
  }

  #has(a: number, b: number): boolean {
    return ((this.#together[a]?.[b >>> 5] ?? 0) & (1 << (b & 31))) !== 0
  }

  #add(a: number, b: number): void {
    if (this.#has(a, b)) return
    for (const [row, column] of [
      [a, b],
      [b, a],
    ] as const) {
      const words = this.#together[row]
      if (words) words[column >>> 5] = (words[column >>> 5] ?? 0) | (1 << (column & 31))
    }
    this.#open.push(a, b)
  }

  /** A token in `place` was found beside one in `other`: what moves the first leaves the other beside what it gives. */
  #spread(place: number, other: number): void {
    for (const move of this.#takers[place] ?? []) {
      const all = move.takes.size
      if (all > 1) {
        if (place !== other && move.takes.has(other)) move.pairs += 1
        if (move.pairs === all * (all - 1)) this.#fire(move)
        const beside = (move.beside.get(other) ?? 0) + 1
        move.beside.set(other, beside)
        if (beside < all) continue
      }
      for (const given of move.gives) this.#add(given, other)
    }
  }
}

/** Whether a node waits for a token at every flow that leads to it. */
export const isJoin = (node: FlowNode): boolean => node.type === 'bpmn:ParallelGateway' && node.incoming.length > 1
