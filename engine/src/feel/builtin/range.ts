import { compare } from '../compare.ts'
import type { Env } from '../env.ts'
import { FeelRange, type FeelValue, isContext, isList } from '../value.ts'
import { type Builtin, builtin, type Family, isNil } from './builtin.ts'
import { parseRange } from './range-text.ts'

/**
 * An end of a range, or a point, on the line of all values. `nudge` sets the excluded start of a range just behind its
 * value and its excluded end just before it; open ends lie outside of all values.
 */
interface Mark {
  readonly value: FeelValue
  readonly nudge: -1 | 0 | 1
  readonly open: -1 | 0 | 1
}

/** Start and end; of a point both are itself. */
interface Span {
  readonly start: Mark
  readonly end: Mark
  readonly isPoint: boolean
}

class Unlike extends Error {}

function spanOf(value: FeelValue): Span {
  if (!(value instanceof FeelRange)) {
    const mark: Mark = { value, nudge: 0, open: 0 }
    return { start: mark, end: mark, isPoint: true }
  }
  return {
    start: { value: value.start, nudge: value.startIncluded ? 0 : 1, open: value.start === null ? -1 : 0 },
    end: { value: value.end, nudge: value.endIncluded ? 0 : -1, open: value.end === null ? 1 : 0 },
    isPoint: false,
  }
}

/** Below, at or above zero as `a` lies before, at or behind `b`. */
type Order = (a: Mark, b: Mark) => number

function orderIn(env: Env): Order {
  return (a, b) => {
    if (a.open !== 0 || b.open !== 0) return a.open - b.open
    const order = compare(a.value, b.value, env)
    if (order === null) throw new Unlike()
    return order || a.nudge - b.nudge
  }
}

type Relation = (a: Span, b: Span, order: Order) => boolean

/** What a relation may be asked of. */
type Shape = 'point, point' | 'point, range' | 'range, point' | 'range, range'

const before: Relation = (a, b, order) => order(a.end, b.start) < 0
const meets: Relation = (a, b, order) => order(a.end, b.start) === 0 && a.end.nudge === 0
const overlaps: Relation = (a, b, order) => order(a.end, b.start) >= 0 && order(b.end, a.start) >= 0
const overlapsBefore: Relation = (a, b, order) =>
  order(a.start, b.start) < 0 && order(a.end, b.start) >= 0 && order(a.end, b.end) <= 0
const includes: Relation = (a, b, order) => order(a.start, b.start) <= 0 && order(a.end, b.end) >= 0
const starts: Relation = (a, b, order) => order(a.start, b.start) === 0 && order(a.end, b.end) <= 0
const finishes: Relation = (a, b, order) => order(a.end, b.end) === 0 && order(a.start, b.start) >= 0
const coincides: Relation = (a, b, order) => order(a.start, b.start) === 0 && order(a.end, b.end) === 0

const inverse =
  (relation: Relation): Relation =>
  (a, b, order) =>
    relation(b, a, order)

const isScalar = (value: FeelValue): boolean => !isList(value) && !isContext(value)

/** The names of the two arguments of each shape: `range, point`, `point1, point2`. */
const namesOf = (shape: Shape): string => {
  const [a, b] = shape.split(', ')
  return a === b ? `${a}1, ${b}2` : shape
}

/** A relation of points and ranges as a function; null for a shape it has not, and for values without an order. */
const related = (name: string, shapes: readonly Shape[], relation: Relation): readonly [string, Builtin] =>
  builtin(name, shapes.map(namesOf), ([a, b], env) => {
    if (isNil(a) || isNil(b) || !isScalar(a) || !isScalar(b)) return null
    const [left, right] = [spanOf(a), spanOf(b)]
    const shape = `${left.isPoint ? 'point' : 'range'}, ${right.isPoint ? 'point' : 'range'}` as Shape
    if (!shapes.includes(shape)) return null
    try {
      return relation(left, right, orderIn(env))
    } catch (error) {
      if (error instanceof Unlike) return null
      throw error
    }
  })

const RANGES: readonly Shape[] = ['range, range']
const ALL: readonly Shape[] = ['point, point', 'point, range', 'range, point', 'range, range']

/** DMN 1.5 §10.3.4.11: Allen's relations of intervals, and of points with them. */
export const rangeFunctions: Family = [
  related('before', ALL, before),
  related('after', ALL, inverse(before)),
  related('meets', RANGES, meets),
  related('met by', RANGES, inverse(meets)),
  related('overlaps', RANGES, overlaps),
  related('overlaps before', RANGES, overlapsBefore),
  related('overlaps after', RANGES, inverse(overlapsBefore)),
  related('finishes', ['point, range', 'range, range'], finishes),
  related('finished by', ['range, point', 'range, range'], inverse(finishes)),
  related('includes', ['range, point', 'range, range'], includes),
  related('during', ['point, range', 'range, range'], inverse(includes)),
  related('starts', ['point, range', 'range, range'], starts),
  related('started by', ['range, point', 'range, range'], inverse(starts)),
  related('coincides', ['point, point', 'range, range'], coincides),
  builtin('range', 'from', ([from], env) => (typeof from === 'string' ? parseRange(from, env) : null)),
]
