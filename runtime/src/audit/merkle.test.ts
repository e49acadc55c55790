import { describe, expect, it } from 'vitest'
import {
  consistencyPath,
  GrowingTree,
  holdsConsistency,
  holdsInclusion,
  inclusionPath,
  leafHash,
  nodeHash,
  rangeHash,
  type Subtrees,
} from './merkle.ts'

const rows = Array.from({ length: 70 }, (_, i) => `row ${i}`)
const tree = (algorithm: 'sha256' | 'sm3'): Subtrees => ({
  algorithm,
  async subtree(level, index) {
    if (level === 0) return leafHash(algorithm, rows[index]!)
    const left = await this.subtree(level - 1, 2 * index)
    return nodeHash(algorithm, left, await this.subtree(level - 1, 2 * index + 1))
  },
})

describe('the tree', () => {
  it('hashes as RFC 9162 does: known roots of the first test leaves', async () => {
    // Reference roots of the tests of RFC 6962's own implementation: leaves "", 00, 10 (hex) give these roots.
    const leaves = ['', '\0', '\u0010']
    const reference: Subtrees = {
      algorithm: 'sha256',
      async subtree(level, index) {
        if (level === 0) return leafHash('sha256', leaves[index]!)
        return nodeHash(
          'sha256',
          await this.subtree(level - 1, 2 * index),
          await this.subtree(level - 1, 2 * index + 1),
        )
      },
    }
    expect(await rangeHash(reference, 0, 1)).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
    expect(await rangeHash(reference, 0, 2)).toBe('fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125')
    expect(await rangeHash(reference, 0, 3)).toBe('aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77')
  })

  it.each(['sha256', 'sm3'] as const)('grows to the root of all its leaves at every size (%s)', async (algorithm) => {
    const grown = new GrowingTree(algorithm, 0, [])
    for (const [i, row] of rows.entries()) {
      grown.append(row, () => {})
      expect(grown.root()).toBe(await rangeHash(tree(algorithm), 0, i + 1))
      expect((await GrowingTree.open(tree(algorithm), i + 1)).root()).toBe(grown.root())
    }
  })

  it('proves every leaf at every size, and no other leaf or place', async () => {
    const t = tree('sha256')
    for (let size = 1; size <= rows.length; size += 1) {
      const root = await rangeHash(t, 0, size)
      for (let index = 0; index < size; index += 1) {
        const path = await inclusionPath(t, index, size)
        expect(holdsInclusion('sha256', leafHash('sha256', rows[index]!), { index, size }, path, root)).toBe(true)
        const other = (index + 1) % size
        if (size > 1)
          expect(holdsInclusion('sha256', leafHash('sha256', rows[other]!), { index, size }, path, root)).toBe(false)
        expect(holdsInclusion('sha256', leafHash('sha256', rows[index]!), { index: size, size }, path, root)).toBe(
          false,
        )
      }
    }
  })

  it('proves every smaller tree to be the beginning of every larger one, and no other', async () => {
    const t = tree('sha256')
    for (let second = 1; second <= rows.length; second += 1) {
      const after = { size: second, root: await rangeHash(t, 0, second) }
      for (let first = 1; first <= second; first += 1) {
        const before = { size: first, root: await rangeHash(t, 0, first) }
        const proof = await consistencyPath(t, first, second)
        expect(holdsConsistency('sha256', before, after, proof)).toBe(true)
        const forged = { size: first, root: leafHash('sha256', 'forged') }
        expect(holdsConsistency('sha256', forged, after, proof)).toBe(false)
      }
    }
  })
})
