import type { ModdleElement } from '@bihuan/engine'
import type { Facts, Thing } from './details.ts'

const list = (value: unknown): readonly ModdleElement[] => (Array.isArray(value) ? (value as ModdleElement[]) : [])
const text = (value: unknown): string | null => {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim()
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

/** A FEEL text without the sign that says it is one. */
const feel = (value: unknown): string | null => text(value)?.replace(/^=\s*/, '') ?? null
const joined = (parts: readonly (string | null)[], by = ', '): string | null =>
  parts.filter((part) => part !== null).join(by) || null

/**
 * Elements of a model that people would name when they say what changed: flow nodes, flows, lanes, participants,
 * processes, with what matters of each.
 */
export function thingsOf(definitions: ModdleElement): Thing[] {
  const things: Thing[] = []
  for (const root of list(definitions.rootElements)) {
    if (root.$type === 'bpmn:Process') {
      things.push(thing(root))
      things.push(...laneThings(root), ...scopeThings(root))
    }
    if (root.$type === 'bpmn:Collaboration')
      for (const one of [...list(root.participants), ...list(root.messageFlows)]) things.push(thing(one))
  }
  return things
}

function scopeThings(scope: ModdleElement): Thing[] {
  return [
    ...list(scope.flowElements).flatMap((element) => [thing(element), ...scopeThings(element)]),
    ...list(scope.artifacts).map(thing),
  ]
}

function laneThings(scope: ModdleElement): Thing[] {
  return list(scope.laneSets).flatMap((set) =>
    list(set.lanes).flatMap((lane) => [thing(lane), ...laneThings({ laneSets: [lane.childLaneSet] } as never)]),
  )
}

function thing(element: ModdleElement): Thing {
  const id = text(element.id) ?? ''
  return { id, name: nameOf(element), type: element.$type, facts: factsOf(element) }
}

/** Between the ids of a flow's two ends. */
const ENDS = ' → '

/** The facts that name other elements by their ids, in the names those have. */
export function withNames(what: string, value: string | null, names: ReadonlyMap<string, string>): string | null {
  if (value === null || (what !== 'ends' && what !== 'otherwise')) return value
  return value
    .split(ENDS)
    .map((id) => names.get(id) ?? id)
    .join(ENDS)
}

/** The name of an element; a flow is named by where it leads. */
function nameOf(element: ModdleElement): string {
  const own = text(element.name) ?? text(element.text)
  if (own) return own
  const [from, to] = [element.sourceRef, element.targetRef].map((end) => text(end?.name) ?? text(end?.id))
  return from && to ? `${from} → ${to}` : (text(element.id) ?? '')
}

function factsOf(element: ModdleElement): Facts {
  const extensions = list(element.extensionElements?.values)
  const one = (type: string) => extensions.find(({ $type }) => $type === type)
  const mapping = one('zeebe:IoMapping')
  const assignment = one('zeebe:AssignmentDefinition')
  const action = one('bihuan:CaseAction')
  const ofCase = one('bihuan:Case')
  const called = one('zeebe:CalledDecision')
  return {
    name: text(element.name) ?? text(element.text),
    kind: element.$type,
    who: joined([
      text(one('bihuan:Starters')?.candidateGroups),
      text(assignment?.candidateGroups),
      feel(assignment?.assignee),
      feel(assignment?.candidateUsers),
    ]),
    form: text(one('zeebe:FormDefinition')?.formId) ?? text(action?.formId),
    due: joined([feel(one('zeebe:TaskSchedule')?.dueDate), feel(ofCase?.dueDate)]),
    condition: feel(element.conditionExpression?.body),
    otherwise: text(element.default?.id),
    wait: joined(list(element.eventDefinitions).map(eventText)),
    many: manyText(element.loopCharacteristics),
    stage: text(one('bihuan:Stage')?.name),
    action: joined([text(action?.label), text(action?.candidateGroups)]),
    job: joined([
      feel(one('zeebe:TaskDefinition')?.type),
      ...list(one('zeebe:TaskHeaders')?.values).map(({ key, value }) => `${key}: ${value}`),
      feel(one('zeebe:Script')?.expression),
    ]),
    decision: text(called?.decisionId),
    call: text(one('zeebe:CalledElement')?.processId),
    inputs: mappingText(mapping?.inputParameters),
    outputs: joined([text(called?.resultVariable), mappingText(mapping?.outputParameters)], '\n'),
    ends: joined([text(element.sourceRef?.id), text(element.targetRef?.id)], ENDS),
    caseTitle: joined([feel(ofCase?.title), text(ofCase?.numberPrefix)]),
    documentation: joined(list(element.documentation).map((note) => text(note.text))),
  }
}

const mappingText = (parameters: unknown): string | null =>
  joined(
    list(parameters).map(({ source, target }) => `${target} = ${feel(source) ?? ''}`),
    '\n',
  )

function eventText(event: ModdleElement): string | null {
  const time = [event.timeDate, event.timeDuration, event.timeCycle].map((value) => feel(value?.body))
  return joined([
    ...time,
    joined([text(event.messageRef?.name), feel(correlationOf(event.messageRef))], ': '),
    joined([text(event.errorRef?.name), text(event.errorRef?.errorCode)], ': '),
    text(event.signalRef?.name),
    text(event.escalationRef?.name),
    event.$type === 'bpmn:TerminateEventDefinition' ? 'terminate' : null,
  ])
}

const correlationOf = (message: ModdleElement | undefined): unknown =>
  list(message?.extensionElements?.values).find(({ $type }) => $type === 'zeebe:Subscription')?.correlationKey

function manyText(loop: ModdleElement | undefined): string | null {
  if (!loop) return null
  const zeebe = list(loop.extensionElements?.values).find(({ $type }) => $type === 'zeebe:LoopCharacteristics')
  return joined([
    loop.isSequential === true ? 'sequential' : 'parallel',
    feel(zeebe?.inputCollection),
    text(zeebe?.inputElement),
    text(zeebe?.outputCollection),
    feel(zeebe?.outputElement),
    feel(loop.completionCondition?.body),
  ])
}
