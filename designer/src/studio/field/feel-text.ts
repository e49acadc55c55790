import { compileExpression, compileUnaryTests } from '@bihuan/engine'

/** What an expression is: `tests` is a cell of a decision table. */
export type FeelKind = 'feel' | 'tests'

const compiled = (source: string, kind: FeelKind) =>
  kind === 'tests' ? compileUnaryTests(source) : compileExpression(source)

/** What FEEL reads of its context, as paths; nothing when it cannot be read. */
export function readsOf(source: string, kind: FeelKind = 'feel'): readonly (readonly string[])[] {
  const result = compiled(source, kind)
  return 'expression' in result ? result.expression.reads : []
}

const TOKEN = /"(?:[^"\\]|\\.)*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*|[\p{L}_][\p{L}\p{N}_]*/gu

/**
 * FEEL with one of the names it reads changed: only where the name stands for the variable, not inside a text, behind
 * a dot or as the name of an entry.
 * @returns the new text, or null when it cannot be told safely (then it must be changed by hand)
 */
export function renameInFeel(source: string, from: string, to: string, kind: FeelKind = 'feel'): string | null {
  const before = readsOf(source, kind)
  if (!before.some((path) => path[0] === from)) return compilesTo(source, kind) ? source : null
  const renamed = source.replace(TOKEN, (token, at: number) => {
    if (token !== from) return token
    const behindDot = /\.\s*$/.test(source.slice(0, at))
    const entry = /^\s*:(?!=)/.test(source.slice(at + token.length))
    return behindDot || entry ? token : to
  })
  const wanted = before.map((path) => [path[0] === from ? to : path[0], ...path.slice(1)].join('.')).sort()
  const found = readsOf(renamed, kind)
    .map((path) => path.join('.'))
    .sort()
  // A name bound inside the expression, or a new name that is one already, shows as a difference of what is read.
  return wanted.join('\n') === found.join('\n') && !before.some((path) => path[0] === to) ? renamed : null
}

function compilesTo(source: string, kind: FeelKind): boolean {
  return 'expression' in compiled(source, kind)
}
