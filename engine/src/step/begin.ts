import { Fault } from '../element/fault.ts'
import type { Key } from '../record/record.ts'
import { type Activation, elementOf, newKey, nodeBeside, type Run, write } from './run.ts'

/** How many activations one step may make before the rest becomes incidents (design §2, quality E06). */
export const MAX_ACTIVATIONS = 10_000
/** What the expressions of one step may compute together: ten times what one may (quality E06, I05). */
const MAX_WORK = 3_000_000

/** Whether the expressions of this step have computed all they may together. */
export function isWorkedOut(run: Run): boolean {
  return (run.around.meter?.used ?? 0) > MAX_WORK
}

/** Why a step stops that does not come to an end (SPEC ST5). */
export function tooLong(run: Run): Fault {
  return new Fault('STEP_TOO_LONG', { limit: Math.max(1, Math.min(run.activations, MAX_ACTIVATIONS)) })
}

/** Writes that an element instance begins; gives its key. What it then does is `enter`. */
export function beginElement(run: Run, { nodeId, scopeKey, causes, loopCounter }: Activation): Key {
  const node = nodeBeside(run, elementOf(run, scopeKey), nodeId)
  const isBody = node.multiInstance !== null && loopCounter === null
  const key = newKey(run)
  write(run, 'element.activated', key, {
    elementId: node.id,
    elementType: isBody ? 'multiInstanceBody' : node.type,
    name: node.name,
    scopeKey,
    causes,
    loopCounter,
    stage: node.stage !== null && loopCounter === null,
  })
  run.activations += 1
  return key
}
