import type { KnownNames } from './known-names.ts'
import { type Token, tokenAt, unreadable } from './lexer.ts'
import { FeelSyntaxError, SyntaxNode } from './node.ts'

/** Tokens that may be read, those read again among them. */
const MOST_READ = 30_000
/** Nesting that the recursive walks of this folder accept. */
const MAX_DEPTH = 200

/** Goes through the tokens of a text; what all parts of the parser need. */
export class Reader {
  readonly source: string
  names: KnownNames
  token: Token
  /** Whether the upper end of an interval is read: a `[` may close it. */
  inInterval = false
  #depth = 0
  #read = 0

  readonly #expression: (reader: Reader) => SyntaxNode

  /** @param expression reads a whole expression: lists, contexts and functions have some in them */
  constructor(source: string, names: KnownNames, expression: (reader: Reader) => SyntaxNode) {
    this.#expression = expression
    this.source = source
    this.names = names
    this.token = tokenAt(source, 0)
  }

  expression(): SyntaxNode {
    return this.#expression(this)
  }

  /** Whether the token is this word or sign. */
  is(text: string): boolean {
    return this.token.text === text && this.token.kind !== 'string' && this.token.kind !== 'quoted'
  }

  /** The token as a node of that name; the next one is read. */
  take(name: string = this.token.text): SyntaxNode {
    const { from, to } = this.token
    this.moveTo(to)
    return new SyntaxNode(name, from, to)
  }

  /** Takes this word or sign. Throws where another stands. */
  expect(text: string): SyntaxNode {
    if (!this.is(text)) throw this.fault()
    return this.take()
  }

  fault(): FeelSyntaxError {
    return unreadable(this.source, this.token.from)
  }

  tooDeep(): FeelSyntaxError {
    return new FeelSyntaxError('the expression is nested too deeply', this.token.from)
  }

  moveTo(offset: number): void {
    this.#read += 1
    if (this.#read > MOST_READ) throw this.tooDeep()
    this.token = tokenAt(this.source, offset)
  }

  /** What `read` gives, or null and back at the same place when it cannot be read. */
  attempt<T>(read: () => T): T | null {
    const { token, names, inInterval } = this
    const depth = this.#depth
    try {
      return read()
    } catch (error) {
      if (!(error instanceof FeelSyntaxError) || this.#read > MOST_READ) throw error
      this.token = token
      this.names = names
      this.inInterval = inInterval
      this.#depth = depth
      return null
    }
  }

  /** Counts the nesting. */
  within<T>(read: () => T): T {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw this.tooDeep()
    const result = read()
    this.#depth -= 1
    return result
  }

  /** Reads where more names are known. */
  knowing<T>(names: KnownNames, read: () => T): T {
    const outer = this.names
    this.names = names
    const result = read()
    this.names = outer
    return result
  }

  insideInterval<T>(read: () => T): T {
    return this.#interval(true, read)
  }

  /** In brackets of its own, where `[` closes nothing. */
  outsideInterval<T>(read: () => T): T {
    return this.#interval(false, read)
  }

  #interval<T>(inside: boolean, read: () => T): T {
    const outer = this.inInterval
    this.inInterval = inside
    const result = read()
    this.inInterval = outer
    return result
  }

  /** A node around the items between brackets, the token being the one that closes; an empty one where there are none. */
  group(name: string, items: readonly SyntaxNode[], open: SyntaxNode): SyntaxNode {
    return items.length === 0 ? new SyntaxNode(name, open.to, this.token.from) : around(name, items)
  }

  /** Items with commas between them, up to `end`, which is left. */
  list(end: string, read: () => SyntaxNode): SyntaxNode[] {
    const items: SyntaxNode[] = []
    if (this.is(end)) return items
    for (;;) {
      items.push(read())
      if (!this.is(',')) return items
      this.take()
    }
  }
}

/** A node around others, from the first to the last of them. */
export const around = (name: string, children: readonly SyntaxNode[]): SyntaxNode =>
  new SyntaxNode(name, children[0]!.from, children.at(-1)!.to, children)
