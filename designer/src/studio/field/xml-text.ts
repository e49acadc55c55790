type Attributes = Readonly<Record<string, string>>

/** An element as the walk meets its end: everything inside is known. */
export interface XmlElement {
  /** Without its prefix. */
  readonly element: string
  readonly attributes: Attributes
  /** Its own text, trimmed; the text of inner elements is theirs. */
  readonly text: string
  readonly parent: string
  /** Attributes of the nearest element with an `id`, this one included. */
  readonly owner: Attributes
  /** Attributes of the decision around it, in a DMN file. */
  readonly decision: Attributes | null
}

interface Open {
  readonly element: string
  readonly attributes: Attributes
  text: string
}

const MARKUP =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<(\/?)([\w:.-]+)((?:[^"'>]|"[^"]*"|'[^']*')*)>/g
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/**
 * Visits the elements of an XML text as they end. Drawings that no parser would take are visited as far as they can be
 * read: this only looks for words, the engine judges.
 */
export function walkXml(xml: string, visit: (element: XmlElement) => void): void {
  const open: Open[] = []
  let last = 0
  const close = () => {
    const done = open.pop()
    if (!done) return
    const around = [done, ...open.toReversed()]
    visit({
      element: done.element,
      attributes: done.attributes,
      text: done.text.trim(),
      parent: open.at(-1)?.element ?? '',
      owner: around.find((each) => each.attributes.id !== undefined)?.attributes ?? {},
      decision: around.find((each) => each.element === 'decision')?.attributes ?? null,
    })
  }
  for (const match of xml.matchAll(MARKUP)) {
    const inside = open.at(-1)
    if (inside) inside.text += plainText(xml.slice(last, match.index))
    last = match.index + match[0].length
    const [whole, cdata, end, name, rest] = match
    if (cdata !== undefined && inside) inside.text += cdata
    if (name === undefined) continue
    if (end === '/') close()
    else {
      open.push({ element: name.replace(/^.*:/, ''), attributes: attributesOf(rest ?? ''), text: '' })
      if (whole.endsWith('/>')) close()
    }
  }
}

function attributesOf(text: string): Attributes {
  const attributes: Record<string, string> = {}
  for (const [, name, double, single] of text.matchAll(ATTRIBUTE))
    attributes[name as string] = plainText(double ?? single ?? '')
  return attributes
}

const ENTITIES: { readonly [name: string]: string } = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function plainText(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
