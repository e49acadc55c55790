/** A whole number as it is typed: digits of either width, nothing else. Null when there are none. */
export function readCount(text: string): number | null {
  const digits = text.normalize('NFKC').replace(/\D/g, '').slice(0, 8)
  return digits === '' ? null : Number(digits)
}

/** Numbers by part; null where none is given yet. */
export type Parts<P extends string> = { readonly [part in P]?: number | null }

/** The numbers of a value, part by part. */
export function partsOf<P extends string>(value: unknown, parts: readonly P[]): Parts<P> {
  const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  return Object.fromEntries(
    parts.map((part) => [part, typeof given[part] === 'number' ? given[part] : null]),
  ) as Parts<P>
}

/** A value with one number changed; null when nothing is left of it. */
export function withPart<P extends string>(value: Parts<P>, part: P, count: number | null): Parts<P> | null {
  const next: Parts<P> = { ...value, [part]: count }
  return Object.values(next).every((each) => each === null) ? null : next
}
