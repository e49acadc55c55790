import type { FieldEntry } from '@bihuan/engine'
import { st } from '../../../i18n/studio.ts'
import type { Clause, Operator, Value } from './feel/condition.ts'

/** A parameter of the package as sentences name it. */
export interface ParameterName {
  readonly name: string
  readonly title: string
  readonly value: unknown
  readonly unit: string | null
}

/** What a condition may ask: a path with its name, how it compares, and what it is compared with. */
export interface Askable {
  readonly path: string
  readonly name: string
  readonly kind: 'text' | 'number' | 'money' | 'yesNo' | 'choice'
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

const KIND: { readonly [kind: string]: Askable['kind'] } = {
  text: 'text',
  longText: 'text',
  number: 'number',
  money: 'money',
  yesNo: 'yesNo',
  choice: 'choice',
}

/** Fields and parameters that can be asked. Members of counted fields are asked one by one. */
export function askables(fields: readonly FieldEntry[], parameters: readonly ParameterName[]): Askable[] {
  return [
    ...fields.flatMap((field): Askable[] => {
      const kind = KIND[field.kind]
      if (kind) return [{ path: field.key, name: field.name, kind, options: field.options ?? [] }]
      const members =
        field.kind === 'attendance'
          ? (['expected', 'present'] as const)
          : field.kind === 'votes'
            ? (['yes', 'no', 'abstain'] as const)
            : []
      return members.map((member) => ({
        path: `${field.key}.${member}`,
        name: memberName(fields, field, st(`pieces.member.${member}`)),
        kind: 'number',
        options: [],
      }))
    }),
    ...parameters.flatMap(({ name, title, value }): Askable[] => {
      const kind = { number: 'number', boolean: 'yesNo', string: 'text' } as const
      const known = kind[typeof value as keyof typeof kind]
      return known ? [{ path: `parameters.${name}`, name: title, kind: known, options: [] }] : []
    }),
  ]
}

/** What a path asks: a field or parameter, or the field that a step has gathered into a variable of its own. */
export function askableAt(all: readonly Askable[], path: string): Askable | undefined {
  const known = all.find((one) => one.path === path)
  if (known) return known
  const [, member, ...rest] = path.split('.')
  const inner = rest.length === 0 ? all.find((one) => one.path === member) : undefined
  return inner && { ...inner, path }
}

/** 到会人数, as long as one field counts it; else the field is named too. */
export function memberName(fields: readonly FieldEntry[], field: FieldEntry, member: string): string {
  const alike = fields.filter((one) => one.kind === field.kind)
  return alike.length > 1 ? st('pieces.path.member', { field: field.name, member }) : member
}

/** Ways to compare what is asked. */
export function operatorsFor(kind: Askable['kind'] | undefined): readonly Operator[] {
  return kind === 'number' || kind === 'money' ? ['=', '!=', '>', '>=', '<', '<='] : ['=', '!=']
}

/** The value a new question begins with. */
export function firstValue(askable: Askable): Value {
  const literal = (value: string | number | boolean): Value => ({ kind: 'literal', value })
  if (askable.kind === 'yesNo') return literal(true)
  if (askable.kind === 'choice') return literal(askable.options[0]?.value ?? '')
  return askable.kind === 'text' ? literal('') : literal(0)
}

/** A clause that begins to ask this. */
export const askFirst = (askable: Askable): Clause => ({
  kind: 'compare',
  left: askable.path,
  ...(askable.kind === 'money' ? { asNumber: true } : {}),
  operator: '=',
  value: firstValue(askable),
})
