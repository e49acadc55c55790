import type { ProblemJson } from '@bihuan/runtime/contract'
import type { Form } from '@bpmn-io/form-js-viewer'
import { inLanguage } from '../../i18n/i18n.ts'
import { fieldPath } from './field-path.ts'
import type { InstanceRegistry } from './viewer.ts'

export interface FieldMessage {
  /** Path of the value: `amount`, `rows[0].amount`. */
  readonly field: string
  readonly label: string | null
  readonly message: string
}

/** What the server found wrong, field by field, in the reader's language. */
export function fieldMessages(problem: ProblemJson): FieldMessage[] {
  return (problem.fields ?? []).map((fault) => ({
    field: fault.field,
    label: fault.label,
    message: inLanguage(fault.messages) ?? problem.title,
  }))
}

/**
 * Shows messages at their fields.
 * @returns the messages for which the form shows no field now; the page must say them elsewhere
 */
export function showMessages(form: Form, messages: readonly FieldMessage[]): FieldMessage[] {
  const instances = form.get<InstanceRegistry>('formFieldInstanceRegistry').getAllKeyed()
  const errors: Record<string, unknown> = {}
  const found = new Map<string, { readonly keys: readonly (string | number)[]; readonly said: string[] }>()
  const left: FieldMessage[] = []
  for (const message of messages) {
    const path = fieldPath(message.field)
    const instance =
      instances.find((each) => each.valuePath.join('.') === path) ??
      // A fault inside a value (the third file of a list) is shown at the field that holds it.
      instances.find((each) => path.startsWith(`${each.valuePath.join('.')}.`))
    if (!instance) {
      left.push(message)
      continue
    }
    const keys = [instance.id, ...Object.values(instance.indexes ?? {})]
    const place = found.get(keys.join('.')) ?? { keys, said: [] }
    place.said.push(message.message)
    found.set(keys.join('.'), place)
  }
  for (const { keys, said } of found.values()) put(errors, keys, said)
  form._setState({ errors })
  return left
}

function put(tree: Record<string | number, unknown>, keys: readonly (string | number)[], value: unknown): void {
  const [head, ...rest] = keys
  if (head === undefined) return
  if (rest.length === 0) {
    tree[head] = value
    return
  }
  const inner = (tree[head] ?? {}) as Record<string | number, unknown>
  tree[head] = inner
  put(inner, rest, value)
}
