import {
  type Command,
  createProcessLogic,
  type DefinitionBundle,
  type State,
  type StateJson,
  type StepResult,
  stateText,
} from '@bihuan/engine'
import { createActor } from 'xstate'

/** A live process instance: the XState actor of its process, seen as the host needs it. */
export interface InstanceActor {
  /** Live data that the next command changes: read it at once, keep nothing of it. */
  readonly state: State
  /** Judges a command. Throws only on a fault of the engine, after which the actor must be dropped. */
  send(command: Command): StepResult
  /** The state as JSON text, for a snapshot. */
  save(): string
}

/** Starts the actor of stream `stream`, from a saved state when there is one. */
export function startActor(bundle: DefinitionBundle, stream: number, saved: StateJson | null): InstanceActor {
  const logic = createProcessLogic(bundle)
  const snapshot = saved ? { status: 'active' as const, output: undefined, error: undefined, state: saved } : null
  const actor = snapshot
    ? createActor(logic, { input: { stream }, snapshot: snapshot as never })
    : createActor(logic, { input: { stream } })
  actor.start()
  return {
    get state() {
      return actor.getSnapshot().state
    },
    send(command) {
      actor.send({ type: 'command', command })
      const { last, fault } = actor.getSnapshot()
      if (fault) throw fault
      if (!last) throw new Error('Expected the actor to have judged the command')
      return last
    },
    save: () => stateText(actor.getSnapshot().state),
  }
}
