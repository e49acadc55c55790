import type { DefinitionBundle } from '../model/definition.ts'
import type { State } from '../state/state.ts'
import { Agenda } from './agenda.ts'
import { randomOf } from './random.ts'
import { bundleOfCase, type Run } from './run.ts'

/** A step that begins: nothing is written, nothing is to be done. */
export function newRun(bundle: DefinitionBundle, state: State, at: number): Run {
  return {
    bundle: bundleOfCase(bundle, state),
    state,
    at,
    around: { at, random: randomOf(state, at), meter: { used: 0 } },
    facts: [],
    agenda: new Agenda(),
    queue: [],
    queued: new Map(),
    activations: 0,
    lastKey: state.lastKey,
    caseValue: null,
    changes: [],
    armed: [],
    read: new Map(),
    moved: new Set(),
  }
}
