import type { Env } from './env.ts'
import type { Scope } from './scope.ts'
import type { SyntaxNode } from './syntax.ts'
import type { FeelValue } from './value.ts'

/** A piece of an expression, compiled: a function of the evaluation it takes part in. */
export type Code = (env: Env) => FeelValue

/** What the compilers of the families of nodes are given; made in `compile.ts`. */
export interface Compiler {
  /** Compiles a node of any family. Throws `FeelSyntaxError`. */
  code(node: SyntaxNode, scope: Scope): Code
  /** The text of a node. */
  text(node: SyntaxNode): string
  /** The name a node writes, in the spelling by which names that are bound are matched. */
  nameOf(node: SyntaxNode): string
  /** The same as a context has it: as the model writes it if it says that there is such a name, else as written here. */
  keyOf(node: SyntaxNode): string
  /** The number that a name of the context has in `env.globals`; notes the path that is read, for the "why". */
  global(path: readonly string[], scope: Scope): number
  /** Whether the model says that the context has this name. */
  isGiven(name: string): boolean
}

/** Compiles the nodes of one family. Throws `FeelSyntaxError`. */
export type Family = (node: SyntaxNode, scope: Scope, compiler: Compiler) => Code
