type Entries = { readonly [english: string]: string }

const HOLE = /(?<!\{)\{(\w+)\}(?!\})/g
const escaped = (text: string): string => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&')

/** Texts seen before are remembered, up to this many. */
const REMEMBERED = 5_000

/**
 * Our words for the texts of a bpmn.io part. Later dictionaries win. A key may have holes (`At least {min}.`), which
 * fit whatever stands there; what stands there is looked up too.
 * @returns the words for a whole text, or undefined when the dictionaries have none
 */
export function dictionaryOf(...dictionaries: readonly Entries[]): (text: string) => string | undefined {
  const words = new Map(dictionaries.flatMap((entries) => Object.entries(entries)))
  const patterns = [...words.keys()]
    // A key of holes and signs alone would fit whatever people write.
    .filter((key) => key.search(HOLE) >= 0 && /\p{L}/u.test(key.replace(HOLE, '')))
    .sort((a, b) => b.replace(HOLE, '').length - a.replace(HOLE, '').length)
    .map((key) => ({ key, pattern: new RegExp(`^${escaped(key).replace(HOLE, '(?<$1>.+)')}$`) }))
  const seen = new Map<string, string | undefined>()

  const find = (text: string): string | undefined => {
    const whole = words.get(text)
    if (whole !== undefined) return whole
    if (text.length > 300) return undefined
    for (const { key, pattern } of patterns) {
      const match = pattern.exec(text)
      if (match)
        return words.get(key)!.replace(HOLE, (_, name: string) => {
          const part = match.groups?.[name] ?? ''
          return words.get(part) ?? part
        })
    }
    return undefined
  }
  return (text) => {
    if (seen.has(text)) return seen.get(text)
    if (seen.size >= REMEMBERED) seen.clear()
    const found = find(text)
    seen.set(text, found)
    return found
  }
}
