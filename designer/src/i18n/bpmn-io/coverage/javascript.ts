/** A piece of JavaScript source: a text, a template with holes, a word, or a sign. */
export interface Token {
  readonly kind: 'text' | 'template' | 'word' | 'mark'
  readonly value: string
}

/** After these a slash begins a regular expression. */
const BEFORE_PATTERN = /^[(,=:[!&|?{};+\-*%<>~^]$|^(return|typeof|case|in|of|delete|void|throw|new|else|do|instanceof)$/

/** The tokens of a source; comments and regular expressions are left out. */
export function tokensOf(source: string): Token[] {
  const found: Token[] = []
  let at = 0
  const take = (kind: Token['kind'], end: number, value: string) => {
    found.push({ kind, value })
    at = end
  }
  while (at < source.length) {
    const sign = source[at]!
    if (/\s/.test(sign)) at += 1
    else if (source.startsWith('//', at)) at = orEnd(source, source.indexOf('\n', at))
    else if (source.startsWith('/*', at)) at = orEnd(source, source.indexOf('*/', at + 2)) + 2
    else if (sign === '"' || sign === "'") {
      const end = endOfString(source, at)
      take('text', end, unquoted(source.slice(at, end)))
    } else if (sign === '`') {
      const end = endOfTemplate(source, at)
      const raw = source.slice(at, end)
      if (raw.includes('$' + '{')) take('template', end, raw.slice(1, -1))
      else take('text', end, unquoted(raw))
    } else if (/[\w$]/.test(sign)) {
      let end = at
      while (/[\w$]/.test(source[end] ?? '')) end += 1
      take('word', end, source.slice(at, end))
    } else if (sign === '/' && beginsPattern(found.at(-1))) at = endOfPattern(source, at)
    else take('mark', at + 1, sign)
  }
  return found
}

/** Whether a token is this sign. */
export const isMark = (token: Token | undefined, value: string): boolean =>
  token?.kind === 'mark' && token.value === value

const beginsPattern = (before: Token | undefined): boolean =>
  !before || (before.kind !== 'text' && BEFORE_PATTERN.test(before.value))

const orEnd = (source: string, index: number): number => (index < 0 ? source.length : index)

function endOfString(source: string, start: number): number {
  let end = start + 1
  while (end < source.length && source[end] !== source[start]) end += source[end] === '\\' ? 2 : 1
  return end + 1
}

function endOfTemplate(source: string, start: number): number {
  let end = start + 1
  while (end < source.length && source[end] !== '`') {
    if (source[end] === '\\') end += 2
    else if (source.startsWith('$' + '{', end)) end = endOfHole(source, end + 2)
    else end += 1
  }
  return end + 1
}

function endOfHole(source: string, start: number): number {
  let depth = 1
  let end = start
  while (end < source.length && depth > 0) {
    if (source[end] === '`') {
      end = endOfTemplate(source, end)
      continue
    }
    if (source[end] === '"' || source[end] === "'") {
      end = endOfString(source, end)
      continue
    }
    if (source[end] === '{') depth += 1
    if (source[end] === '}') depth -= 1
    end += 1
  }
  return end
}

function endOfPattern(source: string, start: number): number {
  let end = start + 1
  let inClass = false
  while (end < source.length && (inClass || source[end] !== '/') && source[end] !== '\n') {
    if (source[end] === '[') inClass = true
    if (source[end] === ']') inClass = false
    end += source[end] === '\\' ? 2 : 1
  }
  end += 1
  while (/[a-z]/.test(source[end] ?? '')) end += 1
  return end
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' }

function unquoted(raw: string): string {
  const pattern = /\\(u\{([\da-f]+)\}|u([\da-f]{4})|x([\da-f]{2})|\r?\n|[\s\S])/gi
  return raw.slice(1, -1).replace(pattern, (_, escaped: string, brace?: string, four?: string, two?: string) => {
    const code = brace ?? four ?? two
    return code ? String.fromCodePoint(Number.parseInt(code, 16)) : (ESCAPES[escaped] ?? escaped)
  })
}
