import { listSeparator } from '../../problem/index.ts'
import type { Json } from '../../record/json.ts'
import type { Component } from '../component.ts'
import type { FieldDirectory, JsonObject } from '../form.ts'
import { isObject } from '../json-object.ts'
import type { FieldRules, FieldType } from './field-type.ts'

/** People or units of one answer. */
const MAX_NAMED = 100

/** A person or unit as an answer names it; the host writes the name it has on record. */
export interface Named {
  readonly id: string
  readonly name: string
}

const NAMED: JsonObject = {
  type: 'object',
  properties: {
    id: { type: 'string', minLength: 1, maxLength: 200 },
    name: { type: 'string', minLength: 1, maxLength: 200 },
  },
  required: ['id', 'name'],
  additionalProperties: false,
}

/** The people or units a value names: one, or those of a list. */
export function namedIn(value: Json | undefined): readonly Named[] {
  return (Array.isArray(value) ? value : [value ?? null]).flatMap((one) =>
    isObject(one) && typeof one.id === 'string' ? [{ id: one.id, name: String(one.name ?? '') }] : [],
  )
}

/** Rules of a field that names people or units: one, or a list when `multiple`. */
export function directoryRules(component: Component, of: FieldDirectory['of']): FieldRules {
  const many = component.value('multiple') === true
  return {
    valueSchema: many ? { type: 'array', items: NAMED, maxItems: MAX_NAMED } : NAMED,
    expects: of,
    empty: many ? [] : null,
    directory: {
      of,
      many,
      role: of === 'person' ? component.text('role') : null,
      level: of === 'unit' ? component.text('level') : null,
    },
  }
}

/** Nobody is named twice. */
export const judgeNamed: NonNullable<FieldType['judge']> = (value, { expects }) => {
  const ids = namedIn(value).map((one) => one.id)
  return new Set(ids).size === ids.length ? [] : [{ code: 'FIELD_TYPE', facts: { type: expects } }]
}

export const describeNamed: FieldType['describe'] = (value, _field, _options, language) =>
  namedIn(value)
    .map((one) => one.name)
    .join(listSeparator(language))
