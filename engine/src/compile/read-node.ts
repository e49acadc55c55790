import type { ModdleElement } from 'bpmn-moddle'
import type { Reader } from '../element/element.ts'
import type { FlowNodeBase, IoMapping, MultiInstance } from '../model/definition.ts'
import { extensionsOf, readerOf } from './reader.ts'
import type { Report } from './report.ts'

/** Reads what every flow node has. Flows and boundaries are filled in when all nodes are known. */
export function readBase(bo: ModdleElement, scopeId: string, report: Report): FlowNodeBase {
  const reader = readerOf(bo, report)
  const mapping = reader.extension(bo, 'zeebe:IoMapping')
  const stage: unknown = reader.extension(bo, 'bihuan:Stage')?.name
  if (bo.isForCompensation === true) reader.problem('ELEMENT_NOT_EXECUTED', { type: 'isForCompensation' })
  return {
    id: String(bo.id),
    name: typeof bo.name === 'string' && bo.name !== '' ? bo.name : null,
    scopeId,
    incoming: [],
    outgoing: [],
    inputs: mappings(mapping?.inputParameters, reader),
    outputs: mappings(mapping?.outputParameters, reader),
    multiInstance: readMultiInstance(bo, reader),
    boundary: [],
    stage: typeof stage === 'string' && stage !== '' ? stage : null,
  }
}

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
