import { isScalar, parseDocument, visit } from 'yaml'
import type { Problem } from '../problem/problem.ts'

const MAX_CHARACTERS = 256 * 1024
/** Flow collections within each other. */
const MAX_OPEN = 100
/** A line that begins further in, or with so many marks of lists and keys, nests deeper than any package file. */
const FAR_IN = /^[ \t?:-]{200}/m
/** Anchors and tags after each other, with or without marks of lists between. */
const PROPERTIES = /(?:^|\s)(?:[-?:]|[&!]\S*)(?:[ \t]+(?:[-?:]|[&!]\S*)){99}|(?:^|\s)[&!]\S*(?:\s+[&!]\S*){49}/

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

/**
 * YAML as data: no tags of its own, no key twice, at most 20 aliases, at most 256 kB. What nests without bounds is
 * refused before it is parsed: the parser calls itself for every level.
 */
export function readYaml(resource: string, text: string): Read<unknown> {
  if (text.length > MAX_CHARACTERS) return { value: null, problems: [tooLarge(resource, text.length)] }
  if (isTooDeep(text)) return { value: null, problems: [invalidFile(resource, 'nests too deep')] }
  // The parser compares every key with every other; here each is looked up once.
  const document = parseDocument(text, { schema: 'core', customTags: [], uniqueKeys: false, prettyErrors: true })
  const fault = document.errors[0] ?? document.warnings[0]
  if (fault) return { value: null, problems: [invalidFile(resource, fault.message.split('\n')[0] ?? '')] }
  const repeated = keyTwice(document)
  if (repeated !== null) return { value: null, problems: [invalidFile(resource, repeated)] }
  try {
    return { value: document.toJS({ maxAliasCount: 20 }), problems: [] }
  } catch (error) {
    return { value: null, problems: [invalidFile(resource, error instanceof Error ? error.message : 'unreadable')] }
  }
}

function isTooDeep(text: string): boolean {
  if (FAR_IN.test(text) || PROPERTIES.test(text)) return true
  let open = 0
  for (const character of text) {
    if (character === '[' || character === '{') open += 1
    else if ((character === ']' || character === '}') && open > 0) open -= 1
    if (open > MAX_OPEN) return true
  }
  return false
}

/** Why a key may not stand where it stands: it stands in its mapping twice, or is a mapping or list itself. */
function keyTwice(document: ReturnType<typeof parseDocument>): string | null {
  let found: string | null = null
  visit(document, {
    Map(_, map) {
      const keys = new Set<string>()
      for (const { key } of map.items) {
        const name = isScalar(key) ? String(key.value) : null
        if (name === null || keys.has(name)) {
          found = name === null ? 'Map keys must be plain' : `Map keys must be unique: ${name}`
          return visit.BREAK
        }
        keys.add(name)
      }
      return undefined
    },
  })
  return found
}

function tooLarge(resource: string, found: number): Problem {
  const facts = { resource, what: 'bytes', found, limit: MAX_CHARACTERS }
  return { code: 'RESOURCE_TOO_LARGE', severity: 'error', resource, elementId: null, elementName: null, facts }
}

export const isMapping = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
