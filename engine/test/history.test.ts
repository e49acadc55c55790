import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { emptyState, type Fact, fold, restoreState, type StateJson, serializeState } from '../src/index.ts'
import { caseNames, readCase, tell } from './story.ts'

interface History {
  readonly facts: readonly Fact[]
  /** The state that these facts led to when they were written. */
  readonly state: StateJson
}

/**
 * Facts that a released engine wrote lead to the same state for ever (design §2). A file is written once, by
 * `HISTORY=write` for a release that has none yet, and never again: a change of a fact is a new version with an upcast.
 */
const RELEASE = '0.1'
const releases = new URL('./histories/', import.meta.url)

if (process.env.HISTORY === 'write')
  for (const name of caseNames) {
    const { facts, game } = await tell(readCase(name))
    const lines = [...facts, { state: serializeState(game.state) }].map((line) => JSON.stringify(line))
    writeFileSync(new URL(`${RELEASE}/${name}.jsonl`, releases), `${lines.join('\n')}\n`, { flag: 'wx' })
  }

const histories = readdirSync(releases).flatMap((release) =>
  readdirSync(new URL(`${release}/`, releases)).map((file) => ({ release, name: file.replace('.jsonl', '') })),
)

/** One fact a line, the state in the last. */
function historyOf({ release, name }: (typeof histories)[number]): History {
  const lines = readFileSync(new URL(`${release}/${name}.jsonl`, releases), 'utf8')
    .trim()
    .split('\n')
  const facts = lines.slice(0, -1).map((line) => JSON.parse(line) as Fact)
  return { facts, ...(JSON.parse(lines.at(-1) ?? '') as Pick<History, 'state'>) }
}

test.each(histories)('the facts of $release lead to the state they led to: $name', (history) => {
  const { facts, state } = historyOf(history)
  expect(serializeState(fold(emptyState(state.stream), facts))).toEqual(state)
  expect(serializeState(restoreState(state))).toEqual(state)
})

test('every kind of fact of the release stands in some history', () => {
  const seen = new Set(histories.flatMap((history) => historyOf(history).facts.map((fact) => fact.kind)))
  const source = readFileSync(new URL('../src/record/record.ts', import.meta.url), 'utf8')
  const block = source.slice(source.indexOf('export interface FactValues'), source.indexOf('export type FactKind'))
  const kinds = [...block.matchAll(/^ {2}'([\w.]+)'/gm)].map((match) => match[1])
  expect(kinds.length).toBeGreaterThan(30)
  expect(kinds.filter((kind) => !seen.has(kind as Fact['kind']))).toEqual([])
})
