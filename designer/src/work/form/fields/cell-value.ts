/** A number as it is typed; what is none stays as it was typed, so that it can be mended. Null for nothing. */
export function readNumber(typed: string): number | string | null {
  const text = typed.normalize('NFKC').replace(/[\s,]/g, '')
  if (text === '') return null
  return /^-?\d+(\.\d*)?$/.test(text) && Number.isFinite(Number(text)) ? Number(text) : text.slice(0, 40)
}
