import { fieldType, plainly } from './field-type.ts'

const DEFAULT_MAX = 20_000

/** Several lines of text. */
export const textarea = fieldType({
  type: 'textarea',
  read(component) {
    const range = component.range('length', 'minLength', 'maxLength', DEFAULT_MAX)
    return {
      valueSchema: {
        type: 'string',
        ...(typeof range.min === 'number' && { minLength: range.min }),
        ...(typeof range.max === 'number' && { maxLength: range.max }),
      },
      expects: 'text',
      empty: null,
      range,
    }
  },
  describe: plainly,
})
