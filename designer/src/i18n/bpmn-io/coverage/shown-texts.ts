import { isMark, type Token } from './javascript.ts'

/** Texts that a source hands to `translate(…)`, as far as they are written there. */
export function translatedTexts(list: readonly Token[]): Set<string> {
  const found = new Set<string>()
  for (const [index, token] of list.entries()) {
    if (token.kind !== 'word' || !/^_?translate\w*$/i.test(token.value) || !isMark(list[index + 1], '(')) continue
    if (list[index - 1]?.value === 'function') continue
    for (const text of texts(expressionAt(list, index + 2))) if (text !== '') found.add(text)
  }
  return found
}

/** Texts that stand at properties of these names: what JSX and menus show. */
export function propertyTexts(list: readonly Token[], names: readonly string[]): Set<string> {
  const found = new Set<string>()
  for (const [index, token] of list.entries()) {
    const isName = (token.kind === 'word' || token.kind === 'text') && names.includes(token.value)
    if (!isName || !isMark(list[index + 1], ':') || isMark(list[index - 1], '?')) continue
    const value = expressionAt(list, index + 2)
    const items = isMark(value[0], '[') ? members(value.slice(1, -1)) : [value]
    for (const text of items.flatMap(texts)) found.add(text)
  }
  return found
}

/** Texts in tables of these names: words by key. */
export function constantTexts(list: readonly Token[], names: readonly string[]): Set<string> {
  const found = new Set<string>()
  for (const [index, token] of list.entries()) {
    if (token.kind !== 'word' || !names.includes(token.value)) continue
    if (!isMark(list[index + 1], '=') || isMark(list[index + 2], '=')) continue
    const value = expressionAt(list, index + 2)
    for (const [at, part] of value.entries())
      if (part.kind === 'text' && !isMark(value[at + 1], ':')) found.add(part.value)
  }
  return found
}

const QUIET_CALLS = ['Error', 'warn', 'error', 'log']
const QUIET_SENTENCES = /^(Keyboard binding is now|Properties provider does not|Syntax Error)/

/** Every text of two words or more, wherever it stands; what is thrown or logged is left out. */
export function sentencesIn(list: readonly Token[]): Set<string> {
  const found = new Set<string>()
  for (const [index, { kind, value }] of list.entries()) {
    if (kind !== 'text' || value.length > 300 || !/^[A-Z][a-z]*( [\w("]|, )/.test(value)) continue
    if (QUIET_CALLS.includes(list[index - 2]?.value ?? '') || QUIET_SENTENCES.test(value)) continue
    found.add(value)
  }
  return found
}

/** The tokens from `start` up to the next comma, semicolon or closing bracket of the same depth. */
function expressionAt(list: readonly Token[], start: number): readonly Token[] {
  let depth = 0
  let end = start
  for (; end < list.length; end += 1) {
    const token = list[end]!
    if (token.kind !== 'mark') continue
    if ('([{'.includes(token.value)) depth += 1
    if (')]}'.includes(token.value)) {
      if (depth === 0) break
      depth -= 1
    }
    if (',;'.includes(token.value) && depth === 0) break
  }
  return list.slice(start, end)
}

function members(list: readonly Token[]): (readonly Token[])[] {
  const found: (readonly Token[])[] = []
  for (let index = 0; index < list.length; ) {
    const item = expressionAt(list, index)
    found.push(item)
    index += item.length + 1
  }
  return found
}

type Separator = (list: readonly Token[], index: number) => boolean

/** Where an expression falls apart at its own depth; -1 when it does not. */
function splitAt(list: readonly Token[], isSeparator: Separator): number {
  let depth = 0
  for (const [index, token] of list.entries()) {
    if (token.kind === 'mark' && '([{'.includes(token.value)) depth += 1
    if (token.kind === 'mark' && ')]}'.includes(token.value)) depth -= 1
    if (depth === 0 && isSeparator(list, index)) return index
  }
  return -1
}

const isQuestion: Separator = (list, at) =>
  isMark(list[at], '?') && !isMark(list[at + 1], '.') && !isMark(list[at + 1], '?') && !isMark(list[at - 1], '?')
const isColon: Separator = (list, at) => isMark(list[at], ':')
const isOr: Separator = (list, at) => {
  const token = list[at]!
  return token.kind === 'mark' && '|?&'.includes(token.value) && isMark(list[at + 1], token.value)
}

/** The texts an expression can yield: 'a', 'a' + 'b', x ? 'a' : 'b', x || 'a', a template with a choice in it. */
function texts(list: readonly Token[]): string[] {
  const question = splitAt(list, isQuestion)
  if (question >= 0) {
    const rest = list.slice(question + 1)
    const colon = splitAt(rest, isColon)
    return [...texts(rest.slice(0, colon)), ...texts(rest.slice(colon + 1))]
  }
  const or = splitAt(list, isOr)
  if (or >= 0) return [...(isMark(list[or], '&') ? [] : texts(list.slice(0, or))), ...texts(list.slice(or + 2))]
  const [only, second] = list
  if (only?.kind === 'template' && !second) return spread(only.value)
  const isSum = (token: Token, at: number) => (at % 2 === 1 ? isMark(token, '+') : token.kind === 'text')
  if (list.length % 2 === 0 || !list.every(isSum)) return []
  return [list.flatMap((token, at) => (at % 2 === 0 ? [token.value] : [])).join('')]
}

/** A template with a choice between two texts is two texts; any other hole cannot be spread. */
function spread(template: string): string[] {
  const hole = /\$\{[^{}]*\?\s*'([^']*)'\s*:\s*'([^']*)'\s*\}/.exec(template)
  if (!hole) return template.includes('$' + '{') ? [] : [template]
  return [hole[1]!, hole[2]!].flatMap((word) => spread(template.replace(hole[0], () => word)))
}
