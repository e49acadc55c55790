/** One spelling for the path of a value: `rows[0].amount`, `rows.0.amount` and `/rows/0/amount` are the same. */
export const fieldPath = (field: string): string =>
  field
    .replace(/\[(\d*)\]/g, '.$1')
    .replaceAll('/', '.')
    .replace(/^\./, '')
