import { gzipSync } from 'node:zlib'
import { Random } from '../faults/random.ts'
import type { Operation } from './document.ts'
import { type Known, namedAt } from './known.ts'
import { multipart } from './part.ts'
import { brokenHttp } from './raw.ts'
import { contentTypes, oddText, spoilText, spoilValue } from './spoil.ts'
import { methods, strangeHeaders, strangeIds, strangeQueries } from './strange.ts'
import { type Json, Values } from './value.ts'
import type { CallerName } from './world.ts'

/** What is done to a request. */
export const kinds = [
  'fitting',
  'near',
  'text',
  'type',
  'id',
  'query',
  'header',
  'method',
  'caller',
  'cut',
  'raw',
] as const
export type Kind = (typeof kinds)[number]

/** A request that can be sent again as it was. */
export interface Planned {
  readonly kind: Kind
  readonly caller: CallerName
  readonly method: string
  /** Path and query as they stand on the line. */
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer | null
  /** The language asked for. */
  readonly language: 'zh-CN' | 'en'
  /** Bytes instead of all that; made when it is sent, since they hold who asks. */
  readonly raw: ((auth: readonly (readonly [string, string])[]) => readonly Buffer[]) | null
  /** Whether the line is cut in the middle of the body. */
  readonly isCut: boolean
}

type Headers = (readonly [name: string, value: string])[]

/** Callers that a policy lets through. */
const allowed: { readonly [policy: string]: readonly CallerName[] } = {
  public: ['nobody', 'clerk.east', 'client'],
  person: ['clerk.east', 'reviewer', 'designer', 'operator', 'sysadmin', 'auditor'],
  work: ['clerk.east', 'clerk.west', 'reviewer'],
  people: ['sysadmin', 'secadmin', 'auditor'],
  definitions: ['client', 'designer', 'clerk.east'],
  design: ['designer'],
  deploy: ['client', 'designer'],
  operate: ['client', 'operator'],
  audit: ['auditor'],
  archive: ['clerk.east', 'auditor'],
  tasks: ['client', 'clerk.east', 'reviewer'],
  client: ['client'],
  known: ['client', 'clerk.east', 'secadmin'],
}
const everyone: readonly CallerName[] = [
  'nobody',
  'client',
  'clerk.east',
  'clerk.west',
  'reviewer',
  'designer',
  'operator',
  'sysadmin',
  'secadmin',
  'auditor',
]

const JSON_TYPE = ['Content-Type', 'application/json'] as const
const languages = ['zh-CN', 'en'] as const
const CUT_AFTER = 3

/** What is refused whole keeps what was typed, by intent (E05): these requests may leave a draft. */
export const mayLeaveDraft = ({ raw, method, target }: Planned): boolean =>
  raw === null &&
  /^POST \/api\/(cases|tasks\/[^/]+\/complete|cases\/[^/]+\/actions\/[^/]+)(\?|$)/.test(`${method} ${target}`)

/** Makes requests out of the interface's description: fitting ones, and those with one thing wrong. */
export class Requests {
  readonly #operations: readonly Operation[]

  constructor(operations: readonly Operation[]) {
    this.#operations = operations
  }

  make(random: Random, known: Known, kind: Kind): Planned {
    const operation = this.#operation(random, kind)
    const base = this.#fitting(random, known, operation)
    switch (kind) {
      case 'fitting':
        return base
      case 'near':
        return this.#withBody(base, random, operation, (value) => spoilValue(random, value))
      case 'text': {
        const text = base.body?.toString('utf8') || '{"subject":"x","page":{"limit":1}}'
        const others = base.headers.filter(([name]) => name !== 'Content-Type')
        return { ...base, kind, body: spoilText(random, text), headers: [...others, JSON_TYPE] }
      }
      case 'type':
        return this.#withType(base, random)
      case 'id':
        return { ...base, kind, target: this.#target(random, known, operation, true, false) }
      case 'query':
        return { ...base, kind, target: this.#target(random, known, operation, false, true) }
      case 'header': {
        const added = [random.pick(strangeHeaders)!, ...(random.chance(0.3) ? [random.pick(strangeHeaders)!] : [])]
        const others = base.headers.filter(([name]) => !added.some((one) => one[0] === name))
        return { ...base, kind, headers: [...others, ...added] }
      }
      case 'method':
        return { ...base, kind, method: random.pick(methods)! }
      case 'caller':
        return { ...base, kind, caller: random.pick(everyone)! }
      case 'cut':
        return { ...base, kind, isCut: true }
      case 'raw': {
        const seed = random.between(0, 2 ** 31)
        return { ...base, kind, raw: (auth) => brokenHttp(new Random(seed), auth) }
      }
    }
  }

  #operation(random: Random, kind: Kind): Operation {
    for (;;) {
      const found = random.pick(this.#operations)!
      const isFit =
        kind === 'near' || kind === 'text' || kind === 'type' || kind === 'cut'
          ? found.body !== null
          : kind !== 'id' || found.parameters.length > 0
      // A password is hashed slowly on purpose: signing in is tried less often than the rest.
      const isSignIn = found.method === 'POST' && found.path === '/api/session'
      if (isFit && (!isSignIn || random.chance(0.1))) return found
    }
  }

  #fitting(random: Random, known: Known, operation: Operation): Planned {
    const language = random.pick(languages)!
    const from = `10.${random.between(0, 255)}.${random.between(0, 255)}.${random.between(1, 254)}`
    const headers: Headers = [
      ['Accept-Language', language],
      ['X-Forwarded-For', from],
    ]
    if (operation.isKeyed && random.chance(0.2)) headers.push(['Idempotency-Key', `k${random.between(0, 500)}`])
    const base: Planned = {
      kind: 'fitting',
      caller: random.pick(allowed[operation.policy] ?? everyone)!,
      method: operation.method,
      target: this.#target(random, known, operation, false, false),
      headers,
      body: null,
      language,
      raw: null,
      isCut: false,
    }
    if (operation.body === null) return base
    if (operation.body.type === 'multipart/form-data') {
      const { type, content } = multipart(random)
      return { ...base, headers: [...headers, ['Content-Type', type]], body: content }
    }
    const value = new Values(random, known).of(operation.body.schema)
    return {
      ...base,
      headers: [...headers, ['Content-Type', 'application/json']],
      body: Buffer.from(JSON.stringify(value)),
    }
  }

  #withBody(base: Planned, random: Random, { body }: Operation, change: (value: Json) => Json): Planned {
    if (body?.type !== 'application/json') return { ...base, kind: 'near', body: Buffer.from('{"x":1}') }
    const value = change(JSON.parse(base.body!.toString('utf8')))
    const twice = JSON.stringify(random.chance(0.2) ? change(value) : value)
    return { ...base, kind: 'near', body: random.chance(0.1) ? oddText(random, twice) : Buffer.from(twice) }
  }

  #withType(base: Planned, random: Random): Planned {
    const others = base.headers.filter(([name]) => name !== 'Content-Type')
    const body = base.body ?? Buffer.from('{}')
    if (random.chance(0.2)) {
      const headers: Headers = [...others, ['Content-Type', 'application/json'], ['Content-Encoding', 'gzip']]
      return { ...base, kind: 'type', headers, body: gzipSync(body) }
    }
    return { ...base, kind: 'type', headers: [...others, ['Content-Type', random.pick(contentTypes)!]], body }
  }

  #target(random: Random, known: Known, operation: Operation, ids: boolean, queries: boolean): string {
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      ids ? random.pick(strangeIds)! : encodeURIComponent(namedAt(random, known, operation.path, name)),
    )
    const wanted = queries ? [...operation.query, random.pick(['x', '__proto__', 'cursor', 'limit'])!] : operation.query
    const pairs = wanted
      .filter(() => random.chance(queries ? 0.9 : 0.3))
      .map((name) => `${name}=${queries ? random.pick(strangeQueries) : '1'}`)
    return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`
  }
}

/** The bytes of a request by whoever it is that asks. */
export function bytesOf(planned: Planned, auth: Headers): readonly Buffer[] {
  if (planned.raw !== null) return planned.raw(auth)
  const { method, target, headers, body, isCut } = planned
  const lines: Headers = [
    ['Host', 'bihuan.test'],
    ...auth.filter(([name]) => !headers.some((one) => one[0] === name)),
    ...headers,
  ]
  if (body !== null) lines.push(['Content-Length', String(body.length)])
  const head = `${method} ${target} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
  const first = Buffer.from(head, 'latin1')
  if (isCut && body !== null) return [first, body.subarray(0, Math.floor(body.length / CUT_AFTER))]
  return [body === null ? first : Buffer.concat([first, body])]
}
