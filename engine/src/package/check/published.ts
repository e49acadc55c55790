import type { FlowNode, IoMapping, ProcessDefinition } from '../../model/definition.ts'
import { jobTypeOf } from './variables.ts'

const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u

/** A task that publishes a notice, and every variable its notice reads, under its own name or another it was given. */
export interface Publication {
  readonly node: FlowNode
  readonly names: ReadonlySet<string>
}

/**
 * What the notices of a process publish: the names their input mappings read. A variable that is a bare copy of another
 * (`=phone` to `contact`) counts as that other one.
 */
export function publishedNames(process: ProcessDefinition): Publication[] {
  const nodes = Object.values(process.nodes)
  const copies = nodes
    .flatMap(({ inputs, outputs }) => [...inputs, ...outputs])
    .filter(({ source }) => NAME.test(source.source.trim()) && source.names.length === 1)
  return nodes
    .filter((node) => jobTypeOf(node) === 'bihuan.notice')
    .map((node) => ({
      node,
      names: sourcesOf(
        node.inputs.flatMap(({ source }) => source.names),
        copies,
      ),
    }))
}

function sourcesOf(read: readonly string[], copies: readonly IoMapping[]): ReadonlySet<string> {
  const names = new Set(read)
  for (let size = -1; size !== names.size; ) {
    size = names.size
    for (const { source, target } of copies) if (names.has(target)) names.add(source.names[0]!)
  }
  return names
}
