import type { PickPeople, PickUnits } from '@bihuan/runtime/contract'
import { request } from './http.ts'

/** People near the person who asks whose names hold the text; those with a role when one is named. */
export const findPeople = async (search: string, role: string | null, signal: AbortSignal) =>
  (await request<PickPeople>('GET', '/pick/people', { query: { search, role: role ?? undefined }, signal })).items

/** Units near the person who asks whose names hold the text; those of a level when one is named. */
export const findUnits = async (search: string, level: string | null, signal: AbortSignal) =>
  (await request<PickUnits>('GET', '/pick/units', { query: { search, level: level ?? undefined }, signal })).items
