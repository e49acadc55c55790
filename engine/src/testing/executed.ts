import type { DefinitionBundle, EventTrigger, FlowNode, ProcessDefinition } from '../model/definition.ts'
import type { Fact, Key } from '../record/record.ts'

const WORDS: { readonly [type: string]: string } = {
  'bpmn:UserTask': 'user task',
  'bpmn:ManualTask': 'manual task',
  'bpmn:Task': 'undefined task',
  'bpmn:ServiceTask': 'service task',
  'bpmn:SendTask': 'send task',
  'bpmn:ReceiveTask': 'receive task',
  'bpmn:ScriptTask': 'script task',
  'bpmn:BusinessRuleTask': 'business rule task',
  'bpmn:CallActivity': 'call activity',
  'bpmn:SubProcess': 'sub-process',
  'bpmn:AdHocSubProcess': 'ad-hoc sub-process',
}

/**
 * The cells of the table of conformance that the facts of a case have executed, with how often: an element counts when
 * it has completed (what throws an error, when it was terminated), an event when it has happened, a marker or listener
 * when it has done its work.
 */
export function executedCells(bundle: DefinitionBundle, facts: readonly Fact[]): Map<string, number> {
  const cells = new Map<string, number>()
  const count = (...names: readonly string[]) => {
    for (const name of names) cells.set(name, (cells.get(name) ?? 0) + 1)
  }
  const begun = new Map<Key, { readonly process: ProcessDefinition; readonly type: string; readonly id: string }>()
  const listeners = new Map<Key, string>()
  const messages = new Map<Key, string>()
  const ownerOf = new Map<Key, Key>()
  const nodeAt = (key: Key, id?: string): FlowNode | undefined => {
    const element = begun.get(key)
    return element?.process.nodes[id ?? element.id]
  }
  for (const fact of facts) {
    switch (fact.kind) {
      case 'processInstance.created': {
        const { process } = bundle
        begun.set(fact.key, { process, type: 'bpmn:Process', id: process.id })
        const started = process.nodes[fact.value.startEventId ?? '']
        if (started?.type === 'bpmn:StartEvent' && started.own.trigger) count(...timerCells(started, process))
        break
      }
      case 'element.activated': {
        const { scopeKey, definitionKey, elementType: type, elementId: id } = fact.value
        const called = definitionKey === undefined ? undefined : bundle.others?.byKey(definitionKey)?.process
        const process = called ?? begun.get(scopeKey)?.process ?? bundle.process
        begun.set(fact.key, { process, type, id })
        break
      }
      case 'element.completed':
      case 'element.terminated': {
        const element = begun.get(fact.key)
        const node = nodeAt(fact.key)
        if (!element || !node) break
        const throwsError = node.type === 'bpmn:EndEvent' && ['error', 'escalation'].includes(node.own.throws.kind)
        if (fact.kind === 'element.completed' || throwsError) count(...cellsOf(node, element.type, element.process))
        break
      }
      case 'timer.created':
      case 'messageSubscription.created':
        ownerOf.set(fact.key, fact.value.elementInstanceKey)
        if (fact.kind === 'messageSubscription.created')
          messages.set(fact.key, fact.value.action ? 'case action' : 'message correlation by key')
        break
      case 'timer.triggered': {
        const owner = ownerOf.get(fact.key) ?? 0
        const node = nodeAt(owner, fact.value.elementId)
        const process = begun.get(owner)?.process
        if (node && process) count(...timerCells(node, process))
        break
      }
      case 'messageSubscription.correlated':
        count(messages.get(fact.key) ?? 'message correlation by key')
        break
      case 'compensationSubscription.triggered':
        if (fact.value.handlerKey !== null) count('compensation boundary')
        break
      case 'multiInstance.decided': {
        const { multiInstance } = nodeAt(fact.key) ?? {}
        count(`multi-instance ${multiInstance?.sequential ? 'sequential' : 'parallel'}, completion condition`)
        break
      }
      case 'adHocSubProcess.decided':
        if (fact.value.why !== null) count('ad-hoc sub-process, completion condition')
        break
      case 'job.created':
        if (fact.value.listener)
          listeners.set(fact.key, `${fact.value.listener.kind} listener ${fact.value.listener.event}`)
        break
      case 'job.completed': {
        const listener = listeners.get(fact.key)
        if (listener) count(listener)
        break
      }
      default:
    }
  }
  return cells
}

/** Where an event stands: `start`, `event sub-process interrupting`, `catch`, `boundary non-interrupting`, `throw`, `end`. */
function positionOf(node: FlowNode, process: ProcessDefinition): string | null {
  const how = (interrupting: boolean) => (interrupting ? 'interrupting' : 'non-interrupting')
  switch (node.type) {
    case 'bpmn:StartEvent': {
      const scope = process.nodes[node.scopeId]
      const byEvent = scope?.type === 'bpmn:SubProcess' && scope.own.byEvent
      return byEvent ? `event sub-process ${how(node.own.interrupting)}` : 'start'
    }
    case 'bpmn:BoundaryEvent':
      return `boundary ${how(node.own.interrupting)}`
    case 'bpmn:IntermediateCatchEvent':
      return 'catch'
    case 'bpmn:IntermediateThrowEvent':
      return 'throw'
    case 'bpmn:EndEvent':
      return 'end'
    default:
      return null
  }
}

function timerCells(node: FlowNode, process: ProcessDefinition): string[] {
  const trigger = 'trigger' in node.own ? (node.own.trigger as EventTrigger | null) : null
  if (trigger?.kind !== 'timer') return []
  const { kind, expression } = trigger.timer
  const isCron = kind === 'cycle' && !/^R\d*\//.test(expression.source)
  return [`timer ${isCron ? 'cron' : kind}, ${positionOf(node, process)}`]
}

function cellsOf(node: FlowNode, elementType: string, process: ProcessDefinition): string[] {
  if (elementType === 'adHocSubProcessInnerInstance') return []
  if (elementType === 'multiInstanceBody')
    return [`multi-instance ${node.multiInstance?.sequential ? 'sequential' : 'parallel'}, ${nameOf(node)}`]
  const mappings = [
    ...(node.inputs.length > 0 ? [`input mappings, ${positionOf(node, process) ?? 'activity'}`] : []),
    ...(node.outputs.length > 0 ? [`output mappings, ${positionOf(node, process) ?? 'activity'}`] : []),
    ...(node.isForCompensation ? [`compensation handler, ${nameOf(node)}`] : []),
  ]
  return [...mappings, ...ownCells(node, process)]
}

/** The name of an activity: `user task`, `script task, job worker`. */
function nameOf(node: FlowNode): string {
  const isJob = 'job' in node.own && node.own.job !== null
  const name = WORDS[node.type] ?? node.type
  return isJob && node.type !== 'bpmn:ServiceTask' && node.type !== 'bpmn:SendTask' ? `${name}, job worker` : name
}

function ownCells(node: FlowNode, process: ProcessDefinition): string[] {
  const [forks, meets] = [node.outgoing.length > 1, node.incoming.length > 1]
  switch (node.type) {
    case 'bpmn:StartEvent':
    case 'bpmn:BoundaryEvent':
    case 'bpmn:IntermediateCatchEvent':
      return [`${node.own.trigger?.kind ?? 'none'} ${positionOf(node, process)}`]
    case 'bpmn:IntermediateThrowEvent':
    case 'bpmn:EndEvent':
      return [`${node.own.throws.kind} ${positionOf(node, process)}`]
    case 'bpmn:ExclusiveGateway':
      return [...(forks ? ['exclusive gateway, split'] : []), ...(meets ? ['exclusive gateway, merge'] : [])]
    case 'bpmn:ParallelGateway':
      return [...(forks ? ['parallel gateway, fork'] : []), ...(meets ? ['parallel gateway, join'] : [])]
    case 'bpmn:InclusiveGateway':
      return [...(forks ? ['inclusive gateway, split'] : []), ...(meets ? ['inclusive gateway, join'] : [])]
    case 'bpmn:EventBasedGateway':
      return ['event-based gateway']
    case 'bpmn:CallActivity':
      return [
        'call activity',
        `call activity, binding ${node.own.binding.kind}`,
        ...(node.own.processId.kind === 'static' ? [] : ['call activity, id by expression']),
      ]
    case 'bpmn:SubProcess':
      return node.own.byEvent ? [] : ['sub-process']
    default:
      return [nameOf(node)]
  }
}
