import type { Decision } from '@bihuan/engine'

/** Names of the case a decision reads, with those of the decisions it needs, in the order of the table. */
export function namesRead(decision: Decision): string[] {
  const own = new Set<string>()
  const walk = (one: Decision): void => {
    for (const required of one.requires) walk(required)
    const made = new Set(one.requires.flatMap(({ id, resultName }) => [id, resultName]))
    const { logic } = one
    const expressions =
      logic.kind === 'literal'
        ? [logic.expression]
        : [
            ...logic.inputs.map(({ expression }) => expression),
            ...logic.rules.flatMap(({ tests, results }) => [...tests, ...results]),
          ]
    for (const name of expressions.flatMap((expression) => expression?.names ?? []))
      if (name !== '?' && !made.has(name)) own.add(name)
  }
  walk(decision)
  own.delete('parameters')
  return [...own]
}

/** Whether what a decision gives depends on the day. */
export function readsToday(decision: Decision): boolean {
  const { logic, requires } = decision
  const sources =
    logic.kind === 'literal'
      ? [logic.expression.source]
      : [
          ...logic.inputs.map(({ expression }) => expression.source),
          ...logic.rules.flatMap(({ tests, results }) => [...tests, ...results].map((cell) => cell?.source ?? '')),
        ]
  return sources.some((source) => /\b(today|now)\s*\(/.test(source)) || requires.some(readsToday)
}
