import type { ModdleElement } from 'bpmn-moddle'
import { behaviourOf } from '../element/all.ts'
import type { FlowNode, ProcessDefinition, Scope, SequenceFlow, Stage, StartEvent } from '../model/definition.ts'
import { judgeAttributes, judgeExtensions, judgeProperties, PROCESS_PROPERTIES } from './judge-parts.ts'
import { readBase, readExecutionListeners } from './read-node.ts'
import { extensionsOf, readerOf } from './reader.ts'
import { placeOf, type Report } from './report.ts'

/** Elements of a scope that only document. Lanes and artifacts lie apart and are not flow elements. */
const DOCUMENTATION = new Set(['bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference'])
const SCOPES = new Set(['bpmn:SubProcess', 'bpmn:AdHocSubProcess'])

const PROCESS_EXTENSIONS = [
  'bihuan:Case',
  'zeebe:VersionTag',
  'zeebe:UserTaskForm',
  'zeebe:ExecutionListeners',
  'zeebe:JobPriorityDefinition',
]

interface Collected {
  readonly nodes: { [id: string]: FlowNode }
  readonly flows: { [id: string]: SequenceFlow }
  readonly scopes: { [id: string]: Scope }
  readonly stages: Stage[]
  /** Activity id → the activity that undoes it. */
  readonly handlers: Map<string, string>
  /** How many were read so far: positions in the file. */
  readonly count: { nodes: number; flows: number }
}

/** Reads one executable process. Problems go to the report; parts that cannot be read are left out. */
export function readProcess(bo: ModdleElement, report: Report): ProcessDefinition {
  const id = String(bo.id)
  const collected: Collected = {
    nodes: byId(),
    flows: byId(),
    scopes: byId(),
    stages: [],
    handlers: new Map(),
    count: { nodes: 0, flows: 0 },
  }
  hasId(bo, report)
  judgeAttributes(bo, report)
  judgeProperties(bo, PROCESS_PROPERTIES, report)
  judgeExtensions(bo, PROCESS_EXTENSIONS, report)
  readScope(bo, null, collected, report)
  connect(collected)
  const { nodes, flows, scopes, stages } = collected
  const reader = readerOf(bo, report)
  const aboutCase = reader.extension(bo, 'bihuan:Case')
  const versionTag: unknown = reader.extension(bo, 'zeebe:VersionTag')?.value
  const start = noneStartOf(bo)
  const starters = start && extensionsOf(start).find((one) => one.$type === 'bihuan:Starters')
  const prefix: unknown = aboutCase?.numberPrefix
  return deepFreeze({
    id,
    name: typeof bo.name === 'string' && bo.name !== '' ? bo.name : id,
    versionTag: typeof versionTag === 'string' ? versionTag : null,
    strict: aboutCase?.strict === true,
    listeners: readExecutionListeners(bo, reader),
    startEvents: startEventsOf(bo, nodes),
    nodes,
    flows,
    scopes,
    stages,
    title: reader.expression(aboutCase?.title),
    dueDate: reader.expression(aboutCase?.dueDate),
    numberPrefix: typeof prefix === 'string' && prefix !== '' ? prefix : null,
    starters: starters ? readerOf(start, report).candidates(starters.candidateGroups) : null,
    startForm: start ? readerOf(start, report).form(start) : null,
  })
}

/** Whether an element has an id, by which facts name it; BPMN asks none, so the lack is reported. */
function hasId(bo: ModdleElement, report: Report): boolean {
  const isThere = typeof bo.id === 'string' && bo.id !== ''
  if (!isThere) report.add(placeOf(bo), 'MODEL_WARNING', { message: `${bo.$type} without id` })
  return isThere
}

/** A table by ids of the drawing without inherited names: `constructor` and `__proto__` are ids like others. */
function byId<T>(): { [id: string]: T } {
  return Object.create(null) as { [id: string]: T }
}

function elementsOf(bo: ModdleElement): readonly ModdleElement[] {
  return (bo.flowElements ?? []) as ModdleElement[]
}

const isTriggered = (start: ModdleElement): boolean => ((start.eventDefinitions ?? []) as unknown[]).length > 0

function startsOf(bo: ModdleElement): readonly ModdleElement[] {
  return elementsOf(bo).filter((one) => one.$type === 'bpmn:StartEvent')
}

/** The none start event of a process or sub-process. */
function noneStartOf(bo: ModdleElement): ModdleElement | null {
  return startsOf(bo).find((one) => !isTriggered(one)) ?? null
}

/** What starts a process: the none start event first, then those that wait for something. */
function startEventsOf(bo: ModdleElement, nodes: Collected['nodes']): StartEvent[] {
  const all = startsOf(bo).flatMap((start): StartEvent[] => {
    const node = nodes[String(start.id)]
    return node?.type === 'bpmn:StartEvent' ? [{ elementId: node.id, trigger: node.own.trigger }] : []
  })
  return all.sort((a, b) => Number(a.trigger !== null) - Number(b.trigger !== null))
}

function readScope(bo: ModdleElement, parentId: string | null, collected: Collected, report: Report): void {
  const id = String(bo.id)
  const eventSubProcesses: string[] = []
  checkStart(bo, report)
  for (const element of elementsOf(bo)) {
    const { $type: type } = element
    if (DOCUMENTATION.has(type) || !hasId(element, report)) continue
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
    const base = readBase(element, id, collected.count.nodes++, report)
    const own = behaviour.read(element, readerOf(element, report))
    if (base.stage !== null) collected.stages.push({ elementId: base.id, name: base.stage })
    if (own !== null) collected.nodes[base.id] = { ...base, type, own } as FlowNode
    if (SCOPES.has(type)) {
      if (element.triggeredByEvent === true) eventSubProcesses.push(base.id)
      readScope(element, id, collected, report)
    }
  }
  readAssociations(bo, collected, report)
  const start = bo.triggeredByEvent === true ? startsOf(bo)[0] : noneStartOf(bo)
  collected.scopes[id] = { id, parentId, startEventId: start ? String(start.id) : null, eventSubProcesses }
}

/**
 * Start events of a scope: at most one without a trigger and any number with one in a process, one without in a
 * sub-process, one with in an event sub-process, none in an ad-hoc sub-process.
 */
function checkStart(bo: ModdleElement, report: Report): void {
  const starts = startsOf(bo)
  const [start] = starts
  const refuse = (one: ModdleElement, type: string) => report.add(placeOf(one), 'EVENT_NOT_EXECUTED', { type })
  if (bo.$type === 'bpmn:AdHocSubProcess') {
    for (const one of starts) refuse(one, 'bpmn:StartEvent in an ad-hoc sub-process')
    return
  }
  if (!start) report.add(placeOf(bo), 'START_EVENT_MISSING')
  const isProcess = bo.$type === 'bpmn:Process'
  const extra = isProcess ? starts.filter((one) => !isTriggered(one)).slice(1) : starts.slice(1)
  for (const one of extra) refuse(one, 'a second bpmn:StartEvent')
  for (const one of starts) {
    for (const { $type } of extensionsOf(one))
      if ((!isProcess || isTriggered(one)) && ($type === 'bihuan:Starters' || $type === 'zeebe:FormDefinition'))
        report.add(placeOf(one), 'ELEMENT_NOT_EXECUTED', { type: `${$type} at this start event` })
    if (bo.triggeredByEvent === true && !isTriggered(one))
      refuse(one, 'bpmn:StartEvent without trigger in an event sub-process')
    if (!isProcess && bo.triggeredByEvent !== true && isTriggered(one))
      refuse(one, String((one.eventDefinitions as ModdleElement[])[0]?.$type))
  }
}

/** Associations lead from a compensation boundary event to the activity that undoes; others document. */
function readAssociations(bo: ModdleElement, { handlers }: Collected, report: Report): void {
  for (const artifact of (bo.artifacts ?? []) as ModdleElement[]) {
    if (artifact.$type !== 'bpmn:Association') continue
    const ends = [artifact.sourceRef, artifact.targetRef] as (ModdleElement | undefined)[]
    const boundary = ends.find((end) => end?.$type === 'bpmn:BoundaryEvent')
    const handler = ends.find((end) => end?.isForCompensation === true)
    const attachedTo: unknown = boundary?.attachedToRef?.id
    if (!boundary || !handler || typeof attachedTo !== 'string') continue
    if (handlers.has(attachedTo)) report.add(placeOf(boundary), 'COMPENSATION_HANDLER', { count: 2 })
    handlers.set(attachedTo, String(handler.id))
  }
}

const CHOOSES = new Set(['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway'])

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
  if (condition && source && !CHOOSES.has(source.$type))
    report.add(placeOf(bo), 'ELEMENT_NOT_EXECUTED', { type: `conditional bpmn:SequenceFlow from ${source.$type}` })
  const inside = source?.$parent === bo.$parent && target?.$parent === bo.$parent
  if (!source || !target || !inside) {
    if (source && target)
      report.add(placeOf(bo), 'DANGLING_REFERENCE', { property: 'targetRef', id: String(target.id) })
    // A reference to nothing was told by the parser; one that is not written was not.
    else if (!report.problems.some(({ code, elementId }) => code === 'DANGLING_REFERENCE' && elementId === bo.id))
      report.add(placeOf(bo), 'DANGLING_REFERENCE', { property: source ? 'targetRef' : 'sourceRef', id: '' })
    return
  }
  const name = typeof bo.name === 'string' && bo.name !== '' ? bo.name : null
  collected.flows[String(bo.id)] = {
    id: String(bo.id),
    index: collected.count.flows++,
    name,
    sourceId: String(source.id),
    targetId: String(target.id),
    condition,
  }
}

/** Incoming and outgoing as the flows say (the order of the file), boundaries at their activities. */
function connect({ nodes, flows, handlers }: Collected): void {
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
      compensationHandler: handlers.get(id) ?? null,
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
