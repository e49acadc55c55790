import { performance } from 'node:perf_hooks'
import type { Figure } from '../../scripts/figure.ts'
import { type Command, type DefinitionBundle, emptyState, type Fact, type Key, type State, step } from '../src/index.ts'
import { bundleOf, each, line, model, node } from '../src/testing/index.ts'

const MANY = 3_000
const FEW = 30
const ROUNDS = 5
const VOTES = 20

/** A ballot: one user task a household, whose votes are collected; enough when all but one have voted. */
export const ballotDrawing = model(
  node('startEvent', 'start') +
    node(
      'userTask',
      'vote',
      '',
      each({
        items: 'households',
        element: 'household',
        into: 'votes',
        result: 'vote',
        until: 'numberOfCompletedInstances >= numberOfInstances - 1',
      }),
    ) +
    node('scriptTask', 'tally', '<zeebe:script expression="=count(votes[item = true])" resultVariable="yes"/>') +
    node('endEvent', 'end') +
    line('start', 'vote', 'tally', 'end'),
)

/**
 * P7: a ballot of 3,000 households. `create` is the time until every task is there, in seconds; `vote` what one vote
 * costs against one in a ballot of 30, in time and in bytes of facts; `tally` the last vote, which ends the ballot and
 * counts, in seconds.
 */
export async function p7(): Promise<Figure[]> {
  const bundle = await bundleOf(ballotDrawing)
  new Ballot(bundle, MANY)
  let create = Number.POSITIVE_INFINITY
  let tally = Number.POSITIVE_INFINITY
  let [many, few] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  let bytes = 0
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    const large = new Ballot(bundle, MANY)
    create = Math.min(create, performance.now() - start)
    const smalls = Array.from({ length: VOTES }, () => new Ballot(bundle, FEW))
    // Taking turns, each on its own ballots: as many votes in one of 3,000 as in some of 30.
    few = Math.min(few, median(smalls.flatMap((one) => one.vote(VOTES))))
    many = Math.min(many, median(large.vote(VOTES * VOTES)))
    bytes = large.bytesOfVote() / new Ballot(bundle, FEW).bytesOfVote()
    large.vote(MANY - 3 - VOTES * VOTES)
    const last = performance.now()
    large.vote(1)
    tally = Math.min(tally, performance.now() - last)
    if (large.state.instance?.status !== 'completed') throw new Error('the ballot did not end')
  }
  return [
    { name: 'P7 create', value: create / 1000, goal: '<=2', unit: 's' },
    { name: 'P7 vote', value: many / few, goal: '<=1.3' },
    { name: 'P7 bytes', value: bytes, goal: '<=1.3' },
    { name: 'P7 tally', value: tally / 1000, goal: '<=0.5', unit: 's' },
  ]
}

class Ballot {
  readonly state: State = emptyState(1024)
  readonly #bundle: DefinitionBundle
  readonly #tasks: Key[]

  constructor(bundle: DefinitionBundle, households: number) {
    this.#bundle = bundle
    const variables = { households: Array.from({ length: households }, (_, index) => `h${index}`) }
    const value = { units: [], variables, parameters: {}, businessId: null }
    let facts = this.#send({ kind: 'processInstance.create', value })
    for (let more = pending(facts); more; more = pending(facts))
      facts = this.#send({ kind: 'multiInstance.continue', key: more.key, value: {} })
    this.#tasks = [...this.state.tasks.keys()].reverse()
  }

  /** So many votes; gives the time of each. */
  vote(count: number): number[] {
    return Array.from({ length: count }, () => {
      const start = performance.now()
      this.#voteOnce()
      return performance.now() - start
    })
  }

  bytesOfVote(): number {
    return JSON.stringify(this.#voteOnce()).length
  }

  #voteOnce(): readonly Fact[] {
    const value = { variables: { vote: true }, formKey: null }
    return this.#send({ kind: 'userTask.complete', key: this.#tasks.pop() ?? 0, value })
  }

  #send(given: Pick<Command, 'kind' | 'key' | 'value'>): readonly Fact[] {
    const command = { ...given, at: 0, actor: { type: 'system', id: 'bench' }, requestId: 'bench' } as Command
    const { facts, rejection } = step(this.#bundle, this.state, command)
    if (rejection) throw rejection
    return facts
  }
}

const pending = (facts: readonly Fact[]): Fact | undefined =>
  facts.find((fact) => fact.kind === 'multiInstance.pending')

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >>> 1] ?? 0
}
