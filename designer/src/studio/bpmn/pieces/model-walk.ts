import type { Connection, Element, Shape } from 'bpmn-js/lib/model/Types'
import { extensionOf, isFlow, isType, objectOf } from './extension.ts'
import type { StepBefore } from './piece-context.ts'

/** Where a piece goes: on a flow, after an element, or free on the canvas. */
export type Spot =
  | { readonly kind: 'flow'; readonly flow: Connection }
  | { readonly kind: 'after'; readonly source: Shape; readonly asBranch: boolean }
  | { readonly kind: 'free' }

const linesOf = (lines: unknown): Connection[] => (lines ?? []) as Connection[]
export const flowsIn = (element: Element): Connection[] => linesOf(element.incoming).filter(isFlow)
export const flowsOut = (element: Element): Connection[] => linesOf(element.outgoing).filter(isFlow)

/** The way a case usually takes out of an element: the flow on its row, to the right; else the first. */
export function mainFlow(element: Element): Connection | undefined {
  const flows = flowsOut(element)
  const { x, y, height } = element as Shape
  const middle = y + height / 2
  return (
    flows.find((flow) => {
      const target = flow.target as Shape
      return target.x > x && Math.abs(target.y + target.height / 2 - middle) < 20
    }) ??
    flows.find((flow) => (flow.target as Shape).x > x) ??
    flows[0]
  )
}

/** Where a piece goes that is appended to this element: after the whole of the piece that it stands for. */
export function spotAfter(element: Element): Spot {
  if (isFlow(element)) return { kind: 'flow', flow: element as Connection }
  if (isType(element, 'bpmn:EndEvent')) {
    const [flow] = flowsIn(element)
    return flow ? { kind: 'flow', flow } : { kind: 'free' }
  }
  if (!isType(element, 'bpmn:FlowNode')) return { kind: 'free' }
  const shape = element as Shape
  // A gateway that opens one way only is waiting for another.
  if (isType(element, 'bpmn:Gateway') && flowsIn(element).length <= 1 && flowsOut(element).length <= 1)
    return { kind: 'after', source: shape, asBranch: flowsOut(element).length > 0 }
  const group = groupOf(shape)
  const leaving = group.flatMap(flowsOut).filter((flow) => !group.includes(flow.target as Shape))
  const onward = leaving.filter((flow) => mainFlow(flow.source as Shape) === flow)
  const flow = onward.find((one) => (one.target as Shape).x > (one.source as Shape).x) ?? onward[0] ?? leaving[0]
  if (flow) return { kind: 'flow', flow }
  const last = group.findLast((one) => flowsOut(one).length === 0 && !isType(one, 'bpmn:EndEvent')) ?? shape
  return { kind: 'after', source: last, asBranch: false }
}

/** An element and what its piece put beside it: ids that begin with its own. Nothing that hangs on a step. */
export function groupOf(element: Shape): Shape[] {
  const beside = ((element.parent as Shape).children as Shape[]).filter(
    (one) => one.id.startsWith(`${element.id}_`) && isType(one, 'bpmn:FlowNode') && one.type !== 'label',
  )
  return [element, ...beside]
}

/** Where a piece goes when nothing is chosen: before the end of the usual way from the start of this scope. */
export function spotAtEnd(scope: Element): Spot {
  const children = (scope as Shape).children as Element[]
  const start = children.find((one) => isType(one, 'bpmn:StartEvent') && !objectOf(one).eventDefinitions?.length)
  if (!start) {
    const inner = children.find((one) => isType(one, 'bpmn:Participant') && (one as Shape).children.length > 0)
    return inner ? spotAtEnd(inner) : { kind: 'free' }
  }
  const seen = new Set<Element>()
  let current = start
  for (;;) {
    seen.add(current)
    const flow = mainFlow(current)
    if (!flow) return { kind: 'after', source: current as Shape, asBranch: false }
    const target = flow.target as Shape
    if (isType(target, 'bpmn:EndEvent')) return { kind: 'flow', flow }
    if (seen.has(target)) return { kind: 'flow', flow }
    current = target
  }
}

/** An end event of the scope that nothing leads to: what follows a piece that is appended to the last element. */
export function looseEnd(scope: Element): Shape | null {
  const ends = ((scope as Shape).children as Element[]).filter(
    (one) => isType(one, 'bpmn:EndEvent') && (one as Shape).type !== 'label' && flowsIn(one).length === 0,
  )
  return ends.length === 1 ? (ends[0] as Shape) : null
}

/** The step people did last before `element`, itself included; the start when there is none between. */
export function stepBefore(element: Element): StepBefore | null {
  const seen = new Set<Element>([element])
  let row: Element[] = [element]
  while (row.length > 0) {
    for (const one of row) {
      const step = stepOf(one)
      if (step) return step
    }
    const next: Element[] = []
    for (const one of row)
      for (const source of isType(one, 'bpmn:BoundaryEvent')
        ? [(one as Shape).host as unknown as Element]
        : flowsIn(one).map((flow) => flow.source as Element))
        if (source && !seen.has(source)) {
          seen.add(source)
          next.push(source)
        }
    row = next
  }
  return null
}

function stepOf(element: Element): StepBefore | null {
  const bo = objectOf(element)
  const { id } = bo as { id: string }
  if (isType(element, 'bpmn:UserTask'))
    return {
      id,
      kind: 'task',
      candidateGroups: staticText(extensionOf(bo, 'zeebe:AssignmentDefinition')?.candidateGroups),
    }
  if (isType(element, 'bpmn:StartEvent') && isType(element.parent as Element, 'bpmn:SubProcess') === false)
    return { id, kind: 'start', candidateGroups: staticText(extensionOf(bo, 'bihuan:Starters')?.candidateGroups) }
  return null
}

const staticText = (text: unknown): string | null =>
  typeof text === 'string' && text.trim() !== '' && !text.trim().startsWith('=') ? text : null
