import type { BodyFault, Json } from '@bihuan/engine'
import { unreadable } from './fault.ts'

/** No body of ours nests deeper; a parser that recurses is never handed more. */
const MAX_DEPTH = 64

const refuse = (why: BodyFault, limit?: string | number): never => {
  throw unreadable(why, limit)
}

/**
 * Reads JSON as RFC 8259 allows and no further: one name once in an object, no `__proto__`, depth at most 64, numbers
 * that a double can hold, well-formed text without NUL. Throws `BODY_UNREADABLE` with what was found.
 */
export function readJson(text: string): Json {
  if (text.trim() === '') refuse('empty')
  scan(text)
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    return refuse('notJson')
  }
  check(value)
  return value
}

/** Walks the text once for what `JSON.parse` hides: depth, and names given twice. */
function scan(text: string): void {
  // One entry an open bracket: the names seen in an object, null for a list.
  const open: (Set<string> | null)[] = []
  let expectsName = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (c === '"') {
      const start = i
      for (i++; i < text.length && text[i] !== '"'; i++) if (text[i] === '\\') i++
      const names = open[open.length - 1]
      if (!names || !expectsName) continue
      const name = unquote(text.slice(start, i + 1))
      if (name === '__proto__') refuse('protoName')
      if (names.has(name)) refuse('nameTwice', name.slice(0, 80))
      names.add(name)
      expectsName = false
    } else if (c === '{' || c === '[') {
      open.push(c === '{' ? new Set() : null)
      expectsName = c === '{'
      if (open.length > MAX_DEPTH) refuse('tooDeep', MAX_DEPTH)
    } else if (c === '}' || c === ']') {
      open.pop()
      expectsName = false
    } else if (c === ',') {
      expectsName = open[open.length - 1] != null
    }
  }
}

function unquote(quoted: string): string {
  try {
    return JSON.parse(quoted) as string
  } catch {
    return refuse('notJson')
  }
}

function check(value: Json): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse('numberTooLarge')
  } else if (typeof value === 'string') {
    checkText(value)
  } else if (Array.isArray(value)) {
    for (const item of value) check(item)
  } else if (value !== null && typeof value === 'object') {
    for (const [name, item] of Object.entries(value)) {
      checkText(name)
      check(item)
    }
  }
}

/** Half a surrogate pair cannot be stored as UTF-8, and the database cuts text at NUL. */
function checkText(text: string): void {
  if (/\p{Cs}/u.test(text)) refuse('halfCharacter')
  if (text.includes('\0')) refuse('nulCharacter')
}
