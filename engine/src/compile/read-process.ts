import type { ModdleElement } from 'bpmn-moddle'
import { behaviourOf } from '../element/all.ts'
import type { FlowNode, ProcessDefinition, Scope, SequenceFlow, Stage } from '../model/definition.ts'
import { judgeAttributes, judgeExtensions, judgeProperties, PROCESS_PROPERTIES } from './judge-parts.ts'
import { readBase } from './read-node.ts'
import { extensionsOf, readerOf } from './reader.ts'
import { placeOf, type Report } from './report.ts'

/** Elements of a scope that only document. Lanes and artifacts lie apart and are not flow elements. */
const DOCUMENTATION = new Set(['bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference'])

interface Collected {
  readonly nodes: { [id: string]: FlowNode }
  readonly flows: { [id: string]: SequenceFlow }
  readonly scopes: { [id: string]: Scope }
  readonly stages: Stage[]
}

/** Reads one executable process. Problems go to the report; parts that cannot be read are left out. */
export function readProcess(bo: ModdleElement, report: Report): ProcessDefinition {
  const id = String(bo.id)
  const collected: Collected = { nodes: byId(), flows: byId(), scopes: byId(), stages: [] }
  judgeAttributes(bo, report)
  judgeProperties(bo, PROCESS_PROPERTIES, report)
  judgeExtensions(bo, ['bihuan:Case', 'zeebe:VersionTag', 'zeebe:UserTaskForm'], report)
  readScope(bo, null, collected, report)
  connect(collected)
  const reader = readerOf(bo, report)
  const aboutCase = reader.extension(bo, 'bihuan:Case')
  const versionTag: unknown = reader.extension(bo, 'zeebe:VersionTag')?.value
  const start = startOf(bo)
  const starters = start && extensionsOf(start).find((one) => one.$type === 'bihuan:Starters')
  const prefix: unknown = aboutCase?.numberPrefix
  return deepFreeze({
    id,
    name: typeof bo.name === 'string' && bo.name !== '' ? bo.name : id,
    versionTag: typeof versionTag === 'string' ? versionTag : null,
    ...collected,
    title: reader.expression(aboutCase?.title),
    dueDate: reader.expression(aboutCase?.dueDate),
    numberPrefix: typeof prefix === 'string' && prefix !== '' ? prefix : null,
    starters: starters ? readerOf(start, report).candidates(starters.candidateGroups) : null,
    startForm: start ? readerOf(start, report).form(start) : null,
  })
}

/** A table by ids of the drawing without inherited names: `constructor` and `__proto__` are ids like others. */
function byId<T>(): { [id: string]: T } {
  return Object.create(null) as { [id: string]: T }
}

function elementsOf(bo: ModdleElement): readonly ModdleElement[] {
  return (bo.flowElements ?? []) as ModdleElement[]
}

/** The none start event of a process or sub-process, or the triggered one of an event sub-process. */
function startOf(bo: ModdleElement): ModdleElement | null {
  return elementsOf(bo).find((one) => one.$type === 'bpmn:StartEvent') ?? null
}

function readScope(bo: ModdleElement, parentId: string | null, collected: Collected, report: Report): void {
  const id = String(bo.id)
  const eventSubProcesses: string[] = []
  checkStart(bo, report)
  for (const element of elementsOf(bo)) {
    const { $type: type } = element
    if (DOCUMENTATION.has(type)) continue
    if (type === 'bpmn:SequenceFlow') {
      readFlow(element, collected, report)
      continue
    }
    const behaviour = behaviourOf(type)
    if (!behaviour) {
      report.add(placeOf(element), 'ELEMENT_NOT_EXECUTED', { type })
      continue
    }
    judgeAttributes(element, report)
    judgeProperties(element, behaviour.properties, report)
    judgeExtensions(element, behaviour.extensions, report)
    const base = readBase(element, id, report)
    const own = behaviour.read(element, readerOf(element, report))
    if (base.stage !== null) collected.stages.push({ elementId: base.id, name: base.stage })
    if (own !== null) collected.nodes[base.id] = { ...base, type, own } as FlowNode
    if (type === 'bpmn:SubProcess') {
      if (element.triggeredByEvent === true) eventSubProcesses.push(base.id)
      readScope(element, id, collected, report)
    }
  }
  const start = startOf(bo)
  collected.scopes[id] = { id, parentId, startEventId: start ? String(start.id) : null, eventSubProcesses }
}

/** One start event a scope: none in a process or sub-process, triggered in an event sub-process. */
function checkStart(bo: ModdleElement, report: Report): void {
  const starts = elementsOf(bo).filter((one) => one.$type === 'bpmn:StartEvent')
  const [start, ...more] = starts
  if (!start) report.add(placeOf(bo), 'START_EVENT_MISSING')
  for (const one of more) report.add(placeOf(one), 'EVENT_NOT_EXECUTED', { type: 'a second bpmn:StartEvent' })
  if (!start) return
  const isProcess = bo.$type === 'bpmn:Process'
  for (const { $type } of extensionsOf(start))
    if (!isProcess && ($type === 'bihuan:Starters' || $type === 'zeebe:FormDefinition'))
      report.add(placeOf(start), 'ELEMENT_NOT_EXECUTED', { type: `${$type} in ${bo.$type}` })
  const triggered = ((start.eventDefinitions ?? []) as unknown[]).length > 0
  if (bo.triggeredByEvent === true && !triggered)
    report.add(placeOf(start), 'EVENT_NOT_EXECUTED', {
      type: 'bpmn:StartEvent without trigger in an event sub-process',
    })
  if (bo.triggeredByEvent !== true && triggered)
    report.add(placeOf(start), 'EVENT_NOT_EXECUTED', {
      type: String((start.eventDefinitions as ModdleElement[])[0]?.$type),
    })
}

function readFlow(bo: ModdleElement, collected: Collected, report: Report): void {
  const source = bo.sourceRef as ModdleElement | undefined
  const target = bo.targetRef as ModdleElement | undefined
  judgeAttributes(bo, report)
  judgeExtensions(bo, [], report)
  const reader = readerOf(bo, report)
  const given: unknown = bo.conditionExpression?.body
  const language: unknown = bo.conditionExpression?.language
  if (language !== undefined && !/feel/i.test(String(language)))
    report.add(placeOf(bo), 'ELEMENT_NOT_EXECUTED', { type: `condition in ${String(language)}` })
  const condition = given === undefined ? null : reader.feel(given, 'conditionExpression')
  if (condition && source && source.$type !== 'bpmn:ExclusiveGateway')
    report.add(placeOf(bo), 'ELEMENT_NOT_EXECUTED', { type: `conditional bpmn:SequenceFlow from ${source.$type}` })
  const inside = source?.$parent === bo.$parent && target?.$parent === bo.$parent
  if (!source || !target || !inside) {
    if (source && target)
      report.add(placeOf(bo), 'DANGLING_REFERENCE', { property: 'targetRef', id: String(target.id) })
    else if (!bo.sourceRef || !bo.targetRef)
      report.add(placeOf(bo), 'DANGLING_REFERENCE', { property: 'sourceRef', id: '' })
    return
  }
  const name = typeof bo.name === 'string' && bo.name !== '' ? bo.name : null
  collected.flows[String(bo.id)] = {
    id: String(bo.id),
    name,
    sourceId: String(source.id),
    targetId: String(target.id),
    condition,
  }
}

/** Incoming and outgoing as the flows say (the order of the file), boundaries at their activities. */
function connect({ nodes, flows }: Collected): void {
  const incoming = groupIds(Object.values(flows), (flow) => flow.targetId)
  const outgoing = groupIds(Object.values(flows), (flow) => flow.sourceId)
  const boundary = groupIds(Object.values(nodes), (node) =>
    node.type === 'bpmn:BoundaryEvent' ? node.own.attachedTo : null,
  )
  for (const node of Object.values(nodes)) {
    const { id } = node
    nodes[id] = {
      ...node,
      incoming: incoming.get(id) ?? [],
      outgoing: outgoing.get(id) ?? [],
      boundary: boundary.get(id) ?? [],
    }
  }
}

function groupIds<T extends { readonly id: string }>(
  all: readonly T[],
  by: (one: T) => string | null,
): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const one of all) {
    const key = by(one)
    if (key === null) continue
    const group = groups.get(key)
    if (group) group.push(one.id)
    else groups.set(key, [one.id])
  }
  return groups
}

/** Freezes plain data all the way down; expressions are frozen by their maker. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const part of Object.values(value)) deepFreeze(part)
  return Object.freeze(value)
}
