import fc from 'fast-check'
import { readDecisions } from '../dmn/index.ts'
import type { DefinitionBundle, DefinitionSource } from '../model/definition.ts'
import { bundleOf } from './bundle.ts'
import { executedCells } from './executed.ts'
import { type Walked, walk } from './random-case.ts'
import { modelOf } from './random-model.ts'
import { SECOND } from './random-operator.ts'
import { isStructured, type Plan, plans } from './random-plan.ts'

/** A model and a path through it: what is kept when something does not hold. */
export interface RandomCase {
  readonly plan: Plan
  readonly path: readonly number[]
  /** An operator takes some of the moves; absent without one. */
  readonly operates?: boolean
}

export interface RandomFailure extends RandomCase {
  readonly text: string
}

/** What the business rule tasks of random models ask. */
export const TABLE = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="decisions" name="decisions" namespace="http://bihuan.org/test">
<decision id="body" name="body"><decisionTable id="table" hitPolicy="FIRST"><input id="input"><inputExpression id="expression"><text>n</text></inputExpression></input><output id="output" name="body"/>
<rule id="large"><inputEntry id="i1"><text>&gt;= 2</text></inputEntry><outputEntry id="o1"><text>1</text></outputEntry></rule>
<rule id="small"><inputEntry id="i2"><text>-</text></inputEntry><outputEntry id="o2"><text>2</text></outputEntry></rule>
</decisionTable></decision></definitions>`

let decisions: DefinitionBundle['decisions'] | null = null

async function bundleFor(plan: Plan): Promise<DefinitionBundle> {
  if (!decisions) {
    const read = await readDecisions(TABLE, 'random.dmn')
    decisions = Object.fromEntries(read.decisions.map((one) => [one.id, { key: 2 ** 20 + 9, decision: one }]))
  }
  return twice(await bundleOf(modelOf(plan), decisions))
}

/** Two versions of a process that are alike: a case goes on in the other one as if nothing had been. */
function twice(bundle: DefinitionBundle): DefinitionBundle {
  const others: DefinitionSource = {
    byKey: (key) => [first, second].find((one) => one.key === key) ?? bundle.others?.byKey(key) ?? null,
    find: (processId, binding, from) => bundle.others?.find(processId, binding, from) ?? null,
  }
  const first = { ...bundle, others }
  const second = { ...first, key: SECOND, version: 2 }
  return first
}

/**
 * Plays one case and gives how it went, with what it executed; throws what does not hold. A structured one is brought to
 * its end.
 */
export async function play({
  plan,
  path,
  operates = false,
}: RandomCase): Promise<Walked & { readonly cells: Map<string, number> }> {
  const bundle = await bundleFor(plan)
  const walked = walk(bundle, path, { drains: isStructured(plan), operates })
  return { ...walked, cells: executedCells(bundle, walked.facts) }
}

const cases: fc.Arbitrary<RandomCase> = fc.record({
  plan: fc.noBias(plans),
  path: fc.noBias(fc.array(fc.nat(2 ** 20 - 1), { minLength: 8, maxLength: 40, size: 'max' })),
  operates: fc.nat(3).map((draw) => draw === 0),
})

/** The case of a number: the same for the same seed and number. Judges it by `judge`; gives the smallest that fails. */
export async function check(
  seed: number,
  number: number,
  judge: (one: RandomCase) => Promise<void>,
  shrinkFor = 30_000,
): Promise<RandomFailure | null> {
  const property = fc.asyncProperty(cases, judge)
  const own = Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b)
  const found = await fc.check(property, { seed: own, numRuns: 1, interruptAfterTimeLimit: shrinkFor })
  if (!found.failed || !found.counterexample) return null
  const { plan, path, operates } = found.counterexample[0]
  const error = found.errorInstance
  return { plan, path, ...(operates && { operates }), text: error instanceof Error ? error.message : String(error) }
}
