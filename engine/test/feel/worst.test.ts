import { describe, expect, it } from 'vitest'
import { compileExpression, contextOf, evaluate } from '../../src/feel/index.ts'
import { worst } from './worst.ts'

describe('the worst expressions', () => {
  it.each(worst)('FE1 FE2 $name: refused, a value or a failure', ({ source, variables = {} }) => {
    const compiled = compileExpression(source)
    if ('error' in compiled) return
    const result = evaluate(compiled.expression, contextOf(variables), Date.UTC(2026, 4, 18))
    if (result.ok) expect(JSON.stringify(result.value).length).toBeLessThan(2_000_000)
    else expect(result.message).not.toBe('')
  })
})
