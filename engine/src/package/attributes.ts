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

/** What begins with `<` and is no start tag, and what it ends with. */
const ASIDE = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const
const NAME = /[^\s/>!?<]+/y
const ATTRIBUTE = /\s+([^\s=/><"']+)\s*=\s*("[^"]*"|'[^']*')/y
const END = /\s*\/?>/y

interface Place {
  readonly name: string
  readonly value: string
  /** Where the value stands, its quotes included. */
  readonly from: number
  readonly to: number
}

interface PlacedTag extends Tag {
  readonly places: readonly Place[]
  /** Where another attribute may be written. */
  readonly end: number
}

/**
 * Start tags in order, outside comments, CDATA and processing instructions. Reads on from where it is, whatever it
 * meets: a hostile text takes no longer than another of its length.
 */
function* placedTags(xml: string): Generator<PlacedTag> {
  const match = (pattern: RegExp, at: number): RegExpExecArray | null => {
    pattern.lastIndex = at
    return pattern.exec(xml)
  }
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at)) {
    const aside = ASIDE.find(([opens]) => xml.startsWith(opens, at))
    if (aside) {
      const closes = xml.indexOf(aside[1], at + aside[0].length)
      if (closes < 0) return
      at = closes + aside[1].length
      continue
    }
    const name = match(NAME, at + 1)?.[0]
    at += 1 + (name?.length ?? 0)
    if (name === undefined) continue
    const places: Place[] = []
    for (let found = match(ATTRIBUTE, at); found; found = match(ATTRIBUTE, at)) {
      const [whole, attribute, quoted] = found as unknown as [string, string, string]
      at += whole.length
      places.push({ name: attribute, value: quoted.slice(1, -1), from: at - quoted.length, to: at })
    }
    if (!match(END, at)) continue
    const attributes = Object.fromEntries(places.map((place) => [place.name, place.value]))
    yield { name: localName(name), attributes, places, end: at }
  }
}

/** The start tags of an XML text, in order. */
export const tagsOf = (xml: string): Tag[] => [...placedTags(xml)].map(({ name, attributes }) => ({ name, attributes }))

/**
 * An XML text with values of attributes replaced and every other byte as it was.
 *
 * @param change the new value of an attribute of a tag, by local names; null leaves it. Ids need no escaping.
 * @param add an attribute for a tag that has it not; null for none
 */
export function changeAttributes(
  xml: string,
  change: (tag: Tag, attribute: string, value: string) => string | null,
  add: (tag: Tag) => { readonly name: string; readonly value: string } | null = () => null,
): string {
  const parts: string[] = []
  let done = 0
  const write = (from: number, to: number, text: string): void => {
    parts.push(xml.slice(done, from), text)
    done = to
  }
  for (const tag of placedTags(xml)) {
    for (const { name, value, from, to } of tag.places) {
      const changed = change(tag, name, value)
      if (changed !== null) write(from, to, `"${changed}"`)
    }
    const added = add(tag)
    if (added) write(tag.end, tag.end, ` ${added.name}="${added.value}"`)
  }
  return parts.join('') + xml.slice(done)
}
