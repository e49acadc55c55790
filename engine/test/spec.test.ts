import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const engine = new URL('../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, engine), 'utf8')
const files = (folder: string, ending: string) =>
  readdirSync(new URL(folder, engine), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}${name}`)

/** `**IG3**`, `**CO2, CO3**` */
const rules = [...read('SPEC.md').matchAll(/\*\*([A-Z]{2}\d+(?:, [A-Z]{2}\d+)*)\*\*/g)].flatMap(([, ids = '']) =>
  ids.split(', '),
)

/** What a title or a header names: each id, and `CN1–CN4` for those between too. */
function namedIn(text: string): string[] {
  const between = [...text.matchAll(/\b([A-Z]{2})(\d+)[–-]\1?(\d+)\b/g)].flatMap(([, letters = '', from, to]) =>
    Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => `${letters}${Number(from) + i}`),
  )
  return [...between, ...(text.match(/\b[A-Z]{2}\d+\b/g) ?? [])]
}

const TITLE = /(?:\b(?:test|it|describe)(?:\.\w+)*\(|\)\()\s*(['"`])((?:\\.|(?!\1)[^\n])*)\1/g

/** Where each rule is cited: titles of tests, headers of traces. */
const citations = new Map<string, string[]>()
function cite(text: string, where: string): void {
  for (const id of namedIn(text)) citations.set(id, [...(citations.get(id) ?? []), where])
}
for (const path of [...files('src/', '.test.ts'), ...files('test/', '.test.ts')])
  for (const [, , title = ''] of read(path).matchAll(TITLE)) cite(title, path)
// Tables of decisions: each case has a title of its own.
for (const path of files('test/', '.yaml'))
  for (const [, title = ''] of read(path).matchAll(/\bit: (.*)$/gm)) cite(title, path)
for (const path of files('test/fixtures/', '.trace'))
  for (const [line] of read(path).matchAll(/^# Rules:.*$/gm)) cite(line, path)

/** Rules that hold outside the engine too are shown there: `FE9` where forms are. */
const elsewhere = ['../designer/src/', '../designer/test/', '../runtime/src/'].flatMap((folder) =>
  files(folder, '.test.ts'),
)
const shownElsewhere = new Set(
  elsewhere.flatMap((path) => [...read(path).matchAll(TITLE)].flatMap(([, , title = '']) => namedIn(title))),
)

test('every rule has an id of its own', () => {
  expect(rules.filter((id, index) => rules.indexOf(id) !== index)).toEqual([])
  expect(rules.length).toBeGreaterThanOrEqual(150)
})

test('every rule is cited by a test or a trace', () => {
  expect(rules.filter((id) => !citations.has(id) && !shownElsewhere.has(id))).toEqual([])
})

test('every citation names a rule that there is', () => {
  const unknown = [...citations].filter(([id]) => !rules.includes(id))
  expect(unknown.map(([id, where]) => `${id} in ${[...new Set(where)].join(', ')}`)).toEqual([])
})

test('every trace says which rules it shows', () => {
  const silent = files('test/fixtures/', '.trace').filter((path) => !/^# Rules: [A-Z]{2}\d/m.test(read(path)))
  expect(silent).toEqual([])
})
