import { compileExpression, compileUnaryTests, type FieldDictionary } from '@bihuan/engine'
import type { DmnElement } from './dmn-parts.ts'
import { optionsOf } from './option-words.ts'

/** Words for what a cell says when nobody is writing in it. */
export interface CellWords {
  readonly any: string
  readonly yes: string
  readonly no: string
  readonly nothing: string
  readonly or: string
  /** Says the first two of many and how many there are. */
  readonly more: (first: string, count: number) => string
}

/** More texts than these are counted, not listed. */
const LISTED = 4

const TEXTS = /^"(?:[^"\\]|\\.)*"(?:\s*,\s*"(?:[^"\\]|\\.)*")*$/

/** The texts of a cell that holds nothing but texts (`"a", "b"`), or null. */
function textsOf(cell: string): string[] | null {
  if (!TEXTS.test(cell)) return null
  return [...cell.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => (match[1] ?? '').replace(/\\(.)/g, '$1'))
}

/** What a cell says in words, or null when it is shown as it is written. */
export function cellWord(
  text: string,
  kind: 'test' | 'result',
  options: ReadonlyMap<string, string>,
  words: CellWords,
): string | null {
  const cell = text.trim()
  if (kind === 'test' && (cell === '' || cell === '-')) return words.any
  if (cell === 'true') return words.yes
  if (cell === 'false') return words.no
  if (cell === 'null') return words.nothing
  const texts = textsOf(cell)
  if (!texts || (kind === 'result' && texts.length > 1)) return null
  const labels = texts.map((value) => options.get(value) ?? value)
  return labels.length > LISTED ? words.more(labels.slice(0, 2).join(words.or), labels.length) : labels.join(words.or)
}

/** A cell that cannot be read as FEEL, or compares a choice with none of its options: nothing is said of empty ones. */
const isBroken = (text: string, kind: 'test' | 'result', options: ReadonlyMap<string, string>): boolean => {
  const cell = text.trim()
  if (cell === '' || cell === '-') return false
  const texts = kind === 'test' && options.size > 0 ? textsOf(cell) : null
  if (texts) return texts.some((value) => !options.has(value))
  return 'error' in (kind === 'test' ? compileUnaryTests(cell) : compileExpression(cell))
}

/** What is to be seen of the cells of a table: words by cell id, and ids of the cells that cannot be read or never apply. */
export function cellsOf(
  table: DmnElement,
  dictionary: FieldDictionary,
  words: CellWords,
): { readonly said: ReadonlyMap<string, string>; readonly broken: readonly string[] } {
  const inputs = (table.input ?? []).map((input) => optionsOf(dictionary, input.inputExpression?.text))
  const outputs = (table.output ?? []).map((output) => optionsOf(dictionary, output.name))
  const said = new Map<string, string>()
  const broken: string[] = []
  const look = (cell: DmnElement, kind: 'test' | 'result', options: ReadonlyMap<string, string> = new Map()) => {
    const text = cell.text ?? ''
    const word = cellWord(text, kind, options, words)
    if (word !== null) said.set(cell.id, word)
    if (isBroken(text, kind, options)) broken.push(cell.id)
  }
  for (const rule of table.rule ?? []) {
    rule.inputEntry?.forEach((cell, i) => {
      look(cell, 'test', inputs[i])
    })
    rule.outputEntry?.forEach((cell, i) => {
      look(cell, 'result', outputs[i])
    })
  }
  return { said, broken }
}

/** A text as CSS holds it: no sign of it can end the text or the rule. */
const quoted = (text: string): string =>
  `"${[...text].map((sign) => (/[\p{L}\p{N} ]/u.test(sign) ? sign : `\\${sign.codePointAt(0)!.toString(16)} `)).join('')}"`

/**
 * Rules that show words in place of what is written, while nobody writes there. dmn-js draws its cells anew at every
 * change; rules by the id of a cell hold all the same.
 */
export function cellRules(
  said: ReadonlyMap<string, string>,
  broken: readonly string[],
  hit: readonly string[],
): string {
  const cell = (id: string) => `.decision-editor td[data-element-id=${quoted(id)}]`
  const shown = [...said].map(
    ([id, word]) =>
      `${cell(id)} .feel-editor:not(.focussed) .content-editable{font-size:0}` +
      `${cell(id)} .feel-editor:not(.focussed) .content-editable::before{content:${quoted(word)};position:static;opacity:1;font-size:var(--text-sm)}`,
  )
  const faulty = broken.map((id) => `${cell(id)}{box-shadow:inset 0 0 0 2px var(--clock-red)}`)
  const rows = hit.map(
    (id) =>
      `.decision-editor .dmn-decision-table-container tbody tr td[data-row-id=${quoted(id)}]{background:var(--indigo-50)}`,
  )
  return [...shown, ...faulty, ...rows].join('\n')
}
