import { bodyOf, PATH, quote, unquote } from './path.ts'

/** How many of those asked must agree. */
export type Share = 'all' | 'half' | 'twoThirds' | 'one'
export const shares = ['all', 'twoThirds', 'half', 'one'] as const satisfies readonly Share[]

/** Among a list of opinions: how many have `value` in `member`. An empty list never agrees. */
export interface Count {
  readonly list: string
  readonly member: string
  readonly value: string
  readonly share: Share
}

const SHAPE = new RegExp(
  String.raw`^count\((${PATH})\) > 0 and (?:(\d+) \* )?count\((${PATH})\[item\.([\p{L}_][\p{L}\p{N}_]*) = ("(?:[^"\\]|\\.)*")\]\) (=|>=|>) (?:(\d+) \* )?(?:count\((${PATH})\)|(0))$`,
  'u',
)

/** Reads what `writeCount` writes; null for anything else. */
export function readCount(text: string | undefined | null): Count | null {
  const match = SHAPE.exec(bodyOf(text) ?? '')
  if (!match) return null
  const [, first, times, list, member, quoted, operator, of, whole, none] = match
  const value = quoted === undefined ? null : unquote(quoted)
  if (first === undefined || list !== first || member === undefined || value === null) return null
  if (none === undefined && whole !== first) return null
  const key = `${times ?? 1}${operator}${none ?? of ?? 1}`
  const share = none === undefined ? SHARE_OF[key] : key === '1>0' ? 'one' : undefined
  return share ? { list, member, value, share } : null
}

const SHARE_OF: { readonly [key: string]: Share } = { '1=1': 'all', '2>1': 'half', '3>=2': 'twoThirds' }

export function writeCount({ list, member, value, share }: Count): string {
  const agree = `count(${list}[item.${member} = ${quote(value)}])`
  const all = `count(${list})`
  const asked = {
    all: `${agree} = ${all}`,
    half: `2 * ${agree} > ${all}`,
    twoThirds: `3 * ${agree} >= 2 * ${all}`,
    one: `${agree} > 0`,
  }[share]
  return `=${all} > 0 and ${asked}`
}
