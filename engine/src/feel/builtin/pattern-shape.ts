/** What a pattern costs, told by its text. */
export interface PatternShape {
  /** Steps of the program it becomes, counted repetitions written out. */
  readonly size: number
  /** Whether a search may look far beyond the match it finds: `a(.*x)?` looks for an `x` after every `a`. */
  readonly runsOn: boolean
}

const ATOM =
  /\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]|\((?:\?(?:P?<\w*>|[A-Za-z-]*:?))?|[\s\S]/y
const REPEAT = /(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/y

/** Reads a pattern as far as its costs go; one with faults has a shape too, and fails when it is compiled. */
export function shapeOf(source: string): PatternShape {
  /** Sizes of the groups that are open, the whole first. */
  const open = [0]
  let hasChoice = false
  let endless = 0
  let isEndlessLast = false
  for (let at = 0; at < source.length; ) {
    ATOM.lastIndex = at
    const atom = ATOM.exec(source)![0]
    at += atom.length
    if (atom.startsWith('(')) {
      open.push(2)
      continue
    }
    if (atom === '|') hasChoice = true
    const size = atom === ')' && open.length > 1 ? open.pop()! : 1
    REPEAT.lastIndex = at
    const repeat = REPEAT.exec(source)
    at += repeat?.[0].length ?? 0
    const isEndless = repeat !== null && (repeat[1] === '*' || repeat[1] === '+' || (repeat[3] === ',' && !repeat[4]))
    isEndlessLast = isEndless
    if (isEndless) endless += atom === ')' ? 2 : 1
    open[open.length - 1]! += size * timesOf(repeat) + 1
  }
  const isRunAtEnd = endless === 1 && isEndlessLast && !hasChoice
  return { size: open.reduce((sum, size) => sum + size, 0), runsOn: endless > 0 && !isRunAtEnd }
}

function timesOf(repeat: RegExpExecArray | null): number {
  if (repeat?.[2] === undefined) return 1
  return Math.max(1, Number(repeat[2]), Number(repeat[4] || 0))
}
