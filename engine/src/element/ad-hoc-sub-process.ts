import type { ModdleElement } from 'bpmn-moddle'
import type { AdHocElement, FlowNodeOf } from '../model/definition.ts'
import type { Json } from '../record/json.ts'
import { type Context, element, type Reader, wait } from './element.ts'
import { Fault } from './fault.ts'
import { typeName } from './type-name.ts'

/** The variable that tells what may be activated (Camunda 8: "Special ad-hoc sub-process variables"). */
const ELEMENTS = 'adHocSubProcessElements'

/** How many elements may be asked for at once, as many as a multi-instance has items (quality E07). */
export const MAX_ASKED = 10_000

/**
 * Ad-hoc sub-process: its elements begin when they are asked for, by an expression, a worker or from outside, in any
 * order and any number (Zeebe: "Ad-hoc sub-process"). The rules of its end are in `step/ad-hoc.ts`.
 */
export const adHocSubProcess = element({
  type: 'bpmn:AdHocSubProcess',
  waits: true,
  properties: [
    'flowElements',
    'artifacts',
    'laneSets',
    'completionCondition',
    'cancelRemainingInstances',
    'ordering',
    'retryCounter',
  ],
  extensions: ['zeebe:AdHoc', 'zeebe:TaskDefinition', 'zeebe:TaskHeaders', 'zeebe:JobPriorityDefinition'],
  read: (bo, reader) => {
    if (bo.ordering === 'Sequential')
      reader.problem('ELEMENT_NOT_EXECUTED', { type: 'bpmn:AdHocSubProcess ordering Sequential' })
    const elements = readElements(bo, reader)
    if (elements.length === 0) reader.problem('AD_HOC_WITHOUT_ELEMENTS')
    const adHoc = reader.extension(bo, 'zeebe:AdHoc')
    const condition: unknown = bo.completionCondition?.body
    const job = reader.extension(bo, 'zeebe:TaskDefinition') ? reader.job(bo) : null
    if (job && adHoc?.activeElementsCollection)
      reader.problem('ELEMENT_NOT_EXECUTED', { type: 'zeebe:adHoc activeElementsCollection beside a job' })
    if (job && condition !== undefined)
      reader.problem('ELEMENT_NOT_EXECUTED', { type: 'bpmn:completionCondition beside a job' })
    if (job && bo.cancelRemainingInstances === false)
      reader.problem('ELEMENT_NOT_EXECUTED', { type: 'bpmn:AdHocSubProcess cancelRemainingInstances beside a job' })
    if (Boolean(adHoc?.outputCollection) !== Boolean(adHoc?.outputElement))
      reader.problem('EXPRESSION_MISSING', { property: 'zeebe:adHoc outputCollection and outputElement' })
    return {
      elements,
      activeElements: adHoc?.activeElementsCollection
        ? reader.feel(adHoc.activeElementsCollection, 'zeebe:adHoc activeElementsCollection')
        : null,
      completionCondition: condition === undefined ? null : reader.feel(condition, 'completionCondition'),
      cancelRemainingInstances: bo.cancelRemainingInstances !== false,
      outputCollection: adHoc?.outputCollection
        ? reader.variable(adHoc.outputCollection, 'zeebe:adHoc outputCollection')
        : null,
      outputElement: adHoc?.outputElement ? reader.feel(adHoc.outputElement, 'zeebe:adHoc outputElement') : null,
      job,
    }
  },
  check: (node, { nodes, problem }) => {
    for (const inner of Object.values(nodes))
      if (inner.scopeId === node.id && inner.type === 'bpmn:EndEvent')
        problem('EVENT_NOT_EXECUTED', { type: 'bpmn:EndEvent in an ad-hoc sub-process' })
  },
  activate: (node, context) => {
    const { own } = node
    beginAdHoc(node, context)
    if (own.job) {
      context.createJob(own.job)
      return wait
    }
    return {
      kind: 'activate',
      elements: activeElements(own, context).map((elementId) => ({ elementId, variables: {} })),
    }
  },
})

/** Begins an ad-hoc sub-process: its events wait, and it tells what may be activated in it. Throws `Fault`. */
export function beginAdHoc({ id, own }: FlowNodeOf<'bpmn:AdHocSubProcess'>, context: Context): void {
  context.enterScope(id)
  context.setLocals({ [ELEMENTS]: own.elements.map((one) => ({ ...one, properties: { ...one.properties } })) })
  context.write('adHocSubProcess.started', context.key, { elementId: id, outputVariable: own.outputCollection })
}

/** The ids that `activeElementsCollection` gives; none without one. Throws `Fault`. */
function activeElements(own: FlowNodeOf<'bpmn:AdHocSubProcess'>['own'], context: Context): readonly string[] {
  if (!own.activeElements) return []
  const ids = context.evaluate(own.activeElements)
  if (!isTexts(ids))
    throw new Fault('EXPRESSION_FAILED', {
      expression: own.activeElements.source,
      message: `expected a list of element ids, found ${typeName(ids)}`,
    })
  if (ids.length > MAX_ASKED)
    throw new Fault('COLLECTION_TOO_LARGE', {
      expression: own.activeElements.source,
      found: ids.length,
      limit: MAX_ASKED,
    })
  const unknown = unknownElements(own.elements, ids)
  if (unknown.length > 0) throw new Fault('AD_HOC_ELEMENT_UNKNOWN', { elements: unknown })
  return ids
}

const isTexts = (value: Json): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

/** Those ids that no element has which may be activated. */
export function unknownElements(elements: readonly AdHocElement[], ids: readonly string[]): string[] {
  return ids.filter((id) => !elements.some((one) => one.elementId === id))
}

/** What may be activated: what no flow leads to, but events at activities, event sub-processes and what undoes. */
function readElements(bo: ModdleElement, reader: Reader): AdHocElement[] {
  const inside = (bo.flowElements ?? []) as readonly ModdleElement[]
  const targets = new Set(inside.filter((one) => one.$type === 'bpmn:SequenceFlow').map((one) => one.targetRef))
  return inside
    .filter((one) => one.$instanceOf('bpmn:FlowNode') && !targets.has(one))
    .filter((one) => one.$type !== 'bpmn:BoundaryEvent' && one.$type !== 'bpmn:EndEvent')
    .filter((one) => one.triggeredByEvent !== true && one.isForCompensation !== true)
    .map((one) => ({
      elementId: String(one.id),
      elementName: typeof one.name === 'string' && one.name !== '' ? one.name : null,
      documentation: documentationOf(one),
      properties: propertiesOf(one, reader),
    }))
}

function documentationOf(bo: ModdleElement): string | null {
  const [first] = (bo.documentation ?? []) as readonly { readonly text?: unknown }[]
  return typeof first?.text === 'string' ? first.text : null
}

function propertiesOf(bo: ModdleElement, reader: Reader): { readonly [name: string]: string } {
  const given = (reader.extension(bo, 'zeebe:Properties')?.properties ?? []) as readonly ModdleElement[]
  return Object.fromEntries(given.map((one) => [String(one.name), String(one.value ?? '')]))
}
