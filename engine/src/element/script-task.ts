import { complete, element } from './element.ts'

/** Script task: a FEEL expression whose value becomes a variable (Zeebe: "Script tasks"). No other language (D11). */
export const scriptTask = element({
  type: 'bpmn:ScriptTask',
  waits: false,
  properties: ['retryCounter'],
  extensions: ['zeebe:Script'],
  read: (bo, reader) => {
    const script = reader.extension(bo, 'zeebe:Script')
    const expression = reader.feel(script?.expression, 'zeebe:script expression')
    const resultVariable: unknown = script?.resultVariable
    if (typeof resultVariable !== 'string' || resultVariable === '') {
      reader.problem('EXPRESSION_MISSING', { property: 'zeebe:script resultVariable' })
      return null
    }
    return expression ? { expression, resultVariable } : null
  },
  activate: (node, context) =>
    complete({ variables: { [node.own.resultVariable]: context.evaluate(node.own.expression) } }),
})
