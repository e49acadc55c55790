import type { HitPolicyName } from '../table.ts'
import { any } from './any.ts'
import { collect, collectCount, collectMax, collectMin, collectSum } from './collect.ts'
import { first } from './first.ts'
import type { HitPolicy } from './hit-policy.ts'
import { outputOrder } from './output-order.ts'
import { priority } from './priority.ts'
import { ruleOrder } from './rule-order.ts'
import { unique } from './unique.ts'

export const hitPolicies = {
  U: unique,
  A: any,
  P: priority,
  F: first,
  R: ruleOrder,
  O: outputOrder,
  C: collect,
  'C+': collectSum,
  'C<': collectMin,
  'C>': collectMax,
  'C#': collectCount,
} as const satisfies Record<HitPolicyName, HitPolicy>

const NAMES: { readonly [xml: string]: HitPolicyName } = {
  UNIQUE: 'U',
  ANY: 'A',
  PRIORITY: 'P',
  FIRST: 'F',
  'RULE ORDER': 'R',
  'OUTPUT ORDER': 'O',
  COLLECT: 'C',
  'COLLECT SUM': 'C+',
  'COLLECT MIN': 'C<',
  'COLLECT MAX': 'C>',
  'COLLECT COUNT': 'C#',
}

/** The policy of the attributes `hitPolicy` (default UNIQUE) and `aggregation`; null when there is no such. */
export function hitPolicyOf(hitPolicy: string | null, aggregation: string | null): HitPolicyName | null {
  const name = [hitPolicy ?? 'UNIQUE', ...(aggregation === null ? [] : [aggregation])].join(' ')
  return Object.hasOwn(NAMES, name) ? NAMES[name]! : null
}
