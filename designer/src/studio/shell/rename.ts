/**
 * The text of a model with its processes' name changed where it still was the package's old name: what people read in
 * the list of matters to start. Everything else stays, byte by byte.
 */
export function renameProcess(xml: string, from: string, to: string): string {
  return xml.replace(/<(?:[\w.-]+:)?process\b[^>]*>/g, (tag) =>
    tag.replace(/(\sname\s*=\s*)("[^"]*"|'[^']*')/, (whole, before: string, quoted: string) =>
      unescaped(quoted.slice(1, -1)) === from ? `${before}"${escaped(to)}"` : whole,
    ),
  )
}

const ENTITIES: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const unescaped = (text: string): string =>
  text.replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole
    const code = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
