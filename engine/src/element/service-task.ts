import type { ModdleElement } from 'bpmn-moddle'
import { element, wait } from './element.ts'
import { Fault } from './fault.ts'
import { typeName } from './type-name.ts'

const DEFAULT_RETRIES = 3

/** Service task: creates a job for a worker (Zeebe: "Service tasks"). */
export const serviceTask = element({
  type: 'bpmn:ServiceTask',
  waits: true,
  properties: ['implementation', 'retryCounter'],
  extensions: ['zeebe:TaskDefinition', 'zeebe:TaskHeaders'],
  read: (bo, reader) => {
    const definition = reader.extension(bo, 'zeebe:TaskDefinition')
    if (!definition?.type) {
      reader.problem('JOB_TYPE_MISSING')
      return null
    }
    const jobType = reader.expression(definition.type)
    if (!jobType) return null
    const values = (reader.extension(bo, 'zeebe:TaskHeaders')?.values ?? []) as ModdleElement[]
    const headers = Object.fromEntries(values.map((header) => [String(header.key), String(header.value ?? '')]))
    return { jobType, retries: reader.expression(definition.retries), headers }
  },
  activate: (node, context) => {
    const type = context.evaluate(node.own.jobType)
    if (typeof type !== 'string' || type === '')
      throw new Fault('EXPRESSION_FAILED', {
        expression: node.own.jobType.source,
        message: `expected a job type, found ${typeName(type)}`,
      })
    const given = node.own.retries ? Number(context.evaluate(node.own.retries)) : DEFAULT_RETRIES
    if (!Number.isInteger(given) || given < 1)
      throw new Fault('EXPRESSION_FAILED', {
        expression: node.own.retries?.source ?? '',
        message: 'expected a whole number of retries from 1',
      })
    context.write('job.created', context.newKey(), {
      elementId: node.id,
      elementInstanceKey: context.key,
      name: node.name,
      type,
      retries: given,
      headers: node.own.headers,
      variables: context.jobVariables(node.inputs.length > 0),
    })
    return wait
  },
})
