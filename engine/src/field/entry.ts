import { RE2JS } from 're2js'
import { compileExpression } from '../feel/index.ts'
import type { FieldReason } from '../problem/facts.ts'
import type { Json } from '../record/json.ts'
import {
  type ColumnEntry,
  type FieldEntry,
  type FieldKind,
  type FieldOptionEntry,
  fieldKinds,
  grades,
} from './dictionary.ts'
import { isMapping } from './yaml.ts'

/** A fault of an entry: which field, what is wrong, the offending text. */
export type Refuse = (field: string, reason: FieldReason, found?: string) => void

const KEY = /^[\p{L}_][\p{L}\p{N}_]{0,99}$/u
/** Names the host or FEEL puts into every context, and words FEEL keeps for itself. */
const RESERVED = new Set([
  ...['case', 'parameters', 'loopCounter', 'this', 'parent', 'item', 'partial', 'i'],
  ...['if', 'then', 'else', 'for', 'in', 'return', 'some', 'every', 'satisfies', 'and', 'or', 'not', 'between'],
  ...['instance', 'of', 'null', 'true', 'false', 'function', 'external', 'constructor', '__proto__', 'prototype'],
])
const ROLE = /^[A-Za-z_][\w.-]{0,99}$/
const MAX_OPTIONS = 1_000
const MAX_COLUMNS = 30
const MAX_ITEMS = 50
const columnKinds = ['text', 'number', 'money', 'date', 'choice'] as const

/** Members beside key, name, kind, grade, group, description and purpose that only some kinds know. */
const membersOf: { readonly [kind in FieldKind]: readonly (keyof FieldEntry)[] } = {
  text: ['maxLength', 'pattern', 'patternMessage'],
  longText: ['maxLength'],
  number: ['unit', 'min', 'max', 'decimals'],
  money: ['min', 'max'],
  date: [],
  time: [],
  dateTime: [],
  choice: ['options'],
  choices: ['options'],
  yesNo: [],
  person: ['role', 'multiple'],
  unit: ['level', 'multiple'],
  mobile: [],
  idNumber: [],
  photo: ['multiple'],
  signature: [],
  files: ['multiple'],
  attachments: ['items'],
  attendance: [],
  votes: ['attendance'],
  table: ['columns'],
}
const common: readonly (keyof FieldEntry)[] = [
  ...(['key', 'name', 'kind', 'group', 'description', 'grade', 'purpose'] as const),
  ...(['check', 'checkMessage', 'initial', 'anew'] as const),
]
const texts = ['group', 'description', 'unit', 'patternMessage', 'check', 'checkMessage', 'purpose'] as const
const yesNos = ['multiple', 'anew'] as const

/** Whether a name may be the key of a field: a FEEL name that nothing else has taken. */
export const isFieldKey = (key: string): boolean => KEY.test(key) && !RESERVED.has(key)

/** Members that an entry of a kind may have, in the order they are written. */
export const entryMembers = (kind: FieldKind): ReadonlySet<string> => new Set([...common, ...membersOf[kind]])

/** Reads one entry of `fields:`. Null when it cannot be used; every fault is told. `place` names it until its key is known. */
export function readEntry(source: unknown, place: string, refuse: Refuse): FieldEntry | null {
  if (!isMapping(source)) {
    refuse(place, 'notAField')
    return null
  }
  let sound = true
  const { key, name, kind, grade } = source
  const field = typeof key === 'string' && key !== '' ? key : place
  const fault = (reason: FieldReason, found?: string): false => {
    sound = false
    refuse(field, reason, found)
    return false
  }
  if (typeof key !== 'string' || key === '') fault('noKey')
  else if (!isFieldKey(key)) fault('keyInvalid', key)
  if (typeof name !== 'string' || name.trim() === '' || name.length > 200) fault('noName')
  if (!isKind(kind)) {
    fault('kindUnknown', String(kind))
    return null
  }
  if (!grades.some((known) => known === grade)) fault('gradeUnknown', String(grade))
  const known = entryMembers(kind)
  for (const member of Object.keys(source)) if (!known.has(member)) fault('memberUnknown', member)
  for (const member of texts) {
    const value = source[member]
    if (value !== undefined && (typeof value !== 'string' || value.length > 10_000)) fault('notText', member)
  }
  checkFeel(source, fault)
  checkPattern(source, fault)
  checkLimits(source, kind, fault)
  const { role, level, attendance } = source
  if (role !== undefined && (typeof role !== 'string' || !ROLE.test(role))) fault('roleInvalid', String(role))
  if (level !== undefined && (typeof level !== 'string' || !ROLE.test(level))) fault('levelInvalid', String(level))
  if (attendance !== undefined && typeof attendance !== 'string') fault('notText', 'attendance')
  for (const member of yesNos)
    if (source[member] !== undefined && typeof source[member] !== 'boolean') fault('notYesNo', member)
  if (source.initial !== undefined && !isPlain(source.initial)) fault('initialInvalid')
  if (kind === 'choice' || kind === 'choices') readOptions(source.options, fault)
  if (kind === 'table') readColumns(source.columns, fault)
  if (kind === 'attachments') readItems(source.items, fault)
  return sound ? (source as unknown as FieldEntry) : null
}

const isKind = (value: unknown): value is FieldKind => fieldKinds.some((kind) => kind === value)

type Fault = (reason: FieldReason, found?: string) => false

function checkFeel(source: { readonly [name: string]: unknown }, fault: Fault): void {
  const { check, checkMessage } = source
  if (typeof check !== 'string') {
    if (checkMessage !== undefined) fault('messageWithoutCheck')
    return
  }
  const compiled = compileExpression(check.replace(/^=/, ''))
  if ('error' in compiled) fault('checkInvalid', check.slice(0, 100))
  if (typeof checkMessage !== 'string' || checkMessage.trim() === '') fault('checkMessage')
}

function checkPattern(source: { readonly [name: string]: unknown }, fault: Fault): void {
  const { pattern } = source
  if (pattern === undefined) return
  try {
    if (typeof pattern !== 'string' || pattern.length > 1_000) throw new RangeError('no text')
    RE2JS.compile(pattern)
  } catch {
    fault('pattern', String(pattern).slice(0, 100))
  }
}

function checkLimits(source: { readonly [name: string]: unknown }, kind: FieldKind, fault: Fault): void {
  const { min, max, maxLength, decimals } = source
  const isLimit = (value: unknown): boolean =>
    value === undefined ||
    (typeof value === 'number' && Number.isFinite(value)) ||
    (kind === 'money' && typeof value === 'string' && /^-?\d{1,20}(\.\d{1,2})?$/.test(value))
  if (!isLimit(min) || !isLimit(max)) fault('limit', isLimit(min) ? 'max' : 'min')
  else if (min !== undefined && max !== undefined && Number(min) > Number(max)) fault('limit', 'min')
  const isWhole = (value: unknown, least: number, most: number): boolean =>
    value === undefined || (Number.isInteger(value) && Number(value) >= least && Number(value) <= most)
  if (!isWhole(maxLength, 1, 20_000)) fault('limit', 'maxLength')
  if (!isWhole(decimals, 0, 15)) fault('limit', 'decimals')
}

function readOptions(source: unknown, fault: Fault): source is readonly FieldOptionEntry[] {
  if (!Array.isArray(source) || source.length === 0) return fault('noOptions')
  if (source.length > MAX_OPTIONS) return fault('tooMany', 'options')
  const seen = new Set<string>()
  for (const option of source) {
    if (!isMapping(option) || typeof option.value !== 'string' || option.value === '') return fault('optionValue')
    if (typeof option.label !== 'string' || option.label.trim() === '') return fault('optionLabel', option.value)
    if (Object.keys(option).length > 2) return fault('memberUnknown', Object.keys(option).find(isNoOption))
    if (seen.has(option.value)) return fault('optionTwice', option.value)
    seen.add(option.value)
  }
  return true
}

const isNoOption = (member: string): boolean => member !== 'value' && member !== 'label'

function readColumns(source: unknown, fault: Fault): source is readonly ColumnEntry[] {
  if (!Array.isArray(source) || source.length === 0) return fault('noColumns')
  if (source.length > MAX_COLUMNS) return fault('tooMany', 'columns')
  const members = new Set(['key', 'name', 'kind', 'required', 'options', 'unit'])
  const seen = new Set<string>()
  for (const column of source) {
    if (!isMapping(column) || typeof column.key !== 'string' || !isFieldKey(column.key)) return fault('columnInvalid')
    const { key, name, kind, required, unit } = column
    if (seen.has(key)) return fault('columnTwice', key)
    seen.add(key)
    if (typeof name !== 'string' || name.trim() === '') return fault('columnInvalid', key)
    if (!columnKinds.some((known) => known === kind)) return fault('kindUnknown', `${key}: ${String(kind)}`)
    if (required !== undefined && typeof required !== 'boolean') return fault('notYesNo', `${key}: required`)
    if (unit !== undefined && typeof unit !== 'string') return fault('notText', `${key}: unit`)
    if (kind === 'choice' && !readOptions(column.options, fault)) return false
    if (kind !== 'choice' && column.options !== undefined) return fault('memberUnknown', `${key}: options`)
    const unknown = Object.keys(column).find((member) => !members.has(member))
    if (unknown !== undefined) return fault('memberUnknown', `${key}: ${unknown}`)
  }
  return true
}

function readItems(source: unknown, fault: Fault): boolean {
  if (!Array.isArray(source) || source.length === 0) return fault('noItems')
  if (source.length > MAX_ITEMS) return fault('tooMany', 'items')
  const seen = new Set<string>()
  for (const item of source) {
    if (!isMapping(item) || typeof item.name !== 'string' || item.name.trim() === '') return fault('itemInvalid')
    if (item.required !== undefined && typeof item.required !== 'boolean') return fault('notYesNo', item.name)
    if (seen.has(item.name)) return fault('itemTwice', item.name)
    seen.add(item.name)
    const unknown = Object.keys(item).find((member) => member !== 'name' && member !== 'required')
    if (unknown !== undefined) return fault('memberUnknown', unknown)
  }
  return true
}

function isPlain(value: unknown): value is Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (Array.isArray(value)) return value.every(isPlain)
  return isMapping(value) && Object.values(value).every(isPlain)
}
