import { MAX_ASKED } from '../../element/ad-hoc-sub-process.ts'
import type { FlowNode, ProcessDefinition } from '../../model/definition.ts'
import { Rejection } from '../../problem/problem.ts'
import type { Command, ElementSelection, Key, MoveInstruction, VariableInstruction } from '../../record/record.ts'
import { restoreState, stateText } from '../../state/snapshot.ts'
import { type ElementInstance, hasEnded } from '../../state/state.ts'
import { isActivation } from '../activation.ts'
import { thenEnter } from '../agenda.ts'
import { beginElement } from '../begin.ts'
import { endSelected } from '../modification-end.ts'
import { commonScope, refusal, scopeFor, type Target } from '../modification-scope.ts'
import { newRun } from '../new-run.ts'
import { elementOf, isProcess, newKey, processOf, type Run, write } from '../run.ts'
import { scopeOf, setLocal } from '../scope.ts'
import { notFound } from './find.ts'

type Modify = Command<'processInstance.modify'>

/** Whether a command asks for no change at all: it is taken, as Camunda 8 does, and nothing is recorded of it (SPEC OP5). */
export const asksNothing = ({ kind, value }: Pick<Command, 'kind' | 'value'>): boolean =>
  kind === 'processInstance.modify' && isEmpty(value as Modify['value'])

const isEmpty = ({ activate, move, terminate }: Modify['value']): boolean =>
  activate.length + move.length + terminate.length === 0

/**
 * Changes where a case stands, as its operator asks: first all activations, then all terminations, all or nothing
 * (Camunda 8: "Process instance modification"; SPEC OP5). Throws `MODIFICATION_REFUSED` naming the element, or the fault
 * of an event that cannot be armed.
 */
export function modifyProcessInstance(run: Run, command: Modify): void {
  const { bundle, state, at } = run
  const { instance, elements } = state
  if (!instance || hasEnded(instance)) throw notFound(run)
  const process = elements.get(command.key ?? instance.key)
  if (!process || !isProcess(process)) throw notFound(run)
  if (asksNothing(command)) return
  // One instruction can meet what another has made: it is tried on a copy, so that nothing is written when one fails.
  perform(newRun(bundle, restoreState(JSON.parse(stateText(state))), at), process.key, command.value)
  perform(run, process.key, command.value)
}

function perform(run: Run, around: Key, { reason, activate, move, terminate }: Modify['value']): void {
  const moved = move.flatMap((one) => selected(run, around, one.source).map((source) => ({ ...one, source })))
  const ended = [
    ...moved.map(({ source }) => source.key),
    ...terminate.flatMap((one) => selected(run, around, one).map(({ key }) => key)),
  ]
  if (activate.length + moved.length > MAX_ASKED)
    throw new Rejection('BODY_INVALID', { field: 'activateInstructions', why: 'itemsAtMost', limit: MAX_ASKED })
  const cause = newKey(run)
  write(run, 'processInstance.modified', cause, { reason, activate, move, terminate })
  const begun = [
    ...activate.map((one) => begin(run, targetOf(run, around, { ...one, causes: [cause] }))),
    ...moved.map((one) => begin(run, movedTo(run, one, cause))),
  ]
  const ending = new Set(ended)
  for (const key of begun) judgeKept(run, key, ending)
  endSelected(run, ending, reason)
}

/** The element instances that are meant. One by its id is each that stands for itself, not an item of a multi-instance. */
function selected(run: Run, processKey: Key, selection: ElementSelection): readonly ElementInstance[] {
  const { elements } = run.state
  if ('elementInstanceKey' in selection) {
    const found = elements.get(selection.elementInstanceKey)
    if (!found) throw refusal('noInstance', String(selection.elementInstanceKey))
    if (isProcess(found)) throw refusal('process', found.elementId, found.key)
    return [found]
  }
  const { elementId } = selection
  const stands = (one: ElementInstance) => !isProcess(one) && one.loopCounter === null && !isActivation(one)
  const found = [...elements.values()].filter(
    (one) => one.elementId === elementId && stands(one) && processAround(run, one).key === processKey,
  )
  if (found.length === 0) throw refusal('noInstance', elementId)
  return found
}

function processAround(run: Run, element: ElementInstance): ElementInstance {
  let around = element
  while (!isProcess(around)) around = scopeOf(run.state, around) ?? elementOf(run, run.state.instance?.key ?? 0)
  return around
}

/** The element an instruction names, in the process of the ancestor it names, else in that of the command. */
function targetOf(
  run: Run,
  processKey: Key,
  given: {
    readonly elementId: string
    readonly ancestorKey?: Key
    readonly variables: readonly VariableInstruction[]
    readonly causes: readonly Key[]
  },
): Target {
  const { elementId, ancestorKey = null, variables, causes } = given
  const ancestor = ancestorKey === null ? undefined : run.state.elements.get(ancestorKey)
  if (ancestorKey !== null && !ancestor) throw refusal('noAncestor', elementId, ancestorKey)
  const around = ancestor ? processAround(run, ancestor) : elementOf(run, processKey)
  const node = nodeNamed(processOf(run, around), elementId)
  return { node, processKey: around.key, ancestorKey, variables, causes }
}

function movedTo(run: Run, move: Omit<MoveInstruction, 'source'> & { source: ElementInstance }, cause: Key): Target {
  const { source, targetElementId: elementId, ancestor, variables } = move
  const process = processAround(run, source)
  const node = nodeNamed(processOf(run, process), elementId)
  const ancestorKey =
    ancestor === undefined
      ? null
      : ancestor.kind === 'direct'
        ? ancestor.key
        : ancestor.kind === 'sourceParent'
          ? source.scopeKey
          : commonScope(run, source, node)
  // What is moved goes on from where it was: returning to an earlier step finds the way back through it.
  const causes = [cause, source.key]
  return targetOf(run, process.key, { elementId, variables, causes, ...(ancestorKey === null ? {} : { ancestorKey }) })
}

/** Throws `MODIFICATION_REFUSED` for an element that is not there or cannot begin by itself (Camunda 8: "Limitations"). */
function nodeNamed({ nodes, flows }: ProcessDefinition, elementId: string): FlowNode {
  const node = nodes[elementId]
  if (!node) throw refusal('unknown', elementId)
  const comesFrom = (flowId: string) => nodes[flows[flowId]?.sourceId ?? '']?.type
  const isEvent = node.type === 'bpmn:StartEvent' || node.type === 'bpmn:BoundaryEvent'
  if (isEvent || node.isForCompensation || node.incoming.some((id) => comesFrom(id) === 'bpmn:EventBasedGateway'))
    throw refusal('notAlone', elementId)
  return node
}

/** Begins an element with the variables it is given. It does its work after all instructions. */
function begin(run: Run, target: Target): Key {
  const { node, causes, variables: all } = target
  const scopeKey = scopeFor(run, target)
  const key = beginElement(run, { nodeId: node.id, scopeKey, causes, loopCounter: null })
  for (const { scopeId, variables } of all) if (scopeId === node.id) setLocal(run, key, variables)
  thenEnter(run, key)
  return key
}

/** Throws `MODIFICATION_REFUSED` when something is activated in what is terminated. */
function judgeKept(run: Run, key: Key, ending: ReadonlySet<Key>): void {
  const { elementId } = elementOf(run, key)
  for (let around = scopeOf(run.state, elementOf(run, key)); around; around = scopeOf(run.state, around))
    if (ending.has(around.key)) throw refusal('scopeTerminated', elementId, around.key)
}
