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
    const resultVariable = reader.variable(script?.resultVariable, 'zeebe:script resultVariable')
    return expression && resultVariable !== null ? { expression, resultVariable } : null
  },
  activate: (node, context) =>
    complete({ variables: { [node.own.resultVariable]: context.evaluate(node.own.expression) } }),
})
