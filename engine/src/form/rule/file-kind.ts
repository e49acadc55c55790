/** The ends of names that files of a type have, one of each kind. */
const ENDS: { readonly [type: string]: readonly string[] } = {
  'image/jpeg': ['.jpg'],
  'image/png': ['.png'],
  'image/webp': ['.webp'],
  'image/heic': ['.heic'],
  'application/pdf': ['.pdf'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['.docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['.xlsx'],
}

/** Ends that stand for another one. */
const SAME: { readonly [end: string]: string } = { '.jpeg': '.jpg', '.heif': '.heic' }
const sameEnd = (end: string): string => SAME[end] ?? end

/** Kinds as authors write them: an end without its dot, and a type by a name it is often given. */
const readKind = (kind: string): string =>
  /^[a-z0-9]+$/.test(kind) ? `.${kind}` : kind.replace(/^image\/jpg$/, 'image/jpeg')

/** What `accept` names; empty when anything goes, and for one that is told by an expression. */
const kindsOf = (accept: string): readonly string[] =>
  accept.startsWith('=') || accept.includes('{{')
    ? []
    : accept
        .split(',')
        .map((kind) => kind.trim().toLowerCase())
        .filter(Boolean)
        .map(readKind)

/**
 * Whether a field takes a file of that name and type: the `accept` of HTML, which a browser only proposes in its dialog.
 *
 * @param file `type` is empty where a browser does not know it: nothing is refused by it then
 * @param accept ends of names and types, parted by commas
 */
export function isFileTaken(file: { readonly name: string; readonly type: string }, accept: string): boolean {
  const kinds = kindsOf(accept)
  if (kinds.length === 0) return true
  const end = /\.[^.]+$/.exec(file.name.toLowerCase())?.[0]
  const ends = end === undefined ? ENDS[file.type] : [sameEnd(end)]
  return kinds.some((kind) => {
    if (kind.startsWith('.')) return ends?.includes(sameEnd(kind)) ?? true
    if (file.type === '' || kind === '*/*' || kind === '*') return true
    return kind.endsWith('/*') ? file.type.startsWith(kind.slice(0, -1)) : file.type === kind
  })
}
