/** A node of the tree of an expression; names are those of the grammar that the editors colour by (lezer-feel). */
export class SyntaxNode {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly children: readonly SyntaxNode[]
  parent: SyntaxNode | null = null

  constructor(name: string, from: number, to: number, children: readonly SyntaxNode[] = []) {
    this.name = name
    this.from = from
    this.to = to
    this.children = children
    for (const child of children) child.parent = this
  }

  get firstChild(): SyntaxNode | null {
    return this.children[0] ?? null
  }
}

export class FeelSyntaxError extends Error {
  /** Offset of the first character that cannot be read. */
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}
