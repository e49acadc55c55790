import type { FieldEntry, FieldKind } from '@bihuan/engine'
import { st } from '../../../../i18n/studio.ts'
import { bodyOf, headOf, PATH, quote, unquote } from './path.ts'

/** A line of the board: its label, and the FEEL of its value. */
export interface NoticeLine {
  readonly label: string
  readonly value: string
  /** Variable it reads, when it is one. */
  readonly field: string | null
}

/** Kinds of fields that a notice can print. Pictures have an input of their own; numbers of persons never go out. */
const PRINTED: ReadonlySet<FieldKind> = new Set([
  'text',
  'longText',
  'number',
  'money',
  'date',
  'time',
  'dateTime',
  'choice',
  'yesNo',
  'person',
  'unit',
  'attendance',
  'votes',
])

/** Whether a field may stand on the board: never a sensitive one. */
export const isPrintable = (field: FieldEntry): boolean => field.grade !== 'sensitive' && PRINTED.has(field.kind)

/** The lines a field gives on the board. */
export function linesOf(field: FieldEntry): NoticeLine[] {
  const { key } = field
  const line = (value: string, label = field.name): NoticeLine => ({ label, value, field: key })
  switch (field.kind) {
    case 'number':
      return [line(field.unit ? `string(${key}) + ${quote(` ${field.unit}`)}` : `string(${key})`)]
    case 'choice':
      return [line(optionText(field))]
    case 'yesNo':
      return [line(`if ${key} = true then ${quote(st('pieces.value.yes'))} else ${quote(st('pieces.value.no'))}`)]
    case 'person':
    case 'unit':
      return [line(`${key}.name`)]
    case 'attendance':
      return (['expected', 'present'] as const).map((one) => line(`string(${key}.${one})`, st(`pieces.count.${one}`)))
    case 'votes':
      return (['yes', 'no', 'abstain'] as const).map((one) => line(`string(${key}.${one})`, st(`pieces.count.${one}`)))
    default:
      return [line(key)]
  }
}

/** The label of the option that was chosen, not its value. */
function optionText(field: FieldEntry): string {
  const cases = (field.options ?? []).map(
    ({ value, label }) => `if ${field.key} = ${quote(value)} then ${quote(label)}`,
  )
  return [...cases, field.key].join(' else ')
}

/** FEEL for the `fields` of a notice. */
export const writeNoticeFields = (fields: readonly FieldEntry[]): string => writeLines(fields.flatMap(linesOf))

export const writeLines = (lines: readonly NoticeLine[]): string =>
  `=[${lines.map(({ label, value }) => `{label: ${quote(label)}, value: ${value}}`).join(', ')}]`

const ENTRY = /^\{ ?label: ?("(?:[^"\\]|\\.)*"), ?value: ?(.+?) ?\}$/su
const READS = [
  new RegExp(`^(${PATH})$`, 'u'),
  new RegExp(String.raw`^string\((${PATH})\)(?: \+ "(?:[^"\\]|\\.)*")?$`, 'u'),
  new RegExp(`^if (${PATH}) = `, 'u'),
]

/** Reads the lines of a notice; null when the text is not such a list. */
export function readNoticeLines(text: string | undefined | null): NoticeLine[] | null {
  const body = bodyOf(text)
  if (!body?.startsWith('[') || !body.endsWith(']')) return null
  const entries = split(body.slice(1, -1))
  if (!entries) return null
  const lines: NoticeLine[] = []
  for (const entry of entries) {
    const match = ENTRY.exec(entry)
    const label = match?.[1] === undefined ? null : unquote(match[1])
    const value = match?.[2]
    if (label === null || value === undefined) return null
    const path = READS.map((shape) => shape.exec(value)?.[1]).find((found) => found !== undefined)
    lines.push({ label, value, field: path === undefined ? null : headOf(path) })
  }
  return lines
}

/** The parts of a list between commas that stand outside of brackets and quotes; null when brackets do not close. */
function split(text: string): string[] | null {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|[()[\]{},]/gu)) {
    const [one] = match
    if (one === ',' && depth === 0) {
      parts.push(text.slice(start, match.index))
      start = match.index + 1
    } else if ('([{'.includes(one)) depth += 1
    else if (')]}'.includes(one)) depth -= 1
  }
  if (depth !== 0) return null
  const last = text.slice(start)
  return [...parts, ...(last.trim() === '' && parts.length === 0 ? [] : [last])].map((part) => part.trim())
}
