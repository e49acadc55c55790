import type { Expression } from '../feel/index.ts'
import { parseInstant } from '../model/time.ts'
import type { Json } from '../record/json.ts'
import type { Why } from '../record/record.ts'
import type { Context } from './element.ts'
import { Fault } from './fault.ts'
import { typeName } from './type-name.ts'

export const DEFAULT_PRIORITY = 50

/**
 * Evaluates the attributes of one user task; each gives null (no groups: an empty list) for an absent or empty one, and
 * throws `Fault` when the value is not of its kind (Zeebe: "User tasks", "Assignments" and "Scheduling").
 */
export interface TaskValues {
  /** Why each was decided, in the order they were asked for. */
  readonly why: readonly Why[]
  text(expression: Expression | null): string | null
  /** A list of texts, or one text with commas. */
  list(expression: Expression | null): string[]
  time(expression: Expression | null): number | null
  /** A priority of Camunda 8; 50 when absent. */
  priority(expression: Expression | null): number
}

export function taskValues(context: Context): TaskValues {
  const why: Why[] = []
  const value = (expression: Expression | null): Json => {
    if (!expression) return null
    const judged = context.judge(expression)
    why.push(judged.why)
    return judged.value
  }
  return {
    why,
    text(expression) {
      const found = value(expression)
      if (found === null || found === '') return null
      if (typeof found === 'string') return found
      throw failed(expression, 'a text', found)
    },
    list(expression) {
      const found = value(expression)
      if (found === null) return []
      const items = typeof found === 'string' ? found.split(',') : found
      if (!Array.isArray(items) || !items.every((item) => typeof item === 'string'))
        throw failed(expression, 'a list of texts', found)
      return items.map((item) => item.trim()).filter((item) => item !== '')
    },
    time(expression) {
      const found = value(expression)
      if (found === null || found === '') return null
      const at = typeof found === 'string' ? parseInstant(found) : null
      if (at === null) throw failed(expression, 'a date and time', found)
      return at
    },
    priority(expression) {
      const found = value(expression)
      const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found
      if (number === null) return DEFAULT_PRIORITY
      if (!isPriority(number)) throw failed(expression, 'a whole number from 0 to 100', found)
      return number
    },
  }
}

/** Whether a number is a priority of Camunda 8: an integer from 0 to 100. */
export function isPriority(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 100
}

function failed(expression: Expression | null, expected: string, found: Json): Fault {
  return new Fault('EXPRESSION_FAILED', {
    expression: expression?.source ?? '',
    message: `expected ${expected}, found ${typeName(found)}`,
  })
}
