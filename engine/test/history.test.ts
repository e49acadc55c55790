import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { emptyState, type Fact, fold, restoreState, type StateJson, serializeState } from '../src/index.ts'
import { readCase } from './cases.ts'
import { tell } from './story.ts'

interface History {
  /** Facts, and after those of each command the state they led to when they were written. */
  readonly parts: readonly { readonly facts: readonly Fact[]; readonly state: StateJson }[]
}

/**
 * Facts that a released engine wrote lead to the same state for ever (design §2). A file is written once, by
 * `HISTORY=write` for a release that has none yet, and never again: a change of a fact is a new version with an upcast.
 */
const RELEASE = '0.3'
const releases = new URL('./histories/', import.meta.url)

/** The cases of the release: with those of the releases before it they hold every kind of fact. */
const CHOSEN = [
  ...['migration/call-activity', 'migration/catch-events', 'migration/compensation', 'migration/condition'],
  ...['migration/events', 'migration/incident', 'migration/joins', 'migration/listener', 'migration/multi-instance'],
  ...['migration/suspended', 'migration/task-listener'],
  ...['operating/ad-hoc', 'operating/called', 'operating/modified-while-suspended', 'operating/multi-instance'],
  ...['operating/nested', 'operating/suspended', 'operating/suspended-condition', 'operating/unheard'],
]

if (process.env.HISTORY === 'write')
  for (const name of CHOSEN) {
    const file = new URL(`${RELEASE}/${name}.jsonl`, releases)
    if (existsSync(file)) continue
    const lines: string[] = []
    let known = 0
    await tell(readCase(name), (state, facts) => {
      for (const one of [...facts.slice(known), { state: serializeState(state) }]) lines.push(JSON.stringify(one))
      known = facts.length
      return state
    })
    mkdirSync(new URL('./', file), { recursive: true })
    writeFileSync(file, `${lines.join('\n')}\n`, { flag: 'wx' })
  }

const histories = readdirSync(releases).flatMap((release) =>
  readdirSync(new URL(`${release}/`, releases), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.jsonl'))
    .map((file) => ({ release, name: file.replace('.jsonl', '') })),
)

/** One fact a line, and a line for each state. */
function historyOf({ release, name }: (typeof histories)[number]): History {
  const parts: { facts: Fact[]; state: StateJson }[] = []
  let facts: Fact[] = []
  for (const line of readFileSync(new URL(`${release}/${name}.jsonl`, releases), 'utf8')
    .trim()
    .split('\n')) {
    const one = JSON.parse(line) as Fact | { readonly state: StateJson }
    if ('kind' in one) facts.push(one)
    else {
      parts.push({ facts, state: one.state })
      facts = []
    }
  }
  return { parts }
}

test.each(histories)('TR2 the facts of $release lead to the states they led to: $name', (history) => {
  const { parts } = historyOf(history)
  expect(parts.length).toBeGreaterThan(0)
  const live = emptyState(parts[0]?.state.stream ?? 0)
  for (const { facts, state } of parts) {
    expect(serializeState(fold(live, facts))).toEqual(state)
    expect(serializeState(restoreState(state))).toEqual(state)
  }
})

test('TR2 every kind of fact stands in some history', () => {
  const all = histories.flatMap((history) => historyOf(history).parts.flatMap(({ facts }) => facts))
  const seen = new Set(all.map((fact) => fact.kind))
  const folder = new URL('../src/record/fact/', import.meta.url)
  const kinds = readdirSync(folder).flatMap((file) =>
    [...readFileSync(new URL(file, folder), 'utf8').matchAll(/^ {2}'([\w.]+)': ?/gm)].map(([, kind]) => kind),
  )
  expect(kinds.length).toBeGreaterThan(50)
  expect(kinds.filter((kind) => !seen.has(kind as Fact['kind']))).toEqual([])
})
