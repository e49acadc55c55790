import type { ProblemCode } from '../problem/catalog.ts'
import type { Facts } from '../problem/problem.ts'

/**
 * Why a hook cannot go on. Thrown inside a hook, caught in one place of the step, which drops what the hook wrote and
 * makes an incident. It never leaves the step.
 */
export class Fault {
  readonly code: ProblemCode
  readonly facts: Facts
  constructor(code: ProblemCode, facts: Facts = {}) {
    this.code = code
    this.facts = facts
  }
}
