import type { ModdleElement } from 'bpmn-moddle'
import type { Reader } from '../element/element.ts'
import type { ExecutionListeners, FlowNodeBase, IoMapping, MultiInstance } from '../model/definition.ts'
import { extensionsOf, readerOf } from './reader.ts'
import type { Report } from './report.ts'

/** Reads what every flow node has. Flows and boundaries are filled in when all nodes are known. */
export function readBase(bo: ModdleElement, scopeId: string, index: number, report: Report): FlowNodeBase {
  const reader = readerOf(bo, report)
  const mapping = reader.extension(bo, 'zeebe:IoMapping')
  const stage: unknown = reader.extension(bo, 'bihuan:Stage')?.name
  return {
    id: String(bo.id),
    index,
    name: typeof bo.name === 'string' && bo.name !== '' ? bo.name : null,
    scopeId,
    incoming: [],
    outgoing: [],
    inputs: mappings(mapping?.inputParameters, reader),
    outputs: mappings(mapping?.outputParameters, reader),
    multiInstance: readMultiInstance(bo, reader),
    boundary: [],
    stage: typeof stage === 'string' && stage !== '' ? stage : null,
    listeners: readExecutionListeners(bo, reader),
    isForCompensation: bo.isForCompensation === true,
    compensationHandler: null,
  }
}

/** `zeebe:executionListeners` of a node or process. */
export function readExecutionListeners(bo: ModdleElement, reader: Reader): ExecutionListeners {
  const given = reader.extension(bo, 'zeebe:ExecutionListeners')
  if (!given) return NO_LISTENERS
  const all = ((given.listeners ?? []) as ModdleElement[]).flatMap((one) => {
    const job = reader.listener(bo, one)
    return job ? [{ event: String(one.eventType), job }] : []
  })
  const at = (event: string) => all.filter((one) => one.event === event).map((one) => one.job)
  const seen = new Set<string>()
  for (const { event, job } of all) {
    const listener = `zeebe:executionListener ${event} of type ${job.jobType.source}`
    if (event !== 'start' && event !== 'end')
      reader.problem('ELEMENT_NOT_EXECUTED', { type: `zeebe:executionListener eventType ${event}` })
    else if (seen.has(listener)) reader.problem('ELEMENT_NOT_EXECUTED', { type: `a second ${listener}` })
    seen.add(listener)
  }
  return { start: at('start'), end: at('end') }
}

const NO_LISTENERS: ExecutionListeners = { start: [], end: [] }

function mappings(given: unknown, reader: Reader): IoMapping[] {
  return ((given ?? []) as ModdleElement[]).flatMap((one) => {
    const target = reader.variable(one.target, 'zeebe:ioMapping target', true)
    const source = reader.required(one.source, `zeebe:ioMapping source (${String(one.target)})`)
    return source && target !== null ? [{ source, target }] : []
  })
}

/** Multi-instance (Zeebe: "Multi-instance"): over a collection, never by cardinality. */
function readMultiInstance(bo: ModdleElement, reader: Reader): MultiInstance | null {
  const loop = bo.loopCharacteristics as ModdleElement | undefined
  if (!loop) return null
  if (loop.$type !== 'bpmn:MultiInstanceLoopCharacteristics') {
    reader.problem('ELEMENT_NOT_EXECUTED', { type: loop.$type })
    return null
  }
  for (const name of ['loopCardinality', 'loopDataInputRef', 'loopDataOutputRef', 'complexBehaviorDefinition'])
    if (loop[name] !== undefined) reader.problem('ELEMENT_NOT_EXECUTED', { type: `multi-instance ${name}` })
  const given = extensionsOf(loop).find((one) => one.$type === 'zeebe:LoopCharacteristics')
  const inputCollection = reader.required(given?.inputCollection, 'zeebe:loopCharacteristics inputCollection')
  const outputCollection = given?.outputCollection
    ? reader.variable(given.outputCollection, 'zeebe:loopCharacteristics outputCollection')
    : null
  const outputElement = given?.outputElement
    ? reader.feel(given.outputElement, 'zeebe:loopCharacteristics outputElement')
    : null
  if (
    (outputCollection === null) !== (outputElement === null) &&
    Boolean(given?.outputCollection) !== Boolean(given?.outputElement)
  )
    reader.problem('EXPRESSION_MISSING', { property: 'zeebe:loopCharacteristics outputCollection and outputElement' })
  const condition: unknown = loop.completionCondition?.body
  const completionCondition = condition === undefined ? null : reader.feel(condition, 'completionCondition')
  if (!inputCollection) return null
  return {
    sequential: loop.isSequential === true,
    inputCollection,
    inputElement: given?.inputElement
      ? reader.variable(given.inputElement, 'zeebe:loopCharacteristics inputElement')
      : null,
    outputCollection,
    outputElement,
    completionCondition,
  }
}
