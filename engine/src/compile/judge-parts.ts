import type { ModdleElement } from 'bpmn-moddle'
import { extensionsOf } from './reader.ts'
import { placeOf, type Report } from './report.ts'

/** Properties of any flow node that are read, or that only document. */
const COMMON = new Set([
  '$type',
  'id',
  'name',
  'documentation',
  'extensionElements',
  'incoming',
  'outgoing',
  'loopCharacteristics',
  'isForCompensation',
  'categoryValueRef',
  'lanes',
  'startQuantity',
  'completionQuantity',
  'auditing',
  'monitoring',
  // data in the drawing documents; data at run time is variables
  'ioSpecification',
  'dataInputAssociations',
  'dataOutputAssociations',
  'dataInputs',
  'dataOutputs',
  'inputSet',
  'outputSet',
  'properties',
  // element templates of the modeller
  'modelerTemplate',
  'modelerTemplateVersion',
  'modelerTemplateIcon',
])

/** Properties of a process that are read, or that only document. */
export const PROCESS_PROPERTIES = [
  'isExecutable',
  'isClosed',
  'processType',
  'flowElements',
  'artifacts',
  'laneSets',
  'definitionalCollaborationRef',
]

const EVERYWHERE = ['zeebe:IoMapping', 'zeebe:Properties', 'zeebe:ExecutionListeners', 'bihuan:Stage']
const CAMUNDA_7 = 'camunda'

/** Refuses parts of a flow node that are known to BPMN but not executed (`resources`, `default` of a task, …). */
export function judgeProperties(bo: ModdleElement, executed: readonly string[], report: Report): void {
  for (const name of Object.keys(bo))
    if (!COMMON.has(name) && !executed.includes(name))
      report.add(placeOf(bo), 'ELEMENT_NOT_EXECUTED', { type: `${bo.$type} ${name}` })
}

/** Refuses extension elements of Camunda 7 and 8 and of our own that this element does not execute. */
export function judgeExtensions(bo: ModdleElement, executed: readonly string[], report: Report): void {
  for (const extension of extensionsOf(bo)) {
    const type = extension.$type
    const [prefix] = type.split(':', 1)
    if (prefix === CAMUNDA_7) report.add(placeOf(bo), 'ELEMENT_NOT_EXECUTED', { type })
    else if (prefix !== 'zeebe' && prefix !== 'bihuan') continue
    else if (!EVERYWHERE.includes(type) && !executed.includes(type))
      report.add(placeOf(bo), 'ELEMENT_NOT_EXECUTED', { type: `${type} at ${bo.$type}` })
  }
}

/** Refuses attributes of Camunda 7: they would be ignored, and with them assignees and scripts. */
export function judgeAttributes(bo: ModdleElement, report: Report): void {
  for (const name of Object.keys(bo.$attrs))
    if (name.startsWith(`${CAMUNDA_7}:`)) report.add(placeOf(bo), 'ELEMENT_NOT_EXECUTED', { type: name })
}
