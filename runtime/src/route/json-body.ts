import { type Json, Rejection } from '@bihuan/engine'

/** No body of ours nests deeper; a parser that recurses is never handed more. */
const MAX_DEPTH = 64

const refuse = (why: string): never => {
  throw new Rejection('BODY_UNREADABLE', { why })
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
    return refuse('not JSON')
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
      if (name === '__proto__') refuse('a field named __proto__')
      if (names.has(name)) refuse(`the field ${name.slice(0, 80)} twice`)
      names.add(name)
      expectsName = false
    } else if (c === '{' || c === '[') {
      open.push(c === '{' ? new Set() : null)
      expectsName = c === '{'
      if (open.length > MAX_DEPTH) refuse(`more than ${MAX_DEPTH} levels`)
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
    return refuse('not JSON')
  }
}

function check(value: Json): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse('a number that is too large')
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
  if (/\p{Cs}/u.test(text)) refuse('text with half a character')
  if (text.includes('\0')) refuse('text with a NUL character')
}
