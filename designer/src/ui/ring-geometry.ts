/** One arc of a ring: an SVG path, drawn clockwise from twelve o'clock. */
export interface Arc {
  readonly path: string
  /** Stroke length in user units. */
  readonly length: number
}

/** Side of the square the ring is drawn in; the component scales it. */
export const RING_BOX = 100

const point = (centre: number, radius: number, angle: number): string => {
  const x = centre + radius * Math.sin(angle)
  const y = centre - radius * Math.cos(angle)
  return `${x.toFixed(2)} ${y.toFixed(2)}`
}

/**
 * Path of the part of a circle between two angles.
 * @param from start in radians, 0 at twelve o'clock, clockwise
 * @param to end in radians; at most one full turn after `from`
 */
export function arcBetween(from: number, to: number, radius: number): Arc {
  const centre = RING_BOX / 2
  const large = to - from > Math.PI ? 1 : 0
  return {
    path: `M${point(centre, radius, from)}A${radius} ${radius} 0 ${large} 1 ${point(centre, radius, to)}`,
    length: (to - from) * radius,
  }
}

/**
 * Divides a ring into as many arcs as a case has stages.
 * @param count number of stages, at least 1
 * @param radius radius of the middle of the stroke, in units of {@link RING_BOX}
 * @param gap open distance between two arcs along the circle, same units
 * @returns start and end angle of each arc; a single arc leaves one gap at twelve o'clock
 */
export function divide(count: number, radius: number, gap: number): { from: number; to: number }[] {
  const turn = Math.PI * 2
  const share = turn / count
  // Many stages must not be eaten by their gaps: an arc keeps at least half of its share.
  const half = Math.min(gap / radius, share / 2) / 2
  return Array.from({ length: count }, (_, index) => ({
    from: index * share + half,
    to: (index + 1) * share - half,
  }))
}
