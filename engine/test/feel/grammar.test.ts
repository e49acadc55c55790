import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Case, caseFiles, casesOf } from './cases.ts'
import { differences, ourTree, theirTree } from './grammar.ts'
import { expressions, tests } from './grammar-texts.ts'

const topOf = ({ kind }: Case) => (kind === 'tests' ? 'UnaryTests' : 'Expression')

/** Which difference a case shows; null for the same tree. */
function differenceOf(test: Case): string | null {
  const ours = ourTree(test.source, topOf(test))
  const theirs = theirTree(test.source, topOf(test))
  if (ours?.join() === theirs?.join()) return null
  return differences.find(({ shows }) => shows(test.source, ours, theirs))?.name ?? `none: ${test.source}`
}

describe('FE5 the tree is the one that lezer-feel makes, node by node, with the same spans', () => {
  it('for every expression of the table but the differences, counted', () => {
    const counts: { [name: string]: number } = {}
    for (const test of caseFiles().flatMap(casesOf)) {
      const name = differenceOf(test)
      if (name !== null) counts[name] = (counts[name] ?? 0) + 1
    }
    expect(counts).toEqual(Object.fromEntries(differences.map(({ name, count }) => [name, count])))
  })

  it.each([
    { top: 'Expression', texts: expressions },
    { top: 'UnaryTests', texts: tests },
  ] as const)('for any $top made by the grammar', ({ top, texts }) => {
    fc.assert(
      fc.property(texts, (source) => {
        const theirs = theirTree(source, top)
        expect(theirs).not.toBeNull()
        expect(ourTree(source, top)).toEqual(theirs)
      }),
      { numRuns: 600, seed: 5 },
    )
  })
})
