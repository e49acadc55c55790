import type { Connection, Element, Shape } from 'bpmn-js/lib/model/Types'
import type { Point } from '../services.ts'
import { isType } from './extension.ts'
import { aboveAll, type Box } from './place.ts'

/** Boxes of the shapes in a scope: no labels, no flows, nothing that is attached. */
export function boxesIn(scope: Shape): Box[] {
  return (scope.children as Shape[]).filter(
    (one) => one.width !== undefined && one.type !== 'label' && !one.host && !isType(one, 'bpmn:Lane'),
  )
}

/** Whether a flow leads back on its own row: it must run above what stands between. */
export const isBackward = (source: Shape | undefined, target: Shape): boolean =>
  source !== undefined &&
  target.x < source.x &&
  Math.abs(target.y + target.height / 2 - source.y - source.height / 2) < 20

/** A way back above what stands between, beside other ways; null when the scope has no room or it leads on. */
export function wayBack(source: Shape, target: Shape): Point[] | null {
  const scope = source.parent as Shape
  const lines = (scope.children as Element[]).flatMap((one) => horizontals(one, target.x, source.x))
  const y = aboveAll(source, target, boxesIn(scope), lines)
  // The paper of a process, or of a sub-process that is drawn apart, has no edge.
  const hasRoom = scope.y === undefined || y > scope.y + 10
  if (!hasRoom || target.x >= source.x) return null
  return [
    { x: source.x + source.width / 2, y: source.y },
    { x: source.x + source.width / 2, y },
    { x: target.x + target.width / 2, y },
    { x: target.x + target.width / 2, y: target.y },
  ]
}

/** A way from below on the right to the bottom of a shape; null when the two do not stand so. */
export function wayUp(source: Shape, target: Shape): Point[] | null {
  const middle = { x: target.x + target.width / 2, y: source.y + source.height / 2 }
  if (middle.x >= source.x || target.y + target.height >= middle.y) return null
  return [{ x: source.x, y: middle.y }, middle, { x: middle.x, y: target.y + target.height }]
}

/** The level parts of the flows of a scope, as flat boxes: a shape should not stand on one. */
export function linesIn(scope: Shape): Box[] {
  return (scope.children as Element[]).flatMap((one) => {
    const points = ((one as Connection).waypoints ?? []) as readonly Point[]
    return points.slice(1).flatMap((point, index) => {
      const before = points[index]
      if (!before || Math.abs(before.y - point.y) > 1) return []
      return [{ x: Math.min(before.x, point.x), y: point.y - 8, width: Math.abs(point.x - before.x), height: 16 }]
    })
  })
}

/** Heights of the level parts of a flow between two places. */
function horizontals(element: Element, from: number, to: number): number[] {
  const points = (element as Connection).waypoints as readonly Point[] | undefined
  return (points ?? []).slice(1).flatMap((point, index) => {
    const before = points?.[index]
    if (!before || Math.abs(before.y - point.y) > 1) return []
    return Math.max(before.x, point.x) > from && Math.min(before.x, point.x) < to ? [point.y] : []
  })
}
