/** A FEEL name or a path of names: `amount`, `attendance.present`, `parameters.publicity_days`. */
export const PATH = String.raw`[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*`

const whole = new RegExp(`^${PATH}$`, 'u')

export const isPath = (text: string): boolean => whole.test(text)

/** The first name of a path: the variable it reads. */
export const headOf = (path: string): string => path.split('.', 1)[0] ?? path

/** FEEL without its `=` and with single spaces outside of quotes; null when the text is not an expression. */
export function bodyOf(text: string | undefined | null): string | null {
  const trimmed = text?.trim()
  if (!trimmed?.startsWith('=')) return null
  return (trimmed.slice(1).match(/"(?:[^"\\]|\\.)*"|[^"]+|"/gsu) ?? [])
    .map((part) => (part.startsWith('"') ? part : part.replaceAll(/\s+/gu, ' ')))
    .join('')
    .trim()
}

/** A text in quotes, as FEEL reads it. */
export const quote = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`

/** What a quoted text says; null when it is not one. */
export function unquote(text: string): string | null {
  if (!/^"(?:[^"\\]|\\[\\"nrt])*"$/u.test(text)) return null
  return text.slice(1, -1).replaceAll(/\\([\\"nrt])/gu, (_all, one: string) => ESCAPES[one] ?? one)
}

const ESCAPES: { readonly [one: string]: string } = { n: '\n', r: '\r', t: '\t' }
