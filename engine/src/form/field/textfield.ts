import { fieldType, plainly } from './field-type.ts'

/** Characters of a text whose form sets no limit. */
const DEFAULT_MAX = 2_000

/** In linear time, unlike the patterns browsers use for the same. */
const EMAIL = '^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$'
const PHONE = '^\\+?[0-9][0-9 -]{4,20}$'

/** One line of text. A pattern is RE2 syntax and, as in form-js, need not match the whole text. */
export const textfield = fieldType({
  type: 'textfield',
  read(component) {
    const kind = component.text('validate', 'validationType')
    const pattern = kind === 'email' ? EMAIL : kind === 'phone' ? PHONE : component.pattern()
    const range = component.range('length', 'minLength', 'maxLength', DEFAULT_MAX)
    return {
      valueSchema: {
        type: 'string',
        ...(typeof range.min === 'number' && { minLength: range.min }),
        ...(typeof range.max === 'number' && { maxLength: range.max }),
        ...(pattern !== null && { pattern }),
      },
      expects: 'text',
      empty: null,
      range,
      patternMessage: component.text('validate', 'patternErrorMessage'),
    }
  },
  describe: plainly,
})
