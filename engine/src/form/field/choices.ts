import { listSeparator } from '../../problem/index.ts'
import type { Json } from '../../record/json.ts'
import type { Component } from '../component.ts'
import type { JsonObject } from '../form.ts'
import { type FieldRules, type FieldType, fieldType } from './field-type.ts'

const SCALAR: JsonObject = { type: ['string', 'number', 'boolean'] }
const MAX_CHOSEN = 1_000

function readChoice(component: Component, many: boolean): FieldRules | null {
  const options = component.options(many)
  if (!options) return null
  const one: JsonObject = options.kind === 'static' ? { enum: options.values.map((option) => option.value) } : SCALAR
  return many
    ? {
        valueSchema: { type: 'array', items: one, uniqueItems: true, maxItems: MAX_CHOSEN },
        expects: 'list',
        empty: [],
        options,
      }
    : { valueSchema: one, expects: 'option', empty: null, options }
}

const labelOf = (value: Json, options: readonly { label: string; value: Json }[]): string =>
  options.find((option) => option.value === value)?.label ?? String(value)

const describeOne: FieldType['describe'] = (value, _field, options) => labelOf(value, options)
const describeMany: FieldType['describe'] = (value, _field, options, language) =>
  (Array.isArray(value) ? value : [value]).map((one) => labelOf(one, options)).join(listSeparator(language))

/** A form-js field that lets people choose one option. */
export const oneOf = (type: string): FieldType =>
  fieldType({ type, read: (component) => readChoice(component, false), describe: describeOne })
/** A form-js field that lets people choose several. */
export const manyOf = (type: string): FieldType =>
  fieldType({ type, read: (component) => readChoice(component, true), describe: describeMany })
