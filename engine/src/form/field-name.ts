import { compileExpression } from '../feel/index.ts'

/** Names the host puts into every context; a field cannot take them. */
const RESERVED = new Set(['case', 'parameters', 'loopCounter', 'this', 'parent', 'item', 'partial', 'i'])

export const isReserved = (name: string): boolean => RESERVED.has(name)

/** A name FEEL reads as one name and no object has of itself. */
export function isName(name: string): boolean {
  if (name.length > 100 || name in {}) return false
  const compiled = compileExpression(name)
  return (
    'expression' in compiled &&
    compiled.expression.reads.length === 1 &&
    compiled.expression.reads[0]!.length === 1 &&
    compiled.expression.source === name.trim()
  )
}
