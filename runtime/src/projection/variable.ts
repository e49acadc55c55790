import { hash } from 'node:crypto'
import type { Json } from '@bihuan/engine'
import { upsert } from '../db/row-change.ts'
import type { Projection } from './projection.ts'

/** 52 bits of SHA-256: a number the wire and the database keep. */
export function variableKey(scopeKey: number, name: string): number {
  return Number.parseInt(hash('sha256', `${scopeKey}:${name}`, 'hex').slice(0, 13), 16)
}

export const variable: Projection = {
  'variables.set': (_key, { scopeKey, variables }, { case: { instanceKey } }) =>
    Object.entries(variables).map(([name, value]) =>
      upsert('variable', { scopeKey, name, key: variableKey(scopeKey, name), instanceKey, value: value as Json }),
    ),
}
