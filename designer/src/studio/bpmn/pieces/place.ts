import { boundsOf, type Fragment, GAP } from './fragment.ts'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Placement {
  /** Where the middle of the fragment's entry comes to stand. */
  readonly x: number
  readonly y: number
  /** How far all that begins right of `start` moves first; null when there is room. */
  readonly push: { readonly start: number; readonly by: number } | null
}

const right = (box: Box) => box.x + box.width
const bottom = (box: Box) => box.y + box.height
const middle = (box: Box) => box.y + box.height / 2

const overlaps = (a: Box, b: Box) => a.x < right(b) && b.x < right(a) && a.y < bottom(b) && b.y < bottom(a)

/**
 * Where a fragment goes after `source`: to its right on the same row, before `target`. What follows moves right as far
 * as needed; past what begins left of that, the fragment itself goes further. `others` are the boxes of the same scope,
 * source and target among them.
 */
export function placeAfter(fragment: Fragment, source: Box, target: Box | null, others: readonly Box[]): Placement {
  const bounds = boundsOf(fragment)
  const width = bounds.right - bounds.left
  const y = middle(source)
  const start = right(source) + 1
  const roomAt = (left: number): Box => ({
    x: left - GAP / 2,
    y: y + bounds.top - GAP / 5,
    width: width + GAP,
    height: bounds.bottom - bounds.top + (2 * GAP) / 5,
  })
  const standing = others.filter((box) => box.x < start && box !== source && !contains(box, source))
  let left = right(source) + GAP
  for (let tries = 0; tries <= standing.length; tries += 1) {
    const blocked = standing.filter((box) => overlaps(roomAt(left), box))
    if (blocked.length === 0) break
    left = Math.max(...blocked.map(right)) + GAP
  }
  const room = roomAt(left)
  const isAhead = target !== null && target.x >= start
  let by = isAhead ? Math.max(0, left + width + GAP - target.x) : 0
  for (const box of others)
    if (box.x >= start && box !== target && overlaps(room, { ...box, x: box.x + by })) by = right(room) - box.x
  return { x: left - bounds.left, y, push: by > 0 ? { start, by } : null }
}

const contains = (outer: Box, inner: Box) =>
  outer.x <= inner.x && outer.y <= inner.y && right(outer) >= right(inner) && bottom(outer) >= bottom(inner)

/** Where a new branch of a gateway goes: to its right, below all that stands there. */
export function placeBelow(fragment: Fragment, source: Box, others: readonly Box[]): Placement {
  const bounds = boundsOf(fragment)
  const left = right(source) + GAP
  const column = others.filter(
    (box) => box !== source && right(box) > left && box.x < left + bounds.right - bounds.left && !contains(box, source),
  )
  const lowest = Math.max(middle(source), ...column.map(bottom))
  return { x: left - bounds.left, y: lowest + GAP / 2 - bounds.top, push: null }
}

/** How far below its place a fragment that hangs on a host must stand so that it covers nothing. */
export function dropBelow(area: Box, others: readonly Box[]): number {
  const step = 30
  let down = 0
  while (down < 40 * step && others.some((box) => overlaps({ ...area, y: area.y + down }, box))) down += step
  return down
}

/** Height of a way back from `from` to `to` that runs above all that stands between them on this row. */
export function aboveAll(from: Box, to: Box, others: readonly Box[], lines: readonly number[]): number {
  const [x1, x2] = [to.x, right(from)]
  const top = Math.min(from.y, to.y)
  const between = others.filter((box) => right(box) > x1 && box.x < x2 && bottom(box) > top - 120 && box.y < top + 40)
  let y = Math.min(top, ...between.map((box) => box.y)) - 30
  while (lines.some((line) => Math.abs(line - y) < 14)) y -= 20
  return y
}
