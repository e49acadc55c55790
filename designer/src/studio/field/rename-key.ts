import { type FieldDictionary, isFieldKey, type PackageFiles, renameKeys } from '@bihuan/engine'
import type { Edit } from './edit.ts'
import { renameInFeel } from './feel-text.ts'

/** Gives a field another key: in the dictionary, the matrix, and what other fields say of it. Checks follow where they can. */
export function renameKey(from: string, to: string): Edit {
  return (dictionary) => {
    const { fields, access } = renameKeys(dictionary, { [from]: to })
    return {
      fields: fields.map((field) =>
        field.check === undefined ? field : { ...field, check: renamed(field.check, from, to) },
      ),
      access,
    }
  }
}

function renamed(expression: string, from: string, to: string): string {
  const sign = expression.startsWith('=') ? '=' : ''
  return sign + (renameInFeel(expression.slice(sign.length), from, to) ?? expression.slice(sign.length))
}

/**
 * The forms that show a field, with their FEEL reading its new key: conditions, options, computed texts. Components stay
 * as they are; `applyDictionary` gives them the key.
 * @returns the texts that change
 */
export function renameInForms(files: PackageFiles, from: string, to: string): { readonly [name: string]: string } {
  const changes: Record<string, string> = {}
  for (const [name, text] of Object.entries(files)) {
    if (!name.endsWith('.form') || !text.includes(from)) continue
    let schema: unknown
    try {
      schema = JSON.parse(text)
    } catch {
      continue
    }
    if (!holdsField(schema, from)) continue
    const before = `${JSON.stringify(schema, null, 2)}\n`
    const after = `${JSON.stringify(follow(schema, from, to), null, 2)}\n`
    if (after !== before) changes[name] = after
  }
  return changes
}

type Component = Record<string, unknown>

const isObject = (value: unknown): value is Component => typeof value === 'object' && value !== null

function holdsField(value: unknown, key: string): boolean {
  if (Array.isArray(value)) return value.some((each) => holdsField(each, key))
  if (!isObject(value)) return false
  return value.key === key || holdsField(value.components, key)
}

function follow(value: unknown, from: string, to: string, member = ''): unknown {
  if (typeof value === 'string') return value.startsWith('=') || member === 'check' ? renamed(value, from, to) : value
  if (Array.isArray(value)) return value.map((each) => follow(each, from, to))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, follow(each, from, to, name)]))
}

/** Why the key cannot be given; null when it can. */
export function keyFault(dictionary: FieldDictionary, from: string, to: string): 'form' | 'taken' | null {
  if (to === from) return null
  if (!isFieldKey(to)) return 'form'
  return dictionary.fields.some((field) => field.key === to) ? 'taken' : null
}
