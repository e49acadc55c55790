import { parser, trackVariables } from 'lezer-feel'
import { builtins } from '../../src/feel/builtin/all.ts'
import { FeelSyntaxError, parse, type SyntaxNode, type Top } from '../../src/feel/syntax.ts'

/** A tree as lines `name from to`, in the order of the text; null where the text is refused. */
export type Lines = readonly string[] | null

/** The names of functions, but `not`: as a name it would hide the word of a negated cell from lezer-feel. */
const known = Object.fromEntries([...builtins.keys()].filter((name) => name !== 'not').map((name) => [name, 1]))
const theirParser = parser.configure({ dialect: 'camunda', contextTracker: trackVariables(known) })
const parsers = { Expression: theirParser, UnaryTests: theirParser.configure({ top: 'UnaryTests' }) }

/** The tree that lezer-feel makes in the dialect of Camunda. */
export function theirTree(source: string, top: Top): Lines {
  const lines: string[] = []
  const cursor = parsers[top].parse(source).cursor()
  do {
    if (cursor.type.isError) return null
    lines.push(`${cursor.name} ${cursor.from} ${cursor.to}`)
  } while (cursor.next())
  return lines
}

/** The tree that the engine makes. */
export function ourTree(source: string, top: Top): Lines {
  const lines: string[] = []
  const visit = (node: SyntaxNode): void => {
    lines.push(`${node.name} ${node.from} ${node.to}`)
    node.children.forEach(visit)
  }
  try {
    visit(parse(source, top, []))
    return lines
  } catch (error) {
    if (error instanceof FeelSyntaxError) return null
    throw error
  }
}

/** Where the engine reads a text otherwise than lezer-feel, on purpose. */
export interface Difference {
  readonly name: string
  /** What makes lezer-feel wrong. */
  readonly because: string
  /** How many expressions of the table show it. */
  readonly count: number
  /** Whether a text that is read in two ways shows this one. */
  readonly shows: (source: string, ours: Lines, theirs: Lines) => boolean
}

const withoutComments = (lines: Lines): string | undefined =>
  lines?.filter((line) => !/^(?:Line|Block)Comment /.test(line)).join()

/** All differences; the first that a text shows counts. */
export const differences: readonly Difference[] = [
  {
    name: 'comments',
    because: 'lezer-feel keeps them as nodes for the editors; to the grammar (§10.3.1.2) they are blanks',
    count: 16,
    shows: (_, ours, theirs) => ours !== null && ours.join() === withoutComments(theirs),
  },
  {
    name: '`in` before `and` and `or`',
    because:
      '§10.3.1.2, textual expression: or, and, comparison stand from the loosest to the tightest, and `in` is a comparison',
    count: 16,
    shows: (source, ours, theirs) => ours !== null && theirs !== null && / in [\s\S]* (?:and|or) /.test(source),
  },
  {
    name: 'days and time duration',
    because: '§10.3.2.3: it is the name of a type; lezer-feel reads `(x instance of days) and …`',
    count: 4,
    shows: (source, ours, theirs) => ours !== null && theirs !== null && source.includes('days and time duration'),
  },
  {
    name: 'types of ranges and of contexts',
    because: '§10.3.1.2, type: there are `range<…>` and `context<…>`; lezer-feel refuses them',
    count: 18,
    shows: (source, ours, theirs) => ours !== null && theirs === null && /(?:range|context)</.test(source),
  },
  {
    name: 'backticks where a name is bound',
    because: 'FEEL of Camunda 8, "variable names": what a name in backticks reads can also be bound',
    count: 3,
    shows: (source, ours, theirs) => ours !== null && theirs === null && /`[^`]+`(?: in|:|\))/.test(source),
  },
  {
    name: 'operators that are none',
    because:
      '§10.3.1.2, comparison and arithmetic expression: no `==`, `=>`, `=<`, `<>`, `^` or `->`, and no test is an operand',
    count: 15,
    shows: (source, ours, theirs) => ours === null && theirs !== null && /==|=>|=<|<>|\^|->|[+<] <|``/.test(source),
  },
]
