import type { Facts, Problem } from '../problem/problem.ts'

/** What a drawing may hold. A village process has some 100 elements; these bounds keep every parser below a second. */
export const xmlLimits = {
  bytes: 2_000_000,
  namespaces: 32,
  elements: 5_000,
  depth: 64,
  attributes: 30_000,
  entities: 30_000,
} as const

const MARKUP = /<(?:!--|!\[CDATA\[|!|\?|\/)?/g
const END = /["'>]/g

/**
 * Judges an XML text before a parser sees it, in one pass: its size, how many elements and namespace declarations,
 * how deep, and that it has no DOCTYPE (external entities, entity bombs: quality I01, I02). Gives at most one problem:
 * the first reason not to read on. Whether the XML is well formed is the parser's word, not ours.
 */
export function scanXml(xml: string, resource: string): Problem[] {
  const refuse = (code: Problem['code'], facts: Facts): Problem[] => [
    { code, severity: 'error', resource, elementId: null, elementName: null, facts },
  ]
  const tooLarge = (what: keyof typeof xmlLimits, found: number): Problem[] =>
    refuse('RESOURCE_TOO_LARGE', { what, found, limit: xmlLimits[what] })
  const bytes = xml.length > xmlLimits.bytes ? xml.length : utf8Length(xml)
  if (bytes > xmlLimits.bytes) return tooLarge('bytes', bytes)
  const unfit = unfitCharacter(xml)
  if (unfit >= 0) return refuse('XML_UNREADABLE', { message: 'a control character', line: lineOf(xml, unfit) })

  let depth = 0
  let elements = 0
  let namespaces = 0
  let attributes = 0
  const entities = xml.split('&').length - 1
  if (entities > xmlLimits.entities) return tooLarge('entities', entities)
  const reference = unfitReference(xml)
  if (reference >= 0) return refuse('XML_UNREADABLE', { message: 'a control character', line: lineOf(xml, reference) })
  MARKUP.lastIndex = 0
  for (let match = MARKUP.exec(xml); match; match = MARKUP.exec(xml)) {
    const start = match.index
    let end: number
    switch (match[0]) {
      case '<!--':
        end = after(xml, '-->', start)
        break
      case '<![CDATA[':
        end = after(xml, ']]>', start)
        break
      case '<?':
        end = after(xml, '?>', start)
        break
      case '<!':
        return refuse('DOCTYPE_NOT_ALLOWED', { line: lineOf(xml, start) })
      case '</':
        depth -= 1
        end = after(xml, '>', start)
        break
      default: {
        end = tagEnd(xml, start)
        elements += 1
        if (elements > xmlLimits.elements) return tooLarge('elements', elements)
        const tag = xml.slice(start, end)
        if (!tag.endsWith('>')) return refuse('XML_UNREADABLE', { message: 'unclosed tag', line: lineOf(xml, start) })
        attributes += tag.split('=').length - 1
        if (attributes > xmlLimits.attributes) return tooLarge('attributes', attributes)
        namespaces += tag.split('xmlns').length - 1
        if (namespaces > xmlLimits.namespaces) return tooLarge('namespaces', namespaces)
        if (!tag.endsWith('/>')) depth += 1
        if (depth > xmlLimits.depth) return tooLarge('depth', depth)
      }
    }
    MARKUP.lastIndex = end
  }
  return elements === 0 ? refuse('XML_UNREADABLE', { message: 'no element', line: 1 }) : []
}

function after(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from)
  return at < 0 ? xml.length : at + mark.length
}

/** End of a start tag; a `>` inside an attribute value does not end it. */
function tagEnd(xml: string, start: number): number {
  END.lastIndex = start + 1
  for (let match = END.exec(xml); match; match = END.exec(xml)) {
    if (match[0] === '>') return match.index + 1
    const close = xml.indexOf(match[0], match.index + 1)
    if (close < 0) return xml.length
    END.lastIndex = close + 1
  }
  return xml.length
}

function utf8Length(text: string): number {
  let bytes = 0
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    // A surrogate is half of a four-byte character.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3
  }
  return bytes
}

/** Whether XML 1.0 has such a character: no control character, no half of one, no code point that is none. */
function isCharacter(point: number): boolean {
  if (point < 0x20) return point === 9 || point === 10 || point === 13
  return point < 0xd800 || (point > 0xdfff && point < 0xfffe) || (point > 0xffff && point <= 0x10ffff)
}

function unfitCharacter(text: string): number {
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    if (unit >= 0x20 && unit < 0xd800) continue
    const point = text.codePointAt(i) as number
    if (!isCharacter(point)) return i
    if (point > 0xffff) i += 1
  }
  return -1
}

const REFERENCE = /&#(?:x([0-9a-f]+)|(\d+));/gi

/** Where a character is written by its number and is none; the parser would make one all the same. */
function unfitReference(text: string): number {
  for (const { 1: hex, 2: decimal, index } of text.matchAll(REFERENCE))
    if (!isCharacter(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))) return index
  return -1
}

const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length
