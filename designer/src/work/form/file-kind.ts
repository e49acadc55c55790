/**
 * Whether a field takes a file of that name and type: the `accept` of HTML, which a browser only proposes in its dialog.
 * A name without an ending tells nothing; the server looks at the bytes.
 * @param accept ends of names and types, parted by commas; empty when anything goes
 */
export function isTaken(file: { readonly name: string; readonly type: string }, accept: string): boolean {
  const kinds = accept
    .split(',')
    .map((kind) => kind.trim().toLowerCase())
    .filter(Boolean)
  const end = /\.[^.]+$/.exec(file.name.toLowerCase())?.[0]
  if (kinds.length === 0 || end === undefined) return true
  return kinds.some((kind) => {
    if (kind.startsWith('.')) return sameEnd(kind) === sameEnd(end)
    return file.type === '' || (kind.endsWith('/*') ? file.type.startsWith(kind.slice(0, -1)) : file.type === kind)
  })
}

const sameEnd = (end: string): string => (end === '.jpeg' ? '.jpg' : end)
