import { stringify } from 'yaml'
import type { FieldDictionary, FieldEntry, StepAccess } from './dictionary.ts'

/** Members in the order they are written; `columns`, `options` and `items` keep the order of their types too. */
const ORDER = [
  ...['key', 'name', 'kind', 'group', 'description', 'options', 'unit', 'min', 'max', 'maxLength', 'decimals'],
  ...['pattern', 'patternMessage', 'check', 'checkMessage', 'columns', 'role', 'level', 'attendance', 'items'],
  ...['multiple', 'initial', 'anew', 'grade', 'purpose'],
] as const satisfies readonly (keyof FieldEntry)[]

/**
 * The text of `fields.yaml`: one way of writing for one dictionary, so that differences stay small. Members that are
 * empty and access `none` are left out; so are steps where nothing is seen. Comments are not kept.
 */
export function writeDictionary({ fields, access }: FieldDictionary): string {
  const order = new Map(fields.map(({ key }, index) => [key, index]))
  const place = (key: string): number => order.get(key) ?? fields.length
  const rows = Object.entries(access)
    .map(([elementId, row]) => {
      const cells = Object.entries(row).filter(([, cell]) => cell !== 'none')
      return [elementId, Object.fromEntries(cells.sort(([a], [b]) => place(a) - place(b)))] as const
    })
    .filter(([, row]) => Object.keys(row).length > 0)
  const entries = fields.map(entryText).join('')
  const cells = rows.map(([elementId, row]) => rowText(elementId, row)).join('')
  return `${entries === '' ? 'fields: []\n' : `fields:\n${entries}`}${cells === '' ? 'access: {}\n' : `access:\n${cells}`}`
}

/** Texts of entries that did not change since: a dictionary is written after every change of one of them. */
const texts = new WeakMap<FieldEntry, string>()

function entryText(entry: FieldEntry): string {
  const known = texts.get(entry)
  if (known !== undefined) return known
  const [, ...lines] = yaml({ fields: [ordered(entry)] }).split('\n')
  const text = lines.join('\n')
  texts.set(entry, text)
  return text
}

const yaml = (value: unknown): string => stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })

const PLAIN = /^[\p{L}_][\p{L}\p{N}_]*$/u
/** What YAML takes for something else than text. */
const WORDS = /^(null|true|false)$/i
const nameText = (name: string): string => (PLAIN.test(name) && !WORDS.test(name) ? name : JSON.stringify(name))

function rowText(elementId: string, row: { readonly [key: string]: StepAccess }): string {
  const cells = Object.entries(row).map(([key, access]) => `    ${nameText(key)}: ${access}\n`)
  return `  ${nameText(elementId)}:\n${cells.join('')}`
}

function ordered(entry: FieldEntry): { readonly [member: string]: unknown } {
  return Object.fromEntries(
    ORDER.flatMap((member) => {
      const value = entry[member]
      const isEmpty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
      return isEmpty ? [] : [[member, value]]
    }),
  )
}
