/**
 * Random models and what may be done in their cases (`@bihuan/engine/testing/random`), for those who let them run on a
 * host of their own. Apart from the other test tools, since it needs fast-check.
 */

export { modelOf } from './random-model.ts'
export { GOOD, type Move, movesOf } from './random-moves.ts'
export { operatorMove, SECOND } from './random-operator.ts'
export { type Plan, plans } from './random-plan.ts'
export { TABLE } from './random-run.ts'
