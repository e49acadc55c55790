import { st } from '../../i18n/studio.ts'

/** Hit policies as the sentence above a table offers them: DMN's name with its aggregation. */
export const hitPolicies = [
  'FIRST',
  'UNIQUE',
  'ANY',
  'PRIORITY',
  'RULE ORDER',
  'OUTPUT ORDER',
  'COLLECT',
  'COLLECT SUM',
  'COLLECT MIN',
  'COLLECT MAX',
  'COLLECT COUNT',
] as const
export type HitPolicy = (typeof hitPolicies)[number]

const keys = {
  FIRST: 'first',
  UNIQUE: 'unique',
  ANY: 'any',
  PRIORITY: 'priority',
  'RULE ORDER': 'ruleOrder',
  'OUTPUT ORDER': 'outputOrder',
  COLLECT: 'collect',
  'COLLECT SUM': 'sum',
  'COLLECT MIN': 'min',
  'COLLECT MAX': 'max',
  'COLLECT COUNT': 'count',
} as const

/** The policy of a table as DMN writes it; `UNIQUE` when it says nothing. */
export function hitPolicyOf(table: { readonly hitPolicy?: string; readonly aggregation?: string }): HitPolicy | null {
  const name = [table.hitPolicy ?? 'UNIQUE', table.hitPolicy === 'COLLECT' ? table.aggregation : undefined]
    .filter(Boolean)
    .join(' ')
  return hitPolicies.find((each) => each === name) ?? null
}

/** What a policy means, as a part of the sentence and as a whole one. */
export const policyWords = (policy: HitPolicy): { label: string; about: string } => ({
  label: st(`decisions.policy.${keys[policy]}`),
  about: st(`decisions.policyAbout.${keys[policy]}`),
})

export const dmnPolicy = (policy: HitPolicy): readonly [string, string | undefined] => {
  const [name, aggregation] = policy.startsWith('COLLECT ') ? ['COLLECT', policy.slice(8)] : [policy, undefined]
  return [name ?? policy, aggregation]
}
