import type { Code, Family } from '../code.ts'
import type { Env } from '../env.ts'
import { childrenOf, FeelSyntaxError } from '../syntax.ts'
import { FeelFunction, type FeelValue } from '../value.ts'
import { type Conversion, conversionTo } from './type.ts'

interface Definition {
  readonly parameters: readonly string[]
  readonly conversions: readonly (Conversion | null)[]
  readonly body: Code
  /** Slot of the first parameter. */
  readonly slot: number
  /** Units of work of a call, by the size of the body. */
  readonly work: number
}

/** A function with the values that names had where it was written. */
export class Closure extends FeelFunction {
  readonly #frame: FeelValue[]

  constructor(definition: Definition, env: Env) {
    env.work(1 + definition.slot)
    const frame = env.frame.slice(0, definition.slot)
    const { globals } = env
    super(definition.parameters, (args, caller) => run(definition, frame, globals, args, caller))
    this.#frame = frame
  }

  /** Lets it know a value that came to be after it: itself, by its name. */
  knows(slot: number, value: FeelValue): void {
    this.#frame[slot] = value
  }
}

function run(
  definition: Definition,
  captured: readonly FeelValue[],
  globals: Env['globals'],
  args: readonly FeelValue[],
  env: Env,
): FeelValue {
  const { parameters, conversions, body, slot } = definition
  if (args.length !== parameters.length) return null
  env.work(definition.work + captured.length)
  const frame = captured.slice()
  for (let index = 0; index < args.length; index += 1) {
    const convert = conversions[index]
    const arg = convert ? convert(args[index]!, env) : args[index]!
    if (arg === undefined) return env.unlike('function', args[index]!, args[index]!)
    frame[slot + index] = arg
  }
  const outer = env.frame
  const outside = env.globals
  env.frame = frame
  env.globals = globals
  const result = body(env)
  env.frame = outer
  env.globals = outside
  return result
}

/** `function(a, b: number) a + b` (grammar rule 55, DMN 1.5 §10.3.2.13.1); a value, and called with its own budget. */
export const functionDefinition: Family = (node, scope, compiler) => {
  const parts = childrenOf(node)
  const external = parts.find((part) => part.name === 'external')
  if (external) throw new FeelSyntaxError('functions written in other languages cannot be called', external.from)
  const written = parts.find((part) => part.name === 'FormalParameters')
  const declared = written ? childrenOf(written) : []
  const body = parts.at(-1)!
  let inner = scope
  const parameters: string[] = []
  const conversions: (Conversion | null)[] = []
  for (const parameter of declared) {
    const [name, type] = childrenOf(parameter)
    parameters.push(compiler.nameOf(name!.firstChild!))
    conversions.push(type ? conversionTo(type, compiler) : null)
    inner = inner.bind(parameters.at(-1)!)
  }
  const definition: Definition = {
    parameters,
    conversions,
    body: compiler.code(childrenOf(body)[0]!, inner),
    slot: scope.size,
    work: 1 + ((body.to - body.from) >> 2),
  }
  return (env) => new Closure(definition, env)
}
