import { hash } from 'node:crypto'
import type { HashAlgorithm } from './algorithm.ts'

/** A leaf of the tree (RFC 9162 §2.1.1): the digest of 0x00 and the row's hash as the trail writes it. */
export const leafHash = (algorithm: HashAlgorithm, rowHash: string): string => hash(algorithm, `\0${rowHash}`, 'hex')

const pair = Buffer.alloc(65)
pair[0] = 1

/** A node of the tree (RFC 9162 §2.1.1): the digest of 0x01, the left and the right hash. All are hex. */
export function nodeHash(algorithm: HashAlgorithm, left: string, right: string): string {
  pair.write(left, 1, 32, 'hex')
  pair.write(right, 33, 32, 'hex')
  return hash(algorithm, pair, 'hex')
}

/** The hashes of complete subtrees: those of `2^level` leaves that begin at `index × 2^level`. */
export interface Subtrees {
  readonly algorithm: HashAlgorithm
  subtree(level: number, index: number): Promise<string>
}

/** The largest power of two below `n`, for n > 1. */
function splitOf(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}

/** MTH(D[from:to]) of RFC 9162 §2.1.1. */
export async function rangeHash(tree: Subtrees, from: number, to: number): Promise<string> {
  const count = to - from
  const level = Math.round(Math.log2(count))
  if (2 ** level === count && from % count === 0) return tree.subtree(level, from / count)
  const middle = from + splitOf(count)
  return nodeHash(tree.algorithm, await rangeHash(tree, from, middle), await rangeHash(tree, middle, to))
}

/** PATH(index, D[0:size]) of RFC 9162 §2.1.3.1: what proves that a leaf is in the tree of so many leaves. */
export async function inclusionPath(tree: Subtrees, index: number, size: number): Promise<readonly string[]> {
  const path: string[] = []
  let from = 0
  let to = size
  while (to - from > 1) {
    const middle = from + splitOf(to - from)
    if (index < middle) {
      path.push(await rangeHash(tree, middle, to))
      to = middle
    } else {
      path.push(await rangeHash(tree, from, middle))
      from = middle
    }
  }
  return path.reverse()
}

/** PROOF(first, D[0:second]) of RFC 9162 §2.1.4.1: what proves that a tree is the beginning of a larger one. */
export async function consistencyPath(tree: Subtrees, first: number, second: number): Promise<readonly string[]> {
  if (first === 0 || first === second) return []
  const path: string[] = []
  let from = 0
  let to = second
  while (to !== first) {
    const middle = from + splitOf(to - from)
    if (first <= middle) {
      path.push(await rangeHash(tree, middle, to))
      to = middle
    } else {
      path.push(await rangeHash(tree, from, middle))
      from = middle
    }
  }
  // A first tree that is a whole left subtree is known to whoever checks the proof.
  if (from > 0) path.push(await rangeHash(tree, from, to))
  return path.reverse()
}

const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)

/** Checks an inclusion proof (RFC 9162 §2.1.3.2). */
export function holdsInclusion(
  algorithm: HashAlgorithm,
  leaf: string,
  place: { readonly index: number; readonly size: number },
  path: readonly string[],
  root: string,
): boolean {
  if (!(place.index >= 0 && place.index < place.size) || !path.every(isHash)) return false
  let fn = place.index
  let sn = place.size - 1
  let r = leaf
  for (const p of path) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      r = nodeHash(algorithm, p, r)
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2
        sn = Math.floor(sn / 2)
      }
    } else r = nodeHash(algorithm, r, p)
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && r === root
}

/** Checks a consistency proof (RFC 9162 §2.1.4.2). */
export function holdsConsistency(
  algorithm: HashAlgorithm,
  first: { readonly size: number; readonly root: string },
  second: { readonly size: number; readonly root: string },
  proof: readonly string[],
): boolean {
  if (first.size > second.size || !proof.every(isHash)) return false
  if (first.size === 0) return proof.length === 0
  if (first.size === second.size) return proof.length === 0 && first.root === second.root
  const isPower = Number.isInteger(Math.log2(first.size))
  const path = isPower ? [first.root, ...proof] : proof
  if (path.length === 0) return false
  let fn = first.size - 1
  let sn = second.size - 1
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  let fr = path[0]!
  let sr = path[0]!
  for (const c of path.slice(1)) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(algorithm, c, fr)
      sr = nodeHash(algorithm, c, sr)
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2
        sn = Math.floor(sn / 2)
      }
    } else sr = nodeHash(algorithm, sr, c)
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && fr === first.root && sr === second.root
}

/** Levels between those whose nodes are kept: of sixteen nodes one is written. */
export const STORED_LEVELS = 4

/** A tree that grows at its right edge, of which only the edge is in memory: an append costs O(log n). */
export class GrowingTree {
  readonly algorithm: HashAlgorithm
  #size: number
  /** The complete subtree at each level whose bit is set in the size. */
  readonly #edge: (string | undefined)[]

  constructor(algorithm: HashAlgorithm, size: number, edge: readonly (string | undefined)[]) {
    this.algorithm = algorithm
    this.#size = size
    this.#edge = [...edge]
  }

  /** A tree of so many leaves, its edge read from what is kept. */
  static async open(tree: Subtrees, size: number): Promise<GrowingTree> {
    const edge: (string | undefined)[] = []
    for (let level = 0; 2 ** level <= size; level += 1) {
      const nodes = Math.floor(size / 2 ** level)
      edge[level] = nodes % 2 === 1 ? await tree.subtree(level, nodes - 1) : undefined
    }
    return new GrowingTree(tree.algorithm, size, edge)
  }

  get size(): number {
    return this.#size
  }

  /** Takes a row's hash in as the next leaf; `keep` is told of each finished node that is to be kept. */
  append(rowHash: string, keep: (level: number, index: number, hash: string) => void): void {
    let hashed = leafHash(this.algorithm, rowHash)
    let level = 0
    let index = this.#size
    while (index % 2 === 1) {
      hashed = nodeHash(this.algorithm, this.#edge[level]!, hashed)
      this.#edge[level] = undefined
      index = Math.floor(index / 2)
      level += 1
      if (level % STORED_LEVELS === 0) keep(level, index, hashed)
    }
    this.#edge[level] = hashed
    this.#size += 1
  }

  /** The tree's root; null while it has no leaf. */
  root(): string | null {
    let root: string | null = null
    for (const hashed of this.#edge)
      if (hashed !== undefined) root = root === null ? hashed : nodeHash(this.algorithm, hashed, root)
    return root
  }
}
