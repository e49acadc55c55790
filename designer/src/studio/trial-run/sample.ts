import { addDuration, type Form, type FormField, formatInstant, type Json, parseDuration } from '@bihuan/engine'

/**
 * Values that would do for the empty fields of a form, to get on in a trial: first options, least numbers, today.
 * What a pattern or a check of its own asks for is left to the designer.
 *
 * @param at the trial's clock, milliseconds since 1970 UTC
 */
export function sampleAnswers(
  form: Form,
  data: { readonly [name: string]: Json },
  at: number,
): { [name: string]: Json } {
  const answers: { [name: string]: Json } = { ...data }
  for (const node of form.nodes) {
    const key = node.path[0]
    if (node.kind !== 'field' || node.path.length > 1 || key === undefined || node.readonly === true) continue
    const before = answers[key]
    // A box that is not ticked is empty, too; so is a list without boxes ticked.
    const isList = Array.isArray(before) && before.length > 0
    if (
      isList ||
      !(before === undefined || before === null || before === '' || before === false || Array.isArray(before))
    )
      continue
    const sample = sampleOf(node, at)
    if (sample !== undefined) answers[key] = sample
  }
  return answers
}

function sampleOf(field: FormField, at: number): Json | undefined {
  const first = field.options?.kind === 'static' ? field.options.values[0]?.value : undefined
  const day = formatInstant(at).slice(0, 10)
  switch (field.type) {
    case 'textfield':
    case 'textarea':
      return field.patternMessage === null ? (field.label ?? field.name) : undefined
    case 'number':
      return field.valueSchema.type === 'string' ? '100.00' : 10
    case 'money':
      return '10000.00'
    case 'radio':
    case 'select':
      return first
    case 'checklist':
    case 'taglist':
      return first === undefined ? undefined : [first]
    case 'checkbox':
      return true
    case 'datetime':
      return field.expects === 'date' ? day : field.expects === 'time' ? '09:00' : `${day}T09:00`
    case 'mobile':
      return '13800000000'
    case 'idNumber':
      // The example of GB 11643.
      return '11010519491231002X'
    case 'attendance':
      return { expected: 30, present: 25 }
    case 'votes':
      return { present: 25, yes: 20, no: 3, abstain: 2 }
    default:
      return undefined
  }
}

/** The time a day later. */
export const dayLater = (at: number): number => {
  const day = parseDuration('P1D')
  return day ? addDuration(at, day) : at
}
