import type { FlowNode, ProcessDefinition } from '@bihuan/engine'

/** The processes a case consists of: its own, then those it calls. */
export type Processes = readonly [ProcessDefinition, ...ProcessDefinition[]]

/**
 * Whether a step is done by several, each for himself: it, a scope around it or the call of its process is multi-instance,
 * or it is an act that stays open when it has been done. So is taken what is drawn in none of the processes.
 */
export function isOneOfMany(processes: Processes, step: string): boolean {
  const home = processes.find(({ nodes }) => nodes[step])
  const node = home?.nodes[step]
  if (!home || !node || ('interrupting' in node.own && !node.own.interrupting)) return true
  if (isMany(home, node)) return true
  return home !== processes[0] && processes.some((one) => callsOf(one).some((call) => isMany(one, call)))
}

/** Whether a node, or a scope around it, is multi-instance. */
const isMany = (process: ProcessDefinition, node: FlowNode): boolean =>
  scopesOf(process, node).some(({ multiInstance }) => multiInstance)

/** A node and the scopes around it. */
function scopesOf({ nodes }: ProcessDefinition, node: FlowNode): readonly FlowNode[] {
  const scopes: FlowNode[] = []
  for (let one: FlowNode | undefined = node; one; one = nodes[one.scopeId]) scopes.push(one)
  return scopes
}

const callsOf = ({ nodes }: ProcessDefinition): readonly FlowNode[] =>
  Object.values(nodes).filter(({ type }) => type === 'bpmn:CallActivity')

/**
 * Lists in which multi-instances collect what each instance gave, with the steps that are done within one; which process
 * a call within one calls is not asked: it may be any of them.
 */
export function collectionsOf(
  processes: Processes,
): readonly { readonly name: string; readonly steps: readonly string[] }[] {
  const [, ...called] = processes
  return processes.flatMap((process) =>
    Object.values(process.nodes).flatMap((body) => {
      const name = body.multiInstance?.outputCollection
      if (!name) return []
      const within = Object.values(process.nodes).filter((node) => scopesOf(process, node).includes(body))
      const isCalling = within.some(({ type }) => type === 'bpmn:CallActivity')
      const steps = [...within, ...(isCalling ? called.flatMap(({ nodes }) => Object.values(nodes)) : [])]
      return [{ name, steps: steps.map(({ id }) => id) }]
    }),
  )
}
