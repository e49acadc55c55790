import { FeelFailure } from '../feel.ts'

/** A decision that has no result. Thrown inside an evaluation and turned into `{ ok: false }` at its door. */
export class DecisionFailure extends FeelFailure {}
