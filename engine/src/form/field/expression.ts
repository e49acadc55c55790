import { fieldType, plainly } from './field-type.ts'

/** A value computed from the others. The server computes it itself; what is sent for it is not read. */
export const expression = fieldType({
  type: 'expression',
  read(component) {
    const computed = component.expression('expression')
    if (computed) return { valueSchema: {}, expects: 'text', empty: null, computed }
    component.missing('expression')
    return null
  },
  describe: plainly,
})
