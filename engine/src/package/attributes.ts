/** Comments, CDATA, processing instructions, and start tags with their attributes. */
const MARKUP =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<([^\s/>!?]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/g
const ATTRIBUTE = /(\s)([^\s=/>]+)(\s*=\s*)("[^"]*"|'[^']*')/g

const ESCAPES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** A text as the value of an attribute in double quotes. */
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character]!)

/** Local name of a tag or attribute: `bpmn:process` is `process`. */
const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** A start tag of an XML text: its local name and its attributes, as written. */
export interface Tag {
  readonly name: string
  readonly attributes: { readonly [name: string]: string }
}

/** The start tags of an XML text, in order. */
export function tagsOf(xml: string): Tag[] {
  const tags: Tag[] = []
  for (const [, name, text] of xml.matchAll(MARKUP)) {
    if (name === undefined) continue
    const attributes: { [name: string]: string } = {}
    for (const [, , attribute, , quoted] of (text ?? '').matchAll(ATTRIBUTE))
      attributes[attribute!] = quoted!.slice(1, -1)
    tags.push({ name: localName(name), attributes })
  }
  return tags
}

/**
 * An XML text with values of attributes replaced and every other byte as it was.
 *
 * @param change the new value of an attribute of a tag, by local names; null leaves it. Ids need no escaping.
 */
export function changeAttributes(
  xml: string,
  change: (tag: Tag, attribute: string, value: string) => string | null,
): string {
  return xml.replace(MARKUP, (markup: string, name: string | undefined, text: string | undefined) => {
    if (name === undefined || !text) return markup
    const [tag] = tagsOf(markup)
    const changed = text.replace(
      ATTRIBUTE,
      (whole, space: string, attribute: string, equals: string, quoted: string) => {
        const value = change(tag!, attribute, quoted.slice(1, -1))
        return value === null ? whole : `${space}${attribute}${equals}"${value}"`
      },
    )
    return markup.slice(0, name.length + 1) + changed + markup.slice(name.length + 1 + text.length)
  })
}
