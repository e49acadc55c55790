import type { Decision } from '@bihuan/engine'

/** Names of the case a decision reads, with those of the decisions it needs, in the order of the table. */
export function namesRead(decision: Decision): string[] {
  const own = new Set<string>()
  const walk = (one: Decision): void => {
    for (const required of one.requires) walk(required)
    const made = new Set(one.requires.flatMap(({ id, resultName }) => [id, resultName]))
    for (const local of one.locals) made.add(local)
    for (const name of one.expressions.flatMap(({ names }) => names)) if (name !== '?' && !made.has(name)) own.add(name)
  }
  walk(decision)
  own.delete('parameters')
  return [...own]
}

/** Whether what a decision gives depends on the day. */
export function readsToday(decision: Decision): boolean {
  const { expressions, requires } = decision
  return expressions.some(({ source }) => /\b(today|now)\s*\(/.test(source)) || requires.some(readsToday)
}
