import type { FeelContext } from '../feel/index.ts'
import type { Json, Variables } from '../record/json.ts'
import type { Form, FormNode } from './form.ts'
import { isObject, own } from './json-object.ts'
import { placeAt } from './paths.ts'

/**
 * Makes null what a form could have been answered and was not, and what no variable holds yet: hidden by its condition,
 * optional and left out. Without it an expression after the step would read a name that nothing has, which stops a case
 * of a strict process (SPEC FE6). What is stored stays, and so do rows.
 *
 * @param variables accepted answers, with what is stored around nested ones; changed
 * @param data the variables of the case
 */
export function settleUnanswered(form: Form, variables: Variables, data: FeelContext): void {
  for (const node of form.nodes)
    if (mayBeAnswered(node) && isNowhere(node.path, variables, data)) placeAt(variables, node.path, null)
}

/** A condition may lock or show a field at any time; what is always locked, as a computed one is, is no person's here. */
const mayBeAnswered = (node: FormNode): boolean =>
  node.kind === 'field' ? node.readonly !== true : node.open || node.children.some(mayBeAnswered)

/** Whether a path has no value, and nothing but objects stands on the way to it. */
function isNowhere(path: readonly string[], variables: Variables, data: FeelContext): boolean {
  const head = path[0]!
  // What a case holds is JSON, whatever else FEEL knows.
  let value = Object.hasOwn(variables, head) ? variables[head] : (data.get(head) as Json | undefined)
  for (const name of path.slice(1)) {
    if (value === undefined) return true
    if (!isObject(value)) return false
    value = own(value, name)
  }
  return value === undefined
}
