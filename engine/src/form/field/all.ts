import { attachments } from './attachments.ts'
import { attendance } from './attendance.ts'
import { checkbox } from './checkbox.ts'
import { checklist } from './checklist.ts'
import { datetime } from './datetime.ts'
import type { FieldDefinition } from './definition.ts'
import { expression } from './expression.ts'
import type { FieldType } from './field-type.ts'
import { filepicker } from './filepicker.ts'
import { idNumber } from './id-number.ts'
import { mobile } from './mobile.ts'
import { money } from './money.ts'
import { number } from './number.ts'
import { person } from './person.ts'
import { photo } from './photo.ts'
import { radio } from './radio.ts'
import { rows } from './rows.ts'
import { select } from './select.ts'
import { signature } from './signature.ts'
import { taglist } from './taglist.ts'
import { textarea } from './textarea.ts'
import { textfield } from './textfield.ts'
import { unit } from './unit.ts'
import { votes } from './votes.ts'

const all: readonly FieldType[] = [
  attachments,
  attendance,
  checkbox,
  checklist,
  datetime,
  expression,
  filepicker,
  idNumber,
  mobile,
  money,
  number,
  person,
  photo,
  radio,
  rows,
  select,
  signature,
  taglist,
  textarea,
  textfield,
  unit,
  votes,
]

/** Field types by form-js type. What is not here and is no layout is refused, `html`, `iframe` and `image` for safety. */
export const fieldTypes: ReadonlyMap<string, FieldType> = new Map(all.map((type) => [type.type, type]))

/** The types of this house as the studio offers them, in the order of its palette. */
export const fieldDefinitions: readonly { readonly type: string; readonly definition: FieldDefinition }[] = [
  money,
  mobile,
  idNumber,
  photo,
  signature,
  attachments,
  attendance,
  votes,
  person,
  unit,
  rows,
].flatMap(({ type, definition }) => (definition ? [{ type, definition }] : []))

/** Shown, never answered. */
export const layoutTypes: ReadonlySet<string> = new Set(['text', 'separator', 'spacer', 'button', 'table'])
