import type { Expression } from '../../feel/index.ts'
import type { FlowNode, IoMapping } from '../../model/definition.ts'
import type { JudgedPackage } from '../judge.ts'

type Parts = Omit<JudgedPackage, 'problems'>

/** What the processes of a package do with variables, by their top-level names. */
export interface VariableUse {
  /** Read by any expression of a model, a decision or a form. */
  readonly read: ReadonlySet<string>
  /** Written by mappings, scripts, decisions, jobs, lists and forms. */
  readonly written: ReadonlySet<string>
  /** Something outside may write any name: a client's job, a message or start from another system. */
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
  const written = new Set<string>()
  let isOpen = false
  for (const { reads } of [...expressionsIn(processes), ...expressionsIn(decisions)])
    for (const [name] of reads) if (name !== undefined) read.add(name)
  for (const { form } of forms) {
    for (const [name] of form.reads) if (name !== undefined) read.add(name)
    for (const node of form.nodes) written.add(node.path[0]!)
  }
  for (const { process } of processes) {
    // A process that nobody starts is started by another system, with variables of its own.
    if (process.starters === null) isOpen = true
    for (const node of Object.values(process.nodes)) {
      for (const { target } of [...node.inputs, ...node.outputs]) written.add(headOf(target))
      for (const name of writtenBy(node)) written.add(name)
      if (takesAnything(node)) isOpen = true
    }
  }
  return { read, written, isOpen }
}

const headOf = (target: IoMapping['target']): string => target.split('.')[0]!

function writtenBy(node: FlowNode): string[] {
  const { multiInstance } = node
  const names = [multiInstance?.inputElement ?? [], multiInstance?.outputCollection ?? []].flat()
  if (node.type === 'bpmn:ScriptTask' || node.type === 'bpmn:BusinessRuleTask') names.push(node.own.resultVariable)
  const job = jobTypeOf(node)
  if (job !== null && Object.hasOwn(HOUSE_JOBS, job)) names.push(...HOUSE_JOBS[job]!)
  return names
}

/** Whether what a client sends with it goes into the case as it is. */
function takesAnything(node: FlowNode): boolean {
  if (node.outputs.length > 0) return false
  if (node.type === 'bpmn:ServiceTask') {
    const job = jobTypeOf(node)
    return job === null || !Object.hasOwn(HOUSE_JOBS, job)
  }
  const trigger = 'trigger' in node.own ? node.own.trigger : null
  return trigger?.kind === 'message' && trigger.action === null
}
