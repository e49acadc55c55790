import type { Json } from '../record/json.ts'
import type { Form, FormNode, JsonObject } from './form.ts'
import { isObject, own } from './json-object.ts'

/** Rows of one list. */
export const MAX_ROWS = 1_000

/**
 * The closed JSON Schema (2020-12) of the answers: every object lists its properties and allows no others. An answer
 * that is left empty may be null or `""`. What depends on the case (required unless hidden, limits by FEEL, options
 * from data, checks across fields) is judged by `judgeAnswers` and does not stand here.
 */
export function jsonSchema(form: Form): JsonObject {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: form.title ?? form.id,
    ...objectOf(form.nodes),
  }
}

function objectOf(nodes: readonly FormNode[]): JsonObject {
  const root: JsonObject = closed()
  for (const node of nodes) {
    let object = root
    for (const name of node.path.slice(0, -1)) object = nested(object, name)
    const schema: Json =
      node.kind === 'list'
        ? {
            type: ['array', 'null'],
            items: objectOf(node.children),
            maxItems: MAX_ROWS,
            ...(node.label !== null && { title: node.label }),
          }
        : {
            anyOf: [node.valueSchema, { enum: emptyOf(node.empty) }],
            ...(node.label !== null && { title: node.label }),
            ...(node.readonly === true && { readOnly: true }),
          }
    ;(object.properties as JsonObject)[node.path.at(-1)!] = schema
  }
  return root
}

const emptyOf = (empty: Json): Json[] =>
  Array.isArray(empty) ? [null, []] : empty === false ? [null, false] : [null, '']

const closed = (): JsonObject => ({ type: 'object', properties: {}, additionalProperties: false })

function nested(object: JsonObject, name: string): JsonObject {
  const properties = object.properties as JsonObject
  const known = own(properties, name)
  if (isObject(known)) return known
  const made = closed()
  properties[name] = made
  return made
}
