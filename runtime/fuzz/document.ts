/** A JSON Schema as the interface's description holds them. */
export interface Schema {
  readonly type?: string
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly properties?: { readonly [name: string]: Schema }
  readonly patternProperties?: { readonly [pattern: string]: Schema }
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly additionalProperties?: boolean | Schema
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
  readonly format?: string
}

/** One method at one address. */
export interface Operation {
  readonly method: string
  /** With `{name}` for parameters. */
  readonly path: string
  readonly policy: string
  readonly parameters: readonly string[]
  readonly query: readonly string[]
  readonly isKeyed: boolean
  readonly body: { readonly type: string; readonly schema: Schema } | null
}

interface Described {
  readonly 'x-policy': string
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: { readonly content: { readonly [type: string]: { readonly schema: Schema } } }
}

/** All operations of an OpenAPI document of this server, in its order. */
export function operationsOf(document: unknown): readonly Operation[] {
  const { paths } = document as { paths: { [path: string]: { [method: string]: Described } } }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody, ...described }]) => {
      const named = (place: string) => parameters.filter((one) => one.in === place).map(({ name }) => name)
      const [content] = Object.entries(requestBody?.content ?? {})
      return {
        method: method.toUpperCase(),
        path,
        policy: described['x-policy'],
        parameters: named('path'),
        query: named('query'),
        isKeyed: named('header').includes('Idempotency-Key'),
        body: content === undefined ? null : { type: content[0], schema: content[1].schema },
      }
    }),
  )
}
