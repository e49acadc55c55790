/**
 * Puts values into words. `{{ name }}` becomes `values.name`; `[one|other]` is how a word goes with the number before it,
 * as in `{{ count }} step[|s]`. Nothing that a value holds is read as words of ours.
 */
export function fillIn(words: string, values: Readonly<Record<string, string | number>> = {}): string {
  let number = Number.NaN
  return words.replace(/\{\{\s*(\w+)\s*\}\}|\[([^[\]|]*)\|([^[\]|]*)\]/g, (whole, name, one, other) => {
    if (name === undefined) return number === 1 ? one : other
    const value = values[name]
    if (value === undefined) return whole
    if (value !== '' && !Number.isNaN(Number(value))) number = Number(value)
    return String(value)
  })
}
