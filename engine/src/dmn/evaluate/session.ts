import type { Variables } from '../../record/json.ts'
import type { Logic } from '../boxed.ts'
import type { DecisionService, DecisionStep, Misfit } from '../decision.ts'
import {
  Budget,
  computeFeel,
  type Expression,
  evaluateIn,
  isSame,
  put,
  type Scope,
  type Surroundings,
  type Value,
} from '../feel.ts'
import { conform, type ItemType, type Judge } from '../type.ts'
import { DecisionFailure } from './failure.ts'
import { emptyScope } from './scope.ts'

/**
 * What one evaluation may use, over all the decisions and functions it leads to. Counts, never a clock: the same model
 * and data give the same verdict on every machine.
 */
export const limits = {
  /** Expressions and cells that are evaluated. */
  evaluations: 100_000,
  /** Items that boxed loops go over, and values that are held against types. */
  steps: 300_000,
  /** Steps that a call of a function of the model counts. */
  call: 10,
  /** Misfits that are kept. */
  misfits: 20,
  /** Steps and work that all expressions have together, as many times what one has by itself. */
  budgets: 10,
  /** Results of required decisions that are kept. */
  kept: 200,
} as const

/** Evaluates what a decision or a function is made of. */
export type Evaluate = (logic: Logic | DecisionService, scope: Scope, session: Session) => Value

/** One evaluation: its time, its budget, and what is remembered as the why of the result. */
export class Session implements Judge {
  /** Time and budget of all its expressions. */
  readonly around: Surroundings
  readonly inputs: Variables = {}
  readonly steps: DecisionStep[] = []
  readonly misfits: Misfit[] = []
  /** The decision whose logic is being evaluated, and the rules that fired in it. */
  #decisionId = ''
  #rules = new Set<string>()
  #evaluations = 0
  #steps = 0
  #failure: DecisionFailure | null = null

  readonly #evaluate: Evaluate

  constructor(at: number | Surroundings, evaluate: Evaluate) {
    this.around = { budget: new Budget(limits.budgets), ...(typeof at === 'number' ? { at } : at) }
    this.#evaluate = evaluate
  }

  evaluate(logic: Logic | DecisionService, scope: Scope): Value {
    return this.#evaluate(logic, scope, this)
  }

  /** Evaluates an expression or a cell (`input` is what it reads as `?`). Fails as the expression does. */
  read(expression: Expression, scope: Scope, input?: Value): Value {
    this.#evaluations += 1
    if (this.#evaluations > limits.evaluations) this.fail('it computes too much')
    const result = evaluateIn(expression, scope, this.around, input)
    if (expression.names.length > 0) this.#remember(expression, scope, result.inputs)
    if (!result.ok) {
      // A failure inside a function comes up through every expression that called it.
      const where = this.#decisionId === '' ? '' : ` in decision ${this.#decisionId}`
      this.#failure ??= new DecisionFailure(`"${expression.source}"${where}: ${result.message}`)
      throw this.#failure
    }
    return result.value
  }

  /** Keeps what an expression read, but for names that its own logic gave values to. */
  #remember(expression: Expression, scope: Scope, inputs: Variables): void {
    const locals = expression.names.filter((name) => scope.isLocal(name))
    for (const [path, value] of Object.entries(inputs)) {
      if (!locals.some((name) => path === name || path.startsWith(`${name}.`))) put(this.inputs, path, value)
    }
  }

  /** The value as its type has it, else null; what does not fit is noted by `name`. */
  fit(value: Value, type: ItemType | null, name: string): Value {
    if (type === null || value === null) return value
    const taken = conform(value, type, this)
    if (taken !== undefined) return taken
    this.misfit(name, type.name)
    return null
  }

  /** Keeps what a required decision gave. */
  took(step: DecisionStep): void {
    if (this.steps.length < limits.kept) this.steps.push(step)
  }

  misfit(name: string, type: string): void {
    if (this.misfits.length < limits.misfits) this.misfits.push({ decisionId: this.#decisionId, name, type })
  }

  allows(tests: Expression, value: Value): boolean {
    return this.read(tests, emptyScope, value) === true
  }

  spend(count: number): void {
    this.#steps += count
    if (this.#steps > limits.steps) this.fail('it loops too often')
  }

  compute(source: string, x: Value): Value {
    return computeFeel(source, x, this.around)
  }

  same(a: Value, b: Value): boolean {
    return isSame(a, b, this.around)
  }

  /** Runs the logic of a decision. */
  decide(decisionId: string, logic: () => Value): { value: Value; rules: readonly string[] } {
    const [id, rules] = [this.#decisionId, this.#rules]
    this.#decisionId = decisionId
    this.#rules = new Set()
    try {
      return { value: logic(), rules: [...this.#rules] }
    } finally {
      this.#decisionId = id
      this.#rules = rules
    }
  }

  fired(rules: readonly string[]): void {
    for (const rule of rules) this.#rules.add(rule)
  }

  /** Fails, saying in which decision. */
  fail(message: string): never {
    this.#failure ??= new DecisionFailure(`decision ${this.#decisionId}: ${message}`)
    throw this.#failure
  }
}
