import type { Expression, FeelContext } from '../feel/index.ts'
import type { Json } from '../record/json.ts'
import { fieldTypes } from './field/all.ts'
import type { Form, FormField, FormNode, JsonObject } from './form.ts'
import { copy, placeAt, readAt, valueAt } from './paths.ts'

const heads = (paths: readonly (readonly string[])[]): string[] => [...new Set(paths.map((path) => path[0]!))]

/**
 * Top-level variable names the form can write: those of its fields and lists that are not read-only.
 *
 * @param locks whether a condition makes its field read-only; without it, those that any makes so may be written
 */
export function writableNames(form: Form, locks: (condition: Expression) => boolean = () => false): string[] {
  const readonly = (field: FormField): boolean =>
    typeof field.readonly === 'boolean' ? field.readonly : locks(field.readonly)
  const writable = (node: FormNode): boolean =>
    node.kind === 'field' ? !readonly(node) || node.computed !== null : node.open || node.children.some(writable)
  return heads(form.nodes.filter(writable).map((node) => node.path))
}

/** Top-level variable names the form shows: its fields, and what its expressions, templates and tables read. */
export function readableNames(form: Form): string[] {
  return heads([...form.nodes.map((node) => node.path), ...form.reads])
}

/**
 * What may be sent with the form: the values of its fields (of list rows only their own fields), and of everything else
 * only the paths its expressions, templates and tables name. Nothing else of the case.
 */
export function pickAnswers(form: Form, data: FeelContext): JsonObject {
  const picked: JsonObject = {}
  for (const path of form.reads) {
    const value = readAt(data, path)
    if (value !== undefined && valueAt(picked, path) === undefined) placeAt(picked, path, copy(value))
  }
  for (const node of form.nodes) {
    const value = readAt(data, node.path)
    if (value !== undefined) placeAt(picked, node.path, pickNode(node, value))
  }
  return picked
}

/** A value as it is sent with a form: of what the form only shows, some types hide a part. */
export function shownTo(node: FormNode, value: Json): Json {
  if (node.kind !== 'field' || node.readonly !== true) return value
  return fieldTypes.get(node.type)?.masked?.(value) ?? value
}

function pickNode(node: FormNode, value: Json): Json {
  if (node.kind === 'field' || !Array.isArray(value)) return copy(shownTo(node, value))
  return value.map((row) => {
    const picked: JsonObject = {}
    for (const child of node.children) {
      const inner = valueAt(row, child.path)
      if (inner !== undefined) placeAt(picked, child.path, pickNode(child, inner))
    }
    return picked
  })
}
