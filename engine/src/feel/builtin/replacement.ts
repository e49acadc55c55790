import type { Match } from './pattern.ts'

/** A piece of a replacement: text, or the number of a group. */
export type Piece = string | number

/**
 * Reads a replacement as XPath and Java write it: `$1` is a group (`$0` the whole; as many digits as there are groups
 * for), `\$` and `\\` are themselves. Null for a `$` without a group there is, and for any other `\`.
 */
export function replacementOf(text: string, groupCount: number): readonly Piece[] | null {
  const pieces: Piece[] = []
  for (let at = 0; at < text.length; ) {
    const plain = /^[^\\$]+/.exec(text.slice(at))?.[0] ?? ''
    if (plain !== '') pieces.push(plain)
    at += plain.length
    if (at >= text.length) break
    const sign = text[at + 1] ?? ''
    if (text[at] === '\\') {
      if (sign !== '\\' && sign !== '$') return null
      pieces.push(sign)
      at += 2
      continue
    }
    let length = 1
    if (!/\d/.test(sign) || Number(sign) > groupCount) return null
    while (/\d/.test(text[at + 1 + length] ?? '') && Number(text.slice(at + 1, at + 2 + length)) <= groupCount)
      length += 1
    pieces.push(Number(text.slice(at + 1, at + 1 + length)))
    at += 1 + length
  }
  return pieces
}

/** The text with each match replaced. */
export function replaced(text: string, matches: readonly Match[], pieces: readonly Piece[]): string {
  let result = ''
  let from = 0
  for (const { start, end, groups } of matches) {
    result += text.slice(from, start)
    for (const piece of pieces) result += typeof piece === 'string' ? piece : (groups[piece] ?? '')
    from = end
  }
  return result + text.slice(from)
}
