import { parseDocument } from 'yaml'
import type { Problem } from '../problem/problem.ts'

const MAX_CHARACTERS = 256 * 1024

/** A text as read, and what speaks against it. With a problem, `value` is null. */
export type Read<T> = { readonly value: T; readonly problems: readonly Problem[] }

/** A fault of a package file as a whole, or of the entry that `found` names. */
export function invalidFile(resource: string, found: string): Problem {
  return {
    code: 'PACKAGE_FILE_INVALID',
    severity: 'error',
    resource,
    elementId: null,
    elementName: null,
    facts: { resource, found },
  }
}

/** YAML as data: no tags of its own, no key twice, at most 20 aliases, at most 256 kB. */
export function readYaml(resource: string, text: string): Read<unknown> {
  if (text.length > MAX_CHARACTERS) return { value: null, problems: [tooLarge(resource, text.length)] }
  const document = parseDocument(text, { schema: 'core', customTags: [], uniqueKeys: true, prettyErrors: true })
  const fault = document.errors[0] ?? document.warnings[0]
  if (fault) return { value: null, problems: [invalidFile(resource, fault.message.split('\n')[0] ?? '')] }
  try {
    return { value: document.toJS({ maxAliasCount: 20 }), problems: [] }
  } catch (error) {
    return { value: null, problems: [invalidFile(resource, error instanceof Error ? error.message : 'unreadable')] }
  }
}

function tooLarge(resource: string, found: number): Problem {
  const facts = { resource, what: 'bytes', found, limit: MAX_CHARACTERS }
  return { code: 'RESOURCE_TOO_LARGE', severity: 'error', resource, elementId: null, elementName: null, facts }
}

export const isMapping = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
