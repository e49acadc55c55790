/** A number of rows, its thousands apart. */
export const countText = (count: number): string => count.toLocaleString('en-US')
