import {
  attendanceFits,
  attendanceParts,
  columnsOf,
  idNumberFault,
  isMobile,
  papersMissing,
  papersOf,
  rowFaults,
  voteParts,
  votesCast,
} from '@bihuan/engine'
import { t } from '../../../i18n/i18n.ts'
import type { FieldSchema } from '../field-bridge.ts'
import { partsOf } from './count-value.ts'

type Json = Parameters<typeof papersMissing>[1]

/** Path of the number of those present that the votes of a field must add up to; null when it asks for them itself. */
export const presentPath = (field: FieldSchema): readonly string[] | null =>
  typeof field.attendance === 'string' && field.attendance !== '' ? [...field.attendance.split('.'), 'present'] : null

const ID_WORDS = { shape: 'form.fault.idShape', birth: 'form.fault.idBirth', digit: 'form.fault.idDigit' } as const

const FAULT_WORDS = { required: 'form.fault.cellRequired', type: 'form.fault.cellType' } as const

/** What is wrong with the value of a type of ours, in words. */
type Judge = (value: unknown, field: FieldSchema, look: (path: readonly string[]) => unknown, now: number) => string[]

const judges: { readonly [type: string]: Judge } = {
  idNumber(value, _field, _look, now) {
    const part = idNumberFault(String(value), now)
    return part === null ? [] : [t(ID_WORDS[part])]
  },
  mobile: (value) => (isMobile(String(value)) ? [] : [t('form.fault.mobile')]),
  money: (value) => (/^-?\d{1,16}\.\d{2}$/.test(String(value)) ? [] : [t('form.fault.money')]),
  attendance(value) {
    const counts = partsOf(value, attendanceParts)
    const empty = attendanceParts.filter((part) => counts[part] === null)
    if (empty.length > 0) return empty.map((part) => t('form.fault.part', { part: t(`form.count.${part}`) }))
    const { expected, present } = counts as { expected: number; present: number }
    return attendanceFits({ expected, present }) ? [] : [t('form.fault.attendance', { expected, present })]
  },
  votes(value, field, look) {
    const counts = partsOf(value, voteParts)
    const empty = voteParts.filter((part) => counts[part] === null)
    if (empty.length > 0) return empty.map((part) => t('form.fault.part', { part: t(`form.count.${part}`) }))
    const given = counts as { present: number; yes: number; no: number; abstain: number }
    const path = presentPath(field)
    const came = path ? look(path) : null
    if (typeof came === 'number' && came !== given.present)
      return [t('form.fault.votesPresent', { present: given.present, came })]
    const sum = votesCast(given)
    return sum === given.present ? [] : [t('form.fault.votesSum', { ...given, sum })]
  },
  rows(value, field) {
    const columns = columnsOf(field.columns)
    return (Array.isArray(value) ? value : []).flatMap((row, index) =>
      rowFaults(columns, row).map(({ column, fault }) =>
        t(FAULT_WORDS[fault], { row: index + 1, column: column.name }),
      ),
    )
  },
  attachments: (value, field) =>
    papersMissing(papersOf(field.items), value as Json).map((item) => t('form.fault.paper', { item })),
}

/**
 * What the server would find wrong with a value, by the same rules, as far as they can be judged here: nothing is sent
 * over a slow network only to come back.
 *
 * @param look value at a path of the form's data
 * @param now milliseconds since 1970
 */
export function ownFaults(
  field: FieldSchema,
  value: unknown,
  look: (path: readonly string[]) => unknown,
  now: number,
): string[] {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return []
  return Object.hasOwn(judges, field.type) ? judges[field.type]!(value, field, look, now) : []
}
