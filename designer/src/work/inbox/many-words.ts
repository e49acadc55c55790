/** How many there are, as a list says it: whether 1,000 or 90,000 have been done tells nobody anything. */
export const manyWords = (count: number): string => (count > 999 ? '999+' : String(count))
