import type { ElementSelection, Key, Modification, MoveAncestor, VariableInstruction, Variables } from '../src/index.ts'

/** Keys in stories are told from the first key of the case on. */
const BASE = 1024 * 2 ** 20

/**
 * A modification in short: `+b` activates b, `-a` terminates every a, `a>b` moves every a to b. `#7` instead of an id is
 * that element instance. `@#5` names the ancestor, `@inferred` and `@parent` are those of moves; `{"x":1}` sets variables
 * of the process, `part{"x":1}` after a colon those of a scope: `+b@#5:{"x":1}:part{"y":2}`.
 */
export function modificationOf(text: string): Modification {
  const all: { activate: object[]; move: object[]; terminate: object[] } = { activate: [], move: [], terminate: [] }
  for (const word of text.split(' ').filter((one) => one !== '')) {
    const [what = '', ...sets] = word.split(/:(?=[\w]*\{)/)
    const [elements = '', ancestor] = what.split('@')
    const variables = sets.map(variablesOf)
    const [source = '', target] = elements.split('>')
    if (target !== undefined) {
      const at = ancestor === undefined ? {} : { ancestor: ancestorOf(ancestor) }
      all.move.push({ source: selectionOf(source), targetElementId: target, ...at, variables })
    } else if (source.startsWith('-')) all.terminate.push(selectionOf(source.slice(1)))
    else {
      const at = ancestor === undefined ? {} : { ancestorKey: keyOf(ancestor) }
      all.activate.push({ elementId: source.slice(1), ...at, variables })
    }
  }
  return all as unknown as Modification
}

const keyOf = (text: string): Key => BASE + Number(text.slice(1))

const selectionOf = (text: string): ElementSelection =>
  text.startsWith('#') ? { elementInstanceKey: keyOf(text) } : { elementId: text }

function ancestorOf(text: string): MoveAncestor {
  if (text === 'inferred') return { kind: 'inferred' }
  return text === 'parent' ? { kind: 'sourceParent' } : { kind: 'direct', key: keyOf(text) }
}

function variablesOf(text: string): VariableInstruction {
  const at = text.indexOf('{')
  return { scopeId: at === 0 ? null : text.slice(0, at), variables: JSON.parse(text.slice(at)) as Variables }
}
