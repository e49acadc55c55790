import type { Random } from '../faults/random.ts'
import type { Schema } from './document.ts'
import { type Known, textFor } from './known.ts'
import { resources } from './world.ts'

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** Entries that searches filter by, and what may stand for a value. */
const filters = ['state', 'name', 'processInstanceKey', 'processDefinitionId', 'elementId', 'type', 'value', 'priority']
const operators = ['$eq', '$neq', '$in', '$notIn', '$like', '$gt', '$lte', '$exists', '$or']

/** Workers that wait are tried elsewhere: here each would hold a line for seconds, and so would those that name no time. */
const WAIT = 'requestTimeout'

/** Values that a schema allows, with real names and keys in the fields that hold them. */
export class Values {
  readonly #random: Random
  readonly #known: Known

  constructor(random: Random, known: Known) {
    this.#random = random
    this.#known = known
  }

  /** A value that fits; `field` is the name it stands under. */
  of(schema: Schema, field = '', depth = 0): Json {
    const random = this.#random
    if (field === WAIT) return random.pick([-1, 1, 20])!
    if (schema.const !== undefined) return schema.const as Json
    if (schema.anyOf !== undefined) return this.of(random.pick(schema.anyOf)!, field, depth)
    switch (schema.type) {
      case 'null':
        return null
      case 'boolean':
        return random.chance(0.5)
      case 'integer':
      case 'number':
        return this.#number(schema)
      case 'string':
        return this.#text(schema, field)
      case 'array': {
        const least = schema.minItems ?? 0
        const length = Math.min(schema.maxItems ?? 3, random.between(least, Math.max(least, 3)))
        return Array.from({ length }, () => this.of(schema.items ?? {}, field, depth + 1))
      }
      case 'object':
        return this.#object(schema, field, depth)
      default:
        return this.any(2)
    }
  }

  /** Any JSON value. */
  any(depth: number): Json {
    const random = this.#random
    const kind = random.between(0, depth > 0 ? 7 : 5)
    if (kind === 6) return Array.from({ length: random.between(0, 3) }, () => this.any(depth - 1))
    if (kind === 7) return { subject: this.any(depth - 1), [textFor(random, this.#known, 'name')]: this.any(depth - 1) }
    return [null, true, random.between(-5, 1000), random.next() * 1e6, 'x', textFor(random, this.#known, '')][kind]!
  }

  #number({ minimum = 0, maximum = minimum + 1000 }: Schema): number {
    return this.#random.between(Math.max(minimum, 0), Math.min(maximum, minimum + 1000))
  }

  #text({ minLength = 0, maxLength = 1000, pattern, format }: Schema, field: string): string {
    const random = this.#random
    if (pattern === '^[0-9]{1,16}$') return /key/i.test(field) ? textFor(random, this.#known, field) : '1'
    if (format === 'date-time') return '2026-03-02T01:00:00Z'
    if (field === 'text') return random.pick(resources)!.text.slice(0, maxLength)
    return textFor(random, this.#known, field).padEnd(minLength, 'x').slice(0, maxLength)
  }

  #object(schema: Schema, field: string, depth: number): Json {
    const random = this.#random
    const { properties, patternProperties, required = [] } = schema
    if (properties === undefined && patternProperties === undefined) return { subject: 'x' }
    if (properties === undefined) return this.#record(Object.values(patternProperties!)[0]!, field, depth)
    const entries: [string, Json][] = []
    for (const [name, inner] of Object.entries(properties))
      if (required.includes(name) || name === WAIT || random.chance(depth > 2 ? 0.2 : 0.5))
        entries.push([name, this.of(inner, name, depth + 1)])
    return Object.fromEntries(entries)
  }

  #record(inner: Schema, field: string, depth: number): Json {
    const random = this.#random
    const names =
      field === 'filter' ? [random.pick(filters)!] : field === 'answers' ? ['subject', 'report'] : ['subject', 'ref']
    return Object.fromEntries(
      names
        .filter(() => random.chance(0.8))
        .map((name) => [name, field === 'filter' ? this.#filter(name) : this.of(inner, name, depth + 1)]),
    )
  }

  #filter(name: string): Json {
    const random = this.#random
    const value = textFor(random, this.#known, name)
    if (random.chance(0.5)) return value
    const operator = random.pick(operators)!
    return {
      [operator]: operator.endsWith('n') || operator === '$or' ? [value] : operator === '$exists' ? true : value,
    }
  }
}
