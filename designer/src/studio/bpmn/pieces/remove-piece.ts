import type { Connection, Element, Shape } from 'bpmn-js/lib/model/Types'
import type { CommandStack, Modeling } from '../services.ts'
import { clearedRows, type DictionaryPatch } from './dictionary-patch.ts'
import type { PiecesPackage } from './host.ts'
import { flowsIn, flowsOut, groupOf, mainFlow } from './model-walk.ts'

/**
 * What only `element` needs: what its piece put beside it (ids that begin with its own), and what hangs on it with the
 * steps that only that leads to.
 */
export function belongingsOf(element: Shape): Shape[] {
  const [, ...beside] = groupOf(element)
  const own = new Set<Shape>(beside)
  for (const member of [element, ...own])
    for (const event of (member.attachers ?? []) as Shape[]) {
      own.add(event)
      for (const one of branchOf(event)) own.add(one)
    }
  return [...own]
}

/** Steps that only a boundary event leads to, up to their end. */
function branchOf(event: Shape): Shape[] {
  const branch = new Set<Shape>([event])
  for (let grown = true; grown; ) {
    grown = false
    for (const member of [...branch])
      for (const target of flowsOut(member).map((flow) => flow.target as Shape))
        if (!branch.has(target) && flowsIn(target).every((flow) => branch.has(flow.source as Shape))) {
          branch.add(target)
          grown = true
        }
  }
  branch.delete(event)
  return [...branch]
}

interface RemoveContext {
  readonly element: Shape
  readonly elements: readonly Shape[]
  readonly fieldKeys: readonly string[]
}

/** Command `pieces.remove`: takes a step out, with what belongs to it, and closes the way. */
export class RemovePieceHandler {
  static readonly $inject = ['modeling', 'commandStack', 'piecesPackage'] as const
  private readonly modeling: Modeling
  private readonly commandStack: CommandStack
  private readonly around: PiecesPackage

  constructor(modeling: Modeling, commandStack: CommandStack, around: PiecesPackage) {
    this.modeling = modeling
    this.commandStack = commandStack
    this.around = around
  }

  preExecute({ element, elements, fieldKeys }: RemoveContext): void {
    const going = new Set<Element>([element, ...elements])
    const onward = wayOn(element, going)
    const leading = [...going].flatMap((one) => flowsIn(one)).filter((flow) => !going.has(flow.source as Element))
    if (onward)
      for (const flow of leading) {
        if (flow.source === onward || flowsOut(flow.source as Shape).some((one) => one.target === onward)) continue
        this.modeling.reconnectEnd(flow, onward, { x: onward.x, y: onward.y + onward.height / 2 })
        this.modeling.layoutConnection(flow)
      }
    this.modeling.removeElements([...going])
    const access = this.around.host?.dictionary().access ?? {}
    const patch: DictionaryPatch = {
      drop: fieldKeys,
      cells: clearedRows(
        access,
        [...going].map((one) => one.id),
      ),
    }
    this.commandStack.execute('pieces.dictionary', { patch })
  }
}

/** Where the case goes when these elements are gone: the first element on the usual way that stays. */
function wayOn(element: Shape, going: ReadonlySet<Element>): Shape | null {
  const seen = new Set<Element>()
  let current: Shape = element
  while (going.has(current)) {
    if (seen.has(current)) return null
    seen.add(current)
    const flows: Connection[] = flowsOut(current)
    const main = mainFlow(current)
    const next = [main, ...flows].find((flow) => flow && !seen.has(flow.target as Element))
    if (!next) return null
    current = next.target as Shape
  }
  return current
}
