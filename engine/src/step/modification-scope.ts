import { beginAdHoc } from '../element/ad-hoc-sub-process.ts'
import { Fault } from '../element/fault.ts'
import type { FlowNode, ProcessDefinition } from '../model/definition.ts'
import { boundaryEvents, scopeEvents } from '../model/drawn-event.ts'
import type { ModificationFault } from '../problem/facts.ts'
import { Rejection } from '../problem/problem.ts'
import type { Key, VariableInstruction } from '../record/record.ts'
import type { ElementInstance } from '../state/state.ts'
import { isActivation } from './activation.ts'
import { beginActivation } from './ad-hoc.ts'
import { beginElement } from './begin.ts'
import { Draft } from './draft.ts'
import { elementOf, isProcess, processOf, type Run } from './run.ts'
import { scopeOf, setLocal } from './scope.ts'

/** An element to activate, and where. */
export interface Target {
  readonly node: FlowNode
  /** The process it is drawn in: the case, or one that was called. */
  readonly processKey: Key
  readonly ancestorKey: Key | null
  readonly variables: readonly VariableInstruction[]
  readonly causes: readonly Key[]
}

/** An element instance that lies around another in this order: the body of a multi-instance, its item, an activation. */
interface Level {
  readonly scopeId: string
  readonly is: 'body' | 'scope' | 'activation'
}

/** Why a modification cannot be made, by the element it names. */
export function refusal(modification: ModificationFault, element: string, instanceKey?: Key): Rejection {
  const instance = instanceKey === undefined ? null : String(instanceKey)
  return new Rejection('MODIFICATION_REFUSED', { element, modification, instance })
}

/** What lies around an element, outermost first, without the process. */
function levelsOf({ id, nodes, scopes }: ProcessDefinition, { scopeId }: FlowNode): readonly Level[] {
  const levels: Level[] = []
  for (
    let around: string | null = scopeId;
    around !== null && around !== id;
    around = scopes[around]?.parentId ?? null
  ) {
    const scope = nodes[around]
    if (scope?.type === 'bpmn:AdHocSubProcess') levels.push({ scopeId: around, is: 'activation' })
    levels.push({ scopeId: around, is: 'scope' })
    if (scope?.multiInstance) levels.push({ scopeId: around, is: 'body' })
  }
  return levels.reverse()
}

function isAt({ scopeId, is }: Level, element: ElementInstance): boolean {
  if (element.elementId !== scopeId || isProcess(element)) return false
  return is === (isActivation(element) ? 'activation' : element.elementType === 'multiInstanceBody' ? 'body' : 'scope')
}

/** The nearest scope around an element instance that another element of its process lies in, too. */
export function commonScope(run: Run, source: ElementInstance, node: FlowNode): Key {
  const levels = levelsOf(processOf(run, source), node)
  let around = scopeOf(run.state, source) ?? source
  while (!isProcess(around) && !levels.some((level) => isAt(level, around)))
    around = scopeOf(run.state, around) ?? source
  return around.key
}

/**
 * The scope instance to activate an element in. Those that run are used, from the process inwards; what is missing is
 * made, without its start event and mappings but with its events. Below an ancestor that was named all is made anew
 * (Camunda 8: "Activate a nested element"; SPEC OP7). Throws `MODIFICATION_REFUSED`.
 */
export function scopeFor(run: Run, target: Target): Key {
  const { node, processKey, ancestorKey } = target
  const process = processOf(run, elementOf(run, processKey))
  const levels = levelsOf(process, node)
  const scopeIds = [null, process.id, node.id, ...levels.map(({ scopeId }) => scopeId)]
  if (target.variables.some(({ scopeId }) => !scopeIds.includes(scopeId))) throw refusal('variableScope', node.id)
  const named = ancestorKey === null ? null : namedPath(run, target, levels, ancestorKey)
  setVariables(run, target, null, processKey)
  let key = processKey
  for (const level of levels) {
    const there = chosen(run, target, level, key, named)
    if (there !== null && level.is === 'scope') setVariables(run, target, level.scopeId, there)
    key = there ?? openScope(run, target, level, key)
  }
  for (let around: ElementInstance | undefined = elementOf(run, key); around; around = scopeOf(run.state, around))
    if (!isGoingOn(run, around)) throw refusal('notActive', node.id, around.key)
  return key
}

/** The named ancestor and what lies around it. */
function namedPath(run: Run, { node }: Target, levels: readonly Level[], ancestorKey: Key): ReadonlySet<Key> {
  const ancestor = elementOf(run, ancestorKey)
  if (!isProcess(ancestor) && !levels.some((level) => isAt(level, ancestor)))
    throw refusal('notAncestor', node.id, ancestorKey)
  const path = new Set<Key>()
  for (let around: ElementInstance | undefined = ancestor; around; around = scopeOf(run.state, around))
    path.add(around.key)
  return path
}

/** The instance at a level that is used; null when one is to be made. */
function chosen(run: Run, { node }: Target, level: Level, key: Key, named: ReadonlySet<Key> | null): Key | null {
  const found = [...elementOf(run, key).children].filter((child) => isAt(level, elementOf(run, child)))
  if (named) return found.find((one) => named.has(one)) ?? null
  // Every activation of an ad-hoc sub-process and every item of a multi-instance is one of its own.
  if (level.is === 'activation' || elementOf(run, key).elementType === 'multiInstanceBody') return null
  if (found.length > 1) throw refusal('ambiguous', node.id)
  return found[0] ?? null
}

function openScope(run: Run, target: Target, { scopeId, is }: Level, scopeKey: Key): Key {
  if (is === 'activation') return beginActivation(run, scopeKey, {})
  const process = processOf(run, elementOf(run, scopeKey))
  const node = process.nodes[scopeId]
  // Items come from the collection alone.
  if (!node || node.multiInstance) throw refusal('multiInstance', target.node.id)
  const key = beginElement(run, { nodeId: scopeId, scopeKey, causes: target.causes, loopCounter: null })
  const draft = new Draft(run, key)
  setVariables(run, target, scopeId, key)
  try {
    draft.arm(boundaryEvents(process, node))
    if (node.type === 'bpmn:AdHocSubProcess') beginAdHoc(node, draft)
    else draft.arm(scopeEvents(process, scopeId))
  } catch (error) {
    throw error instanceof Fault
      ? new Rejection(error.code, { ...error.facts, elementName: node.name ?? node.id })
      : error
  }
  draft.perform()
  return key
}

/** Sets what is asked for a scope as its own: that of a process is asked for without a scope or by the id of the process. */
function setVariables(run: Run, { variables: all }: Target, scopeId: string | null, key: Key): void {
  const { elementId } = elementOf(run, key)
  for (const { scopeId: asked, variables } of all)
    if (asked === scopeId || (scopeId === null && asked === elementId)) setLocal(run, key, variables)
}

/** Whether something may begin in an element instance: it has begun itself, and does not end. */
function isGoingOn(
  { state }: Run,
  { key, ending, adHoc, job, incidents, multi, elementType }: ElementInstance,
): boolean {
  if (ending || adHoc?.decided) return false
  if (state.jobs.get(job ?? 0)?.listener?.kind === 'execution') return false
  if (elementType === 'multiInstanceBody' && !multi) return false
  const isEntered = adHoc !== null || incidents.every((one) => state.incidents.get(one)?.retry !== 'activate')
  return isEntered && !state.instance?.held?.some((one) => one.go === 'enter' && one.key === key)
}
