import { type ModdleElement, parseModel } from '../compile/parse-model.ts'
import { extensionsOf } from '../compile/reader.ts'
import type { Step } from './files.ts'

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const listOf = (value: unknown): readonly ModdleElement[] => (Array.isArray(value) ? (value as ModdleElement[]) : [])

/**
 * The steps of a model that people fill or read: none start events with a form or starters, user tasks, and elements
 * with an act of the case. In the order of the process: along the flows from its start (of two ways the one drawn
 * first), into sub-processes where they stand, then what no flow reaches, in drawn order. Reads half-drawn models too;
 * a text that is no BPMN has no steps.
 */
export async function readSteps(xml: string, resource: string): Promise<Step[]> {
  return listOf((await parseModel(xml))?.rootElements)
    .filter((root) => root.$type === 'bpmn:Process')
    .flatMap((process) => walk(process))
    .flatMap((element) => stepOf(element, resource) ?? [])
}

/** Flow nodes of a scope in the order of the process. */
function walk(scope: ModdleElement): ModdleElement[] {
  const nodes = listOf(scope.flowElements).filter(({ $type }) => $type !== 'bpmn:SequenceFlow')
  const flows = listOf(scope.flowElements).filter(({ $type }) => $type === 'bpmn:SequenceFlow')
  const next = new Map<unknown, ModdleElement[]>()
  for (const { sourceRef, targetRef } of flows) {
    if (!sourceRef || !targetRef) continue
    const after = next.get(sourceRef)
    if (after) after.push(targetRef as ModdleElement)
    else next.set(sourceRef, [targetRef as ModdleElement])
  }
  // What hangs at an activity comes right after it.
  const attached = (node: ModdleElement) => nodes.filter((one) => one.attachedToRef === node)
  const order = new Set<ModdleElement>()
  const isEventSubProcess = (node: ModdleElement) => node.triggeredByEvent === true
  // Breadth first: an act on a long way round does not come before the straight way.
  const follow = (from: readonly ModdleElement[]) => {
    const queue = [...from]
    for (let node = queue.shift(); node; node = queue.shift()) {
      if (order.has(node)) continue
      order.add(node)
      queue.unshift(...attached(node).filter((one) => !order.has(one)))
      queue.push(...(next.get(node) ?? []).filter((one) => !order.has(one)))
    }
  }
  follow(nodes.filter((node) => node.$type === 'bpmn:StartEvent'))
  for (const node of nodes) if (!isEventSubProcess(node)) follow([node])
  follow(nodes.filter(isEventSubProcess))
  return [...order].flatMap((node) => [node, ...walk(node)])
}

function stepOf(element: ModdleElement, resource: string): Step | null {
  const elementId = textOf(element.id)
  if (elementId === null) return null
  const extension = (type: string) => extensionsOf(element).find((one) => one.$type === type)
  const form = textOf(extension('zeebe:FormDefinition')?.formId)
  const name = textOf(element.name) ?? elementId
  const action = extension('bihuan:CaseAction')
  if (action)
    return {
      elementId,
      resource,
      name: textOf(action.label) ?? name,
      kind: 'action',
      formId: textOf(action.formId),
      candidateGroups: textOf(action.candidateGroups),
    }
  if (element.$type === 'bpmn:UserTask')
    return {
      elementId,
      resource,
      name,
      kind: 'task',
      formId: form,
      candidateGroups: textOf(extension('zeebe:AssignmentDefinition')?.candidateGroups),
    }
  if (element.$type !== 'bpmn:StartEvent' || listOf(element.eventDefinitions).length > 0) return null
  const starters = extension('bihuan:Starters')
  if (!starters && form === null) return null
  return { elementId, resource, name, kind: 'start', formId: form, candidateGroups: textOf(starters?.candidateGroups) }
}
