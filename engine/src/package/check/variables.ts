import type { Expression } from '../../feel/index.ts'
import type { FlowNode, IoMapping, ProcessDefinition } from '../../model/definition.ts'
import type { JudgedPackage } from '../judged.ts'

type Parts = Omit<JudgedPackage, 'problems'>

/** What the processes of a package do with variables, by their top-level names. */
export interface VariableUse {
  /** Read by any expression of a model, a decision or a form. */
  readonly read: ReadonlySet<string>
  /** Written by mappings, scripts, decisions, jobs, lists and forms. */
  readonly written: ReadonlySet<string>
  /** Who writes a name; a form nobody shows has no writer. */
  readonly writers: ReadonlyMap<string, readonly FlowNode[]>
  /** Elements with which something outside may write any name: a client's job, a message from another system. */
  readonly openNodes: readonly FlowNode[]
  /** A start from another system may write any name. */
  readonly isOpen: boolean
}

/** Jobs the house does itself, and what they give. */
const HOUSE_JOBS: { readonly [type: string]: readonly string[] } = {
  'bihuan.notice': ['noticeKey', 'publishedAt', 'publishedUntil'],
  'bihuan.people': ['people'],
}

const isExpression = (value: object): value is Expression => 'program' in value && 'names' in value

/** Every expression that stands in a value, however deep. */
export function expressionsIn(value: unknown): Expression[] {
  if (typeof value !== 'object' || value === null) return []
  return isExpression(value) ? [value] : Object.values(value).flatMap(expressionsIn)
}

/** Type of a service task's job, when it is a fixed text. */
export const jobTypeOf = (node: FlowNode): string | null =>
  node.type === 'bpmn:ServiceTask' && node.own.jobType.kind === 'static' ? node.own.jobType.source : null

/** Names read and written by all processes, decisions and forms together. */
export function variableUse({ processes, decisions, forms }: Parts): VariableUse {
  const read = new Set<string>()
  const writers = new Map<string, FlowNode[]>()
  const openNodes: FlowNode[] = []
  for (const { reads } of [...expressionsIn(processes), ...expressionsIn(decisions)])
    for (const [name] of reads) if (name !== undefined) read.add(name)
  const byId = new Map(forms.map(({ id, form }) => [id, form]))
  for (const { form } of forms) for (const [name] of form.reads) if (name !== undefined) read.add(name)
  // A process that nobody starts is started by another system, with variables of its own.
  const isOpen = processes.some(({ process }) => process.starters === null)
  for (const { process } of processes)
    for (const node of Object.values(process.nodes)) {
      const form = byId.get(formIdOf(node, process) ?? '')
      const names = [
        ...[...node.inputs, ...node.outputs].map(({ target }) => headOf(target)),
        ...writtenBy(node),
        ...(form?.nodes ?? []).flatMap(({ path }) => path[0] ?? []),
      ]
      for (const name of new Set(names)) {
        const known = writers.get(name)
        if (known) known.push(node)
        else writers.set(name, [node])
      }
      if (takesAnything(node)) openNodes.push(node)
    }
  const written = new Set([
    ...writers.keys(),
    ...forms.flatMap(({ form }) => form.nodes.flatMap(({ path }) => path[0] ?? [])),
  ])
  return { read, written, writers, openNodes, isOpen }
}

/** The form whose answers an element writes. */
function formIdOf(node: FlowNode, process: ProcessDefinition): string | null {
  if (node.type === 'bpmn:UserTask') return node.own.form?.formId ?? null
  const trigger = 'trigger' in node.own ? node.own.trigger : null
  if (trigger?.kind === 'message') return trigger.action?.formId ?? null
  return node.id === process.scopes[process.id]?.startEventId ? (process.startForm?.formId ?? null) : null
}

const headOf = (target: IoMapping['target']): string => target.split('.')[0]!

function writtenBy(node: FlowNode): string[] {
  const { multiInstance } = node
  const names = [multiInstance?.inputElement ?? [], multiInstance?.outputCollection ?? []].flat()
  if ('resultVariable' in node.own) names.push(node.own.resultVariable)
  if (node.type === 'bpmn:AdHocSubProcess') names.push(...[node.own.outputCollection ?? []].flat())
  const job = jobTypeOf(node)
  if (job !== null && Object.hasOwn(HOUSE_JOBS, job)) names.push(...HOUSE_JOBS[job]!)
  return names
}

/** Whether what a client sends with it goes into the case as it is. */
function takesAnything(node: FlowNode): boolean {
  if (node.outputs.length > 0) return false
  if (node.type === 'bpmn:CallActivity' || node.type === 'bpmn:SendTask') return true
  if ('job' in node.own && node.own.job !== null) return true
  if (node.type === 'bpmn:ServiceTask') {
    const job = jobTypeOf(node)
    return job === null || !Object.hasOwn(HOUSE_JOBS, job)
  }
  const trigger = 'trigger' in node.own ? node.own.trigger : null
  if (trigger?.kind === 'message') return trigger.action === null
  return trigger?.kind === 'signal' || trigger?.kind === 'error' || trigger?.kind === 'escalation'
}
