/** One line of `npm run bench`: what was measured and what it should reach. */
export interface Figure {
  /** As in the list of figures: `P1`. */
  readonly name: string
  readonly value: number
  /** A bound as text: `>=150`, `<=180`. */
  readonly goal: `>=${number}` | `<=${number}`
  /** What the number is, when it is not a plain ratio: `kB`. */
  readonly unit?: string
}

/** `P1 312.4 goal>=150 ok`; `miss` in place of `ok` when the goal is not reached. */
export function figureLine({ name, value, goal, unit }: Figure): string {
  const bound = Number(goal.slice(2))
  const reached = goal.startsWith('>=') ? value >= bound : value <= bound
  const shown = value >= 100 ? value.toFixed(1) : value.toFixed(2)
  return `${name} ${shown}${unit ? ` ${unit}` : ''} goal${goal} ${reached ? 'ok' : 'miss'}`
}
