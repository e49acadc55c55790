import { type Json, readParametersFile } from '@bihuan/engine'
import { type Document, isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml'

export const PARAMETERS_FILE = 'parameters.yaml'

/** What a parameter may be. */
export const parameterTypes = ['integer', 'number', 'text', 'boolean', 'date'] as const
export type ParameterType = (typeof parameterTypes)[number]

/** `L` law, checked against a published text; `L°` law, quoted from memory; `P` common practice. */
export const marks = ['L', 'L°', 'P'] as const
export type Mark = (typeof marks)[number]

/** A parameter as its file has it. */
export interface Parameter {
  readonly name: string
  readonly zh: string
  readonly en: string
  readonly type: ParameterType
  readonly value: Json
  readonly unit: string
  readonly mark: Mark | null
  readonly source: string
}

const ALIASES: { readonly [type: string]: ParameterType } = { string: 'text', int: 'integer', bool: 'boolean' }

/** The parameters of a file that can be read; null when it cannot. */
export function readParameters(text: string): readonly Parameter[] | null {
  if (text.trim() === '') return []
  if (readParametersFile(PARAMETERS_FILE, text).value === null) return null
  return entriesOf(parseDocument(text)).map((entry): Parameter => {
    const plain = entry.toJSON() as { readonly default?: Json; readonly value?: Json }
    const value = plain.default ?? plain.value ?? null
    const title = entry.get('title')
    const word = (name: string): string => textOf(entry.get(name))
    return {
      name: word('name'),
      zh: isMap(title) ? textOf(title.get('zh')) : textOf(title),
      en: isMap(title) ? textOf(title.get('en')) : '',
      type: typeOf(word('type'), value),
      value,
      unit: word('unit'),
      mark: marks.find((mark) => mark === word('mark')) ?? null,
      source: word('source'),
    }
  })
}

function textOf(value: unknown): string {
  const plain = isScalar(value) ? value.value : value
  return typeof plain === 'string' ? plain : ''
}

function typeOf(written: string, value: Json): ParameterType {
  const known = parameterTypes.find((type) => type === written) ?? ALIASES[written]
  if (known) return known
  if (typeof value === 'boolean') return 'boolean'
  return typeof value === 'number' ? 'number' : 'text'
}

function entriesOf(document: Document): YAMLMap[] {
  const list = document.get('parameters')
  return isSeq(list) ? (list.items.filter(isMap) as YAMLMap[]) : []
}

/** The text of the file with members of one parameter changed; comments, order and the other entries stay. */
export function changeParameter(text: string, name: string, change: Partial<Omit<Parameter, 'name'>>): string {
  const document = parseDocument(text)
  const entry = entriesOf(document).find((each) => textOf(each.get('name')) === name)
  if (!entry) return text
  write(document, entry, change)
  return document.toString({ lineWidth: 0 })
}

/** The text of the file with another name for a parameter. */
export function renameParameter(text: string, from: string, to: string): string {
  const document = parseDocument(text)
  const entry = entriesOf(document).find((each) => textOf(each.get('name')) === from)
  if (!entry) return text
  entry.set('name', to)
  return document.toString({ lineWidth: 0 })
}

/** The text of the file with one more parameter at its end. */
export function addParameter(text: string, parameter: Parameter): string {
  const document = parseDocument(text.trim() === '' ? 'parameters: []\n' : text)
  if (!isSeq(document.get('parameters'))) document.set('parameters', document.createNode([]))
  const list = document.get('parameters')
  if (!isSeq(list)) return text
  // A list that was written `[]` goes on as lines.
  list.flow = false
  const entry = document.createNode({ name: parameter.name }) as YAMLMap
  const { name: _, ...members } = parameter
  write(document, entry, members)
  list.add(entry)
  return document.toString({ lineWidth: 0 })
}

/** The text of the file without a parameter. */
export function removeParameter(text: string, name: string): string {
  const document = parseDocument(text)
  const list = document.get('parameters')
  if (!isSeq(list)) return text
  const index = list.items.findIndex((item) => isMap(item) && textOf(item.get('name')) === name)
  if (index < 0) return text
  list.delete(index)
  if (list.items.length === 0) list.flow = true
  return document.toString({ lineWidth: 0 })
}

function write(document: Document, entry: YAMLMap, change: Partial<Omit<Parameter, 'name'>>): void {
  const { zh, en, value, ...words } = change
  if (zh !== undefined || en !== undefined) {
    const title = entry.get('title')
    const before = isMap(title)
      ? { zh: textOf(title.get('zh')), en: textOf(title.get('en')) }
      : { zh: textOf(title), en: '' }
    const after = { zh: zh ?? before.zh, en: en ?? before.en }
    if (isMap(title)) {
      title.set('zh', after.zh)
      if (after.en === '') title.delete('en')
      else title.set('en', after.en)
    } else {
      const made = document.createNode(after.en === '' ? { zh: after.zh } : after) as YAMLMap
      made.flow = true
      entry.set('title', made)
    }
  }
  if (words.type !== undefined) entry.set('type', words.type)
  if (value !== undefined) {
    entry.set('default', value)
    entry.delete('value')
  }
  // An empty unit is told as none, as the files of the house do.
  if (words.unit !== undefined) entry.set('unit', words.unit === '' ? null : words.unit)
  if (words.mark !== undefined && words.mark !== null) entry.set('mark', words.mark)
  if (words.source !== undefined) {
    if (words.source === '') entry.delete('source')
    else entry.set('source', words.source)
  }
}

/** A value typed as text, as its type wants it; null when it is none of that type. */
export function valueOfText(text: string, type: ParameterType): Json {
  const given = text.trim()
  switch (type) {
    case 'integer':
      return /^-?\d{1,15}$/.test(given) ? Number(given) : null
    case 'number':
      return given !== '' && Number.isFinite(Number(given)) ? Number(given) : null
    case 'boolean':
      return given === 'true' ? true : given === 'false' ? false : null
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(given) && !Number.isNaN(Date.parse(given)) ? given : null
    case 'text':
      return given === '' ? null : given
  }
}

/** What a parameter of another type begins with: the value it had where it fits. */
export function valueForType(value: Json, type: ParameterType): Json {
  const kept = valueOfText(String(value ?? ''), type)
  if (kept !== null) return kept
  const first: { readonly [T in ParameterType]: Json } = {
    integer: 1,
    number: 1,
    boolean: false,
    date: '2026-01-01',
    text: '-',
  }
  return first[type]
}

/** Whether a name may be given to a parameter: FEEL reads it as `parameters.name`. */
export const isParameterName = (name: string): boolean => /^[A-Za-z_]\w{0,99}$/.test(name)
