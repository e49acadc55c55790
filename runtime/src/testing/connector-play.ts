import { chmodSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Variables } from '@bihuan/engine'
import { io, line, model, node } from '@bihuan/engine/testing'
import { asc } from 'drizzle-orm'
import type { Connectors } from '../connector/connectors.ts'
import { Egress, type Resolve, readEgress } from '../connector/egress.ts'
import { callLimits } from '../connector/http-call.ts'
import { makeConnectors } from '../connector/make-connectors.ts'
import { Secrets } from '../connector/secrets.ts'
import type { Row } from '../db/schema/index.ts'
import type { HostOptions } from '../host/open.ts'
import { type TemporaryHost, temporaryHost } from './open.ts'
import type { Place } from './place.ts'

/** A request as a target received it. */
export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** A real server on this machine that answers as it is told, and remembers what came. */
export class Target {
  readonly received: Received[] = []
  readonly #server: Server
  answer: (response: ServerResponse, request: Received) => void = (response) => response.end()

  constructor() {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const { method = '', url: path = '', headers } = request
      const received = { method, path, headers, body: Buffer.concat(chunks).toString() }
      this.received.push(received)
      this.answer(response, received)
    })
  }

  async listen(): Promise<this> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done))
    return this
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }
}

const units = [
  { id: 'v1', name: 'Village', level: 'village' },
  { id: 't1', name: 'Town', level: 'township' },
]

/** One service task with its inputs (FEEL), headers and retries. */
export function connectorModel(
  type: string,
  inputs: { readonly [name: string]: string },
  headers: { readonly [key: string]: string } = {},
  { id = 'process', retries = 3, after = '' }: { id?: string; retries?: number; after?: string } = {},
): string {
  const quoted = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  const lines = Object.entries(headers).map(([key, value]) => `<zeebe:header key="${key}" value="${quoted(value)}"/>`)
  const task = `<zeebe:taskDefinition type="${type}" retries="${retries}"/>${io(inputs)}<zeebe:taskHeaders>${lines.join('')}</zeebe:taskHeaders>`
  return model(
    `${node('startEvent', 's')}${node('serviceTask', 'call', task)}${node('endEvent', 'e')}${after}${line('s', 'call', 'e')}`,
  ).replaceAll('id="process"', `id="${id}"`)
}

/** A host with built-in workers, on a database of its own. */
export class ConnectorPlay {
  readonly temporary: TemporaryHost
  readonly notified: string[][] = []
  connectors: Connectors
  readonly #remake: () => Connectors

  private constructor(temporary: TemporaryHost, remake: (play: () => ConnectorPlay) => Connectors) {
    this.temporary = temporary
    this.#remake = () => remake(() => this)
    this.connectors = this.#remake()
  }

  static async open(
    options: {
      readonly egress?: string
      readonly resolve?: Resolve
      readonly secrets?: object
      readonly smtpUrl?: string
      readonly bytes?: number
      readonly place?: Place
    } = {},
  ): Promise<ConnectorPlay> {
    const { place } = options
    const temporary = await temporaryHost(place && ((opened) => place.open(opened)))
    const file = join(temporary.folder, 'secrets.json')
    writeFileSync(file, JSON.stringify(options.secrets ?? {}))
    chmodSync(file, 0o600)
    const { rules } = readEgress(options.egress ?? '127.0.0.1/32')
    return new ConnectorPlay(temporary, (play) =>
      makeConnectors({
        host: temporary.host,
        settings: {
          egress: rules,
          secretsFile: file,
          smtpUrl: options.smtpUrl ?? null,
          mailFrom: options.smtpUrl === undefined ? null : 'office@example.cn',
        },
        egress: new Egress(rules, options.resolve),
        secrets: new Secrets(file),
        publicUrl: 'https://cases.example.cn',
        poll: false,
        report: (what, error) => {
          throw new Error(`Expected no fault of ours, but found one in ${what}`, { cause: error })
        },
        onNotified: (people) => play().notified.push([...people]),
        limits: { ...callLimits, bytes: options.bytes ?? callLimits.bytes },
      }),
    )
  }

  get host() {
    return this.temporary.host
  }

  deploy(xml: string) {
    return this.host.deploy([{ name: 'p.bpmn', content: Buffer.from(xml) }], { type: 'system', id: 'seed' }, `d${xml}`)
  }

  start(variables: Variables = {}, processId = 'process', requestId = `s${Math.random()}`) {
    return this.host.start({ processId, units, variables, actor: { type: 'person', id: 'clerk' }, requestId })
  }

  /** Moves the clock and does what became due. */
  async pass(milliseconds: number): Promise<void> {
    this.temporary.clock.pin(this.host.clock.now() + milliseconds)
    await this.settle()
  }

  async settle(): Promise<void> {
    await this.host.settle()
    await this.connectors.settle()
    await this.host.settle()
  }

  /** A new host on the same database, with workers of its own. */
  async reopen(options?: HostOptions): Promise<void> {
    await this.connectors.close()
    await this.temporary.reopen(options)
    this.connectors = this.#remake()
  }

  async rows<N extends 'job' | 'incident' | 'delivery' | 'variable' | 'notification' | 'processInstance' | 'message'>(
    name: N,
  ): Promise<Row<N>[]> {
    const table = this.host.store.tables[name]
    const order = 'key' in table ? table.key : table.createdAt
    return (await this.host.store.read.select().from(table).orderBy(asc(order))) as Row<N>[]
  }

  /** The value of a variable of the only case that has one of the name. */
  async variable(name: string): Promise<unknown> {
    return (await this.rows('variable')).find((row) => row.name === name)?.value
  }

  async close(): Promise<void> {
    await this.connectors.close()
    await this.temporary.remove()
  }
}
