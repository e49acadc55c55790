import type { Json } from '@bihuan/engine'
import { upsert } from '../db/row-change.ts'
import type { Projection } from './projection.ts'

/** Ids of the stored files (`{id, name, type, size}`) that a value holds at any depth. */
function fileIds(value: Json, found: Set<string>): Set<string> {
  if (value === null || typeof value !== 'object') return found
  if (Array.isArray(value)) for (const entry of value) fileIds(entry, found)
  else {
    const { id, name, type, size } = value
    if (typeof id === 'string' && typeof name === 'string' && typeof type === 'string' && typeof size === 'number')
      found.add(id)
    else for (const entry of Object.values(value)) fileIds(entry, found)
  }
  return found
}

export const caseFile: Projection = {
  'variables.set': (_key, { variables }, { case: { instanceKey } }) =>
    Object.entries(variables).flatMap(([name, value]) =>
      [...fileIds(value, new Set())].map((fileId) => upsert('caseFile', { fileId, instanceKey, name })),
    ),
}
