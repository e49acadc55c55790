import type { DefinitionBundle } from '../model/definition.ts'
import type { Variables } from '../record/json.ts'
import type { Actor, Command, CommandKind, CommandValues, Fact, Key } from '../record/record.ts'
import { fold } from '../state/apply.ts'
import { restoreState, stateText } from '../state/snapshot.ts'
import { emptyState, type State } from '../state/state.ts'
import { type StepResult, step } from '../step/step.ts'

/** One case in the hands of a test: commands in, facts out. */
export interface Play {
  readonly state: State
  /** All facts so far. */
  readonly facts: Fact[]
  /** Every command so far, with what it led to: another host can be given the same. */
  readonly taken: (StepResult & { readonly command: Command })[]
  at: number
  send<K extends CommandKind>(kind: K, key: Key | undefined, value: CommandValues[K], actor?: Actor): StepResult
  start(variables?: Variables, parameters?: Variables): StepResult
  /** Completes the first open task of an element. */
  complete(elementId: string, variables?: Variables, actor?: Actor): StepResult
  /** Fires the first open timer of an element at its due time. */
  fire(elementId: string): StepResult
  /** Element ids of the open tasks. */
  tasks(): string[]
  /** The variables of the process instance. */
  variables(): Variables
}

export const START = Date.UTC(2026, 4, 18, 0, 0, 0)
const system: Actor = { type: 'system', id: 'test' }
export const units = [
  { id: 'v1', name: 'Village One', level: 'village' },
  { id: 't1', name: 'Town One', level: 'township' },
  { id: 'd1', name: 'District', level: 'district' },
]

/** What happens to the state of a case between two commands: what a host does. */
export type Between = (state: State, facts: readonly Fact[]) => State

/** Hosts in memory: one live state; saved as JSON and loaded after every command; folded anew from all facts (ST4). */
export const betweens: { readonly [host: string]: Between } = {
  live: (state) => state,
  'save-load': (state) => restoreState(JSON.parse(stateText(state))),
  refold(state, facts) {
    const folded = fold(emptyState(state.stream), JSON.parse(JSON.stringify(facts)) as Fact[])
    if (stateText(folded) !== stateText(state))
      throw new Error(`ST4 does not hold: folded ${stateText(folded)}, live ${stateText(state)}`)
    return folded
  },
}

/** A case of this definition, not started. */
export function play(bundle: DefinitionBundle, between: Between = (state) => state): Play {
  let state = emptyState(1024)
  let count = 0
  const open = <T extends { readonly elementId: string }>(all: Map<Key, T>, elementId: string): [Key, T] => {
    const found = [...all].find(([, one]) => one.elementId === elementId)
    if (!found) throw new Error(`nothing is open at ${elementId}`)
    return found
  }
  const game: Play = {
    get state() {
      return state
    },
    facts: [],
    taken: [],
    at: START,
    send(kind, key, value, actor = system) {
      count += 1
      const command = { kind, key, value, actor, at: game.at, requestId: `r${count}` } as unknown as Command
      const result = step(bundle, state, command)
      game.taken.push({ ...result, command })
      for (const fact of result.facts) game.facts.push(fact)
      state = between(state, game.facts)
      return result
    },
    start: (variables = {}, parameters = {}) =>
      game.send('processInstance.create', undefined, { units, variables, parameters, businessId: 'SY-2026-0001' }),
    complete: (elementId, variables = {}, actor = system) =>
      game.send('userTask.complete', open(state.tasks, elementId)[0], { variables, formKey: null }, actor),
    fire(elementId) {
      const [key, timer] = open(state.timers, elementId)
      game.at = Math.max(game.at, timer.dueAt)
      return game.send('timer.trigger', key, {})
    },
    tasks: () => [...state.tasks.values()].map((task) => task.elementId),
    variables: () => state.elements.get(state.instance?.key ?? 0)?.variables ?? {},
  }
  return game
}

/** Facts as short lines: `element.activated a`, `sequenceFlow.taken a_b`. What a fixture holds. */
export function trace(facts: readonly Fact[]): string[] {
  return facts.map((fact) => {
    const value = fact.value as { readonly elementId?: string; readonly flowId?: string; readonly code?: string }
    const about = value.flowId ?? value.elementId ?? ''
    return [fact.kind, about, value.code].filter(Boolean).join(' ')
  })
}
