import { upsert } from '../db/row-change.ts'
import type { Projection } from './projection.ts'

const NUMBER = /^(.+)-(\d{4})-(\d+)$/

/** `SY-2026-0012` is the twelfth of its prefix and year. Null for numbers of another form. */
export function readCaseNumber(number: string): { prefix: string; year: number; count: number } | null {
  const match = NUMBER.exec(number)
  return match ? { prefix: match[1]!, year: Number(match[2]), count: Number(match[3]) } : null
}

/** Numbers are given out in rising order, so the last one written is the highest. */
export const caseCounter: Projection = {
  'processInstance.created': (_key, value) => {
    const number = value.businessId === null ? null : readCaseNumber(value.businessId)
    return number ? [upsert('caseCounter', { prefix: number.prefix, year: number.year, last: number.count })] : []
  },
}
