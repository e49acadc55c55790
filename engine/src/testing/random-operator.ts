import type { DefinitionBundle } from '../model/definition.ts'
import type { ElementSelection, Key, Modification, MoveAncestor, VariableInstruction } from '../record/record.ts'
import type { State } from '../state/state.ts'
import { bundleFor, type Move } from './random-moves.ts'

/** The key of the second version of a process; that of the first is the bundle's. */
export const SECOND: Key = 2 ** 20 + 8

/** What an operator does to a case, by a draw: he suspends it, lets it go on, or changes where it stands. */
export function operatorMove(bundle: DefinitionBundle, state: State, draw: number): Move {
  const how = draw >> 4
  const reason = 'asked'
  if (state.instance?.status === 'suspended' && how % 2 === 0)
    return { kind: 'processInstance.resume', value: { reason } }
  if (how % 5 === 0) return { kind: 'processInstance.suspend', value: { reason } }
  if (how % 5 === 1) return { kind: 'processInstance.migrate', value: { reason, ...migration(bundle, state, how) } }
  return { kind: 'processInstance.modify', value: { reason, ...modification(bundle, state, how) } }
}

/**
 * The other of the two versions, which are alike. All is mapped, or events are left out: what waits for them is closed
 * and opened again.
 */
function migration({ key, process }: DefinitionBundle, { instance }: State, how: number) {
  const isSecond = instance?.definitionKey !== key
  const targetDefinitionKey = isSecond ? key : SECOND
  const events = Object.values(process.nodes).filter(({ own }) => 'trigger' in own && own.trigger !== null)
  const left = how % 3 === 0 ? new Set(events.filter((_, i) => (how >> (i % 8)) % 2 === 0).map(({ id }) => id)) : null
  const ids = [...Object.keys(process.nodes), ...Object.keys(process.flows)].filter((id) => !left?.has(id))
  return { targetDefinitionKey, mappings: ids.map((id) => ({ sourceElementId: id, targetElementId: id })) }
}

/** Instructions that fit more often than not, over all that is drawn and all that runs. */
function modification(bundle: DefinitionBundle, state: State, how: number): Modification {
  const running = [...state.elements.values()]
  const pick = <T>(all: readonly T[], by: number): T => all[by % all.length] as T
  const at = pick(running, how >> 3)
  const ids = Object.keys(bundleFor(bundle, at).process.nodes)
  const elementId = pick(ids, how)
  const source: ElementSelection =
    how % 2 === 0 ? { elementInstanceKey: at.key } : { elementId: pick(running, how >> 5).elementId }
  const scopeId = how % 7 === 0 ? elementId : null
  const variables: readonly VariableInstruction[] = how % 3 === 0 ? [{ scopeId, variables: { n: how % 4 } }] : []
  const isCalled = at.definitionKey !== null
  const named: { ancestorKey?: Key } = isCalled || how % 6 === 0 ? { ancestorKey: pick(running, how >> 3).key } : {}
  const ancestors: readonly MoveAncestor[] = [
    { kind: 'inferred' },
    { kind: 'sourceParent' },
    { kind: 'direct', key: at.scopeKey ?? at.key },
  ]
  const ancestor = how % 4 === 0 ? {} : { ancestor: pick(ancestors, how >> 2) }
  return {
    activate: how % 3 === 1 || how % 11 === 0 ? [{ elementId, ...named, variables }] : [],
    move: how % 3 === 0 ? [{ source, targetElementId: pick(ids, how >> 4), ...ancestor, variables }] : [],
    terminate: how % 3 === 2 || how % 13 === 0 ? [source] : [],
  }
}
