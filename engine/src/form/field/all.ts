import { checkbox } from './checkbox.ts'
import { checklist } from './checklist.ts'
import { datetime } from './datetime.ts'
import { expression } from './expression.ts'
import type { FieldType } from './field-type.ts'
import { filepicker } from './filepicker.ts'
import { number } from './number.ts'
import { radio } from './radio.ts'
import { select } from './select.ts'
import { taglist } from './taglist.ts'
import { textarea } from './textarea.ts'
import { textfield } from './textfield.ts'

const all: readonly FieldType[] = [
  checkbox,
  checklist,
  datetime,
  expression,
  filepicker,
  number,
  radio,
  select,
  taglist,
  textarea,
  textfield,
]

/** Field types by form-js type. What is not here and is no layout is refused, `html`, `iframe` and `image` for safety. */
export const fieldTypes: ReadonlyMap<string, FieldType> = new Map(all.map((type) => [type.type, type]))

/** Shown, never answered. */
export const layoutTypes: ReadonlySet<string> = new Set(['text', 'separator', 'spacer', 'button', 'table'])
