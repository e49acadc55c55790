import type { FlowNode } from '../model/definition.ts'
import { reachOf } from '../model/reachability.ts'
import type { Key } from '../record/record.ts'
import type { ElementInstance } from '../state/state.ts'
import { activateElement } from './enter.ts'
import { causesOf, joinsInclusively } from './join.ts'
import { elementOf, nodeBeside, processOf, type Run } from './run.ts'

/**
 * Activates the first inclusive join that no further token can reach; gives whether there was one (BPMN 2.0 §13.4.3,
 * SPEC IG3). Only scopes in which something has ended or arrived in this step are looked at: the others stand as they
 * stood when the last step had nothing left to do. Nothing is queued when it is called, so the tokens of a scope are
 * its element instances and its arrivals at joins.
 */
export function activateInclusiveJoin(run: Run): boolean {
  // A case that was cancelled keeps the tokens it ended with.
  if (run.state.instance?.status !== 'active') return false
  for (const scopeKey of run.moved) {
    const scope = run.state.elements.get(scopeKey)
    // Nothing begins in what is ending (SPEC TL11).
    const join = scope && !scope.ending && joinToActivate(run, scope)
    if (join) {
      activate(run, join, scopeKey)
      return true
    }
    run.moved.delete(scopeKey)
  }
  return false
}

function activate(run: Run, join: FlowNode, scopeKey: Key): void {
  const causes = causesOf(run.state, join, scopeKey)
  activateElement(run, { nodeId: join.id, scopeKey, causes, loopCounter: null })
}

/**
 * The first join, in the order of arrival, that waits for nothing more. When nothing but tokens at joins is left in the
 * scope, joins that only wait for each other would wait for ever: then the first of them goes on (SPEC IG9).
 */
function joinToActivate(run: Run, scope: ElementInstance): FlowNode | null {
  const waiting = nodesOf(
    run,
    scope,
    scope.joins.map((arrival) => arrival.elementId),
  ).filter(joinsInclusively)
  if (waiting.length === 0) return null
  const active = nodesOf(
    run,
    scope,
    [...scope.children].map((key) => elementOf(run, key).elementId),
  )
  const ready = waiting.find((join) => isReady(run, scope, join, active))
  return ready ?? (active.length === 0 ? (waiting[0] ?? null) : null)
}

/** Every token that can come over an empty flow can also come over one where a token stands already (Table 13.3). */
function isReady(run: Run, scope: ElementInstance, join: FlowNode, active: readonly FlowNode[]): boolean {
  const arrived = scope.joins.filter((one) => one.elementId === join.id).map((one) => one.flowId)
  const empty = join.incoming.filter((flowId) => !arrived.includes(flowId))
  if (empty.length === 0) return true
  const elsewhere = scope.joins.filter((one) => one.elementId !== join.id).map((one) => one.elementId)
  const reach = reachOf(processOf(run, scope), join)
  const may = (flowIds: readonly string[], token: FlowNode) => flowIds.some((flowId) => reach.has(flowId, token))
  const tokens = [...active, ...nodesOf(run, scope, elsewhere)]
  return tokens.every((token) => !may(empty, token) || may(arrived, token))
}

/** Nodes of a scope by id, each once. */
function nodesOf(run: Run, scope: ElementInstance, ids: readonly string[]): readonly FlowNode[] {
  return [...new Set(ids)].map((id) => nodeBeside(run, scope, id))
}
