import type { DefinitionBundle } from '../model/definition.ts'
import type { Rejection } from '../problem/problem.ts'
import type { Command, Fact } from '../record/record.ts'
import { apply, fold } from '../state/apply.ts'
import { restoreState, stateText } from '../state/snapshot.ts'
import { emptyState, hasEnded, type State } from '../state/state.ts'
import { step } from '../step/step.ts'
import { START } from './play.ts'
import { nextDrain } from './random-drain.ts'
import { Ledger } from './random-ledger.ts'
import { type Move, movesOf, startMove } from './random-moves.ts'
import { operatorMove } from './random-operator.ts'
import { indexText, judgeJson, judgeRest, judgeState } from './random-state.ts'

/** How a random case went. */
export interface Walked {
  readonly end: 'completed' | 'terminated' | 'waiting' | 'refused'
  readonly facts: readonly Fact[]
  readonly steps: number
}

/** How many signals a case may send to itself before it is said to do so without end. */
const MOST_SIGNALS = 300
const MOST_DRAINS = 600

/**
 * Plays one path through a definition: every draw chooses one of the moves that are open. What must hold is judged after
 * every step; the first that does not is thrown. With `operates` an operator takes some of the moves. With `drains` the
 * case is then brought to its end, unless an operator has changed where it stands: then it may wait for ever.
 */
export function walk(
  bundle: DefinitionBundle,
  path: readonly number[],
  { drains, operates }: { readonly drains: boolean; readonly operates: boolean },
): Walked {
  const game = new Game(bundle)
  const [first = 0, ...rest] = path
  if (!game.send(startMove(bundle, first))) return { end: 'refused', facts: [], steps: 1 }
  for (const draw of rest) {
    if (!game.isOpen) break
    const moves = movesOf(bundle, game.state, draw)
    const byOperator = operates && draw % 4 === 1
    const move = byOperator ? operatorMove(bundle, game.state, draw) : moves[draw % Math.max(1, moves.length)]
    if (move) game.send(move)
  }
  if (drains && !game.facts.some(({ kind }) => kind === 'processInstance.modified')) game.drain()
  game.close()
  const status = game.state.instance?.status
  const end = status === 'completed' || status === 'terminated' ? status : 'waiting'
  return { end, facts: game.facts, steps: game.steps }
}

class Game {
  state: State = emptyState(1024)
  readonly facts: Fact[] = []
  steps = 0
  readonly #bundle: DefinitionBundle
  readonly #ledger: Ledger
  /** What the facts say, folded one by one. */
  readonly #folded: State = emptyState(1024)
  #signals = 0

  constructor(bundle: DefinitionBundle) {
    this.#bundle = bundle
    this.#ledger = new Ledger(bundle, this.state.lastKey)
  }

  /** Whether the case has not ended. */
  get isOpen(): boolean {
    return this.state.instance !== null && !hasEnded(this.state.instance)
  }

  /** One command and all that must hold afterwards; then the signals it sent. Gives whether it was taken. */
  send(move: Move): boolean {
    this.steps += 1
    const command = {
      ...move,
      at: START + this.steps * 60_000,
      actor: move.actor ?? { type: 'system', id: 'random' },
      requestId: `r${this.steps}`,
    } as Command
    const before = stateText(this.state)
    const { facts, rejection } = step(this.#bundle, this.state, command)
    const after = stateText(this.state)
    if (isWhole(this.#bundle, move)) judgeAlike(before, after, rejection, this.state)
    if (rejection) {
      if (facts.length > 0 || after !== before) throw new Error(`ST6 a refused command changes nothing: ${move.kind}`)
      return false
    }
    if (this.steps % 4 === 0) this.#again(before, command, facts)
    judgeJson(facts)
    if (this.state.instance?.status === 'suspended') judgeRest(facts)
    for (const fact of JSON.parse(JSON.stringify(facts)) as Fact[]) apply(this.#folded, fact)
    same('ST4 folding gives the live state', stateText(this.#folded), after)
    const restored = restoreState(JSON.parse(after))
    same('ST4 restoring gives the live state', stateText(restored), after)
    same('ST4 restoring finds what hangs on each element', indexText(restored), indexText(this.state))
    this.state = restored
    for (const fact of facts) this.facts.push(fact)
    this.#ledger.post(facts)
    judgeState(this.state, this.#ledger)
    for (const fact of facts) if (fact.kind === 'signal.broadcast') this.#deliver(fact as Fact<'signal.broadcast'>)
    return true
  }

  /** Brings the case to its end; throws when nothing more can, or not after many moves. */
  drain(): void {
    for (let turn = 0; this.isOpen; turn++) {
      if (turn > MOST_DRAINS) throw new Error(`a structured case ends: it goes on after ${turn} moves`)
      const moves = nextDrain(this.#bundle, this.state, turn)
      const before = this.facts.length
      if (moves) for (const move of moves) if (this.isOpen) this.send(move)
      if (before === this.facts.length)
        throw new Error(
          `a structured case ends: nothing moves ${JSON.stringify([...this.state.elements.values()].map((one) => [one.elementId, one.elementType]))}`,
        )
    }
  }

  /** Folds all facts at once. */
  close(): void {
    const all = JSON.parse(JSON.stringify(this.facts)) as Fact[]
    same('ST4 folding all facts gives the state', stateText(fold(emptyState(1024), all)), stateText(this.state))
  }

  #again(before: string, command: Command, facts: readonly Fact[]): void {
    const other = step(this.#bundle, restoreState(JSON.parse(before)), command)
    same('the same command gives the same facts', JSON.stringify(other.facts), JSON.stringify(facts))
  }

  /** Hands a signal of the case to what waits for it in the case. */
  #deliver({ key: signalKey, value: { signalName, variables } }: Fact<'signal.broadcast'>): void {
    const waiting = [...this.state.subscriptions.values()].filter(
      (one) => one.kind === 'signal' && one.signalName === signalName,
    )
    for (const { key } of waiting) {
      this.#signals += 1
      if (this.#signals > MOST_SIGNALS) throw new Error('a case sends signals to itself without end')
      if (this.state.subscriptions.has(key))
        this.send({ kind: 'signal.trigger', key, value: { signalName, signalKey, variables } })
    }
  }
}

/** Whether a case is migrated with everything mapped, to a process that is alike. */
function isWhole({ process: { nodes, flows } }: DefinitionBundle, { kind, value }: Move): boolean {
  if (kind !== 'processInstance.migrate') return false
  const { mappings } = value as Command<'processInstance.migrate'>['value']
  return mappings.length === Object.keys(nodes).length + Object.keys(flows).length
}

/** A case that goes on in a process that is alike is as it was; only what is ending cannot. */
function judgeAlike(before: string, after: string, rejection: Rejection | null, { elements }: State): void {
  if (rejection && ![...elements.values()].some((one) => one.ending))
    throw new Error(`MG1 a case can be migrated to what is alike: ${JSON.stringify(rejection)}`)
  const plain = (text: string) => text.replaceAll(/"definitionKey":\d+,|,"formKey":null/g, '')
  same('MG5 what there is stays as it is', plain(before), plain(after))
}

function same(rule: string, one: string, other: string): void {
  if (one === other) return
  let at = 0
  while (one[at] === other[at]) at += 1
  throw new Error(
    `${rule}: …${one.slice(Math.max(0, at - 120), at + 120)} and …${other.slice(Math.max(0, at - 120), at + 120)}`,
  )
}
