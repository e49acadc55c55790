import { performance } from 'node:perf_hooks'
import type { Figure } from '../../scripts/figure.ts'
import { type Command, emptyState, type Key, type State, step } from '../src/index.ts'
import { bundleOf, flow, line, model, node } from '../src/testing/index.ts'

const CASES = 60
const EARLY = 10
const LATE = 1_000
/** Steps measured on either side of the 10th and the 1,000th. */
const AROUND = 4

/** A task that comes back until it is agreed: 1,000 answers are one instance's own history. */
const drawing = model(
  node('startEvent', 'start') +
    node('exclusiveGateway', 'back') +
    node('userTask', 'ask') +
    node('exclusiveGateway', 'agreed', '', '', 'default="agreed_back"') +
    node('endEvent', 'end') +
    line('start', 'back', 'ask', 'agreed', 'back') +
    flow('agreed', 'end', 'yes'),
)

/** P5: what completing the 1,000th step of an instance costs against the 10th, in one run, over many instances. */
export async function p5(): Promise<Figure> {
  const bundle = await bundleOf(drawing)
  const early: number[] = []
  const late: number[] = []
  for (let index = 0; index < CASES; index++) {
    const state = emptyState(1024 + index)
    const send = (given: Pick<Command, 'kind' | 'key' | 'value'>) => {
      const command = { ...given, at: 0, actor: { type: 'system', id: 'bench' }, requestId: 'bench' } as Command
      const { rejection } = step(bundle, state, command)
      if (rejection) throw rejection
    }
    send({ kind: 'processInstance.create', value: { units: [], variables: {}, parameters: {}, businessId: null } })
    for (let at = 1; at <= LATE + AROUND; at++) {
      const start = performance.now()
      send({ kind: 'userTask.complete', key: openTask(state), value: { variables: { yes: false }, formKey: null } })
      const time = performance.now() - start
      if (Math.abs(at - EARLY) <= AROUND) early.push(time)
      else if (Math.abs(at - LATE) <= AROUND) late.push(time)
    }
  }
  return { name: 'P5', value: median(late) / median(early), goal: '<=1.3' }
}

function openTask({ tasks }: State): Key {
  for (const key of tasks.keys()) return key
  throw new Error('no task is open')
}

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >>> 1] ?? 0
