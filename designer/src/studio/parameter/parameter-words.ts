import { language } from '../../i18n/i18n.ts'
import { st, stMaybe } from '../../i18n/studio.ts'
import type { Parameter } from './parameter-file.ts'

const units = ['day', 'working_day', 'hour', 'month', 'year', 'person', 'household', 'yuan', 'time'] as const

/** What people call a parameter, in the reader's language. */
export const titleOf = ({ name, zh, en }: Parameter): string => (language() === 'en' ? en || zh : zh || en) || name

/** A unit as people write it: files may hold a key (`day`). */
export const unitWord = (unit: string): string => stMaybe(`parameters.units.${unit}`) ?? unit

/** What the file holds for a unit as it was typed. */
export const unitOfWord = (word: string): string => units.find((unit) => unitWord(unit) === word) ?? word

/** A value as it is shown. */
export function valueWord({ value, type }: Parameter): string {
  if (type === 'boolean') return st(value === true ? 'parameters.yes' : 'parameters.no')
  return value === null ? '' : String(value)
}
