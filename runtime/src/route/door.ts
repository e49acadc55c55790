import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Language } from '@bihuan/engine'
import type { Services } from '../services.ts'
import { overloaded } from './load.ts'
import { problemHeaders, problemJson, tellingTo } from './problem-json.ts'

/** How long connections are taken before requests have their turn, and requests before connections have it, in ms. */
const TURN_MS = 50
/** So long after a connection came, more are expected; else requests have all the time: more of them share a commit. */
const MORE_COME_MS = 1_000
/** A larger body is read by the application, which says what it thinks of it while it comes in. */
const SMALL_BODY = 16 * 1024
/** How often the log says how many were turned away, in ms. */
const SAID_EVERY_MS = 1_000

/** What they are told, made once: there are many of them. */
const told = (language: Language) => {
  const rejection = overloaded()
  const telling = { language, isCamunda: false, instance: null }
  return {
    headers: { ...problemHeaders(rejection, telling), connection: 'close' },
    body: problemJson(rejection, telling),
  }
}
const TOLD = { 'zh-CN': told('zh-CN'), en: told('en') }

interface Visit {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
  readonly listener: RequestListener
}

export interface DoorParts extends Pick<Services, 'load' | 'metrics' | 'log'> {
  /** Paths that are let in however busy the server is. */
  readonly always: ReadonlySet<string>
}

/**
 * Where requests come in, before anything is done for them. Whom the server has no room for is answered here, at a small
 * part of what the application's own refusal costs, and his connection is closed: who comes again at once stands behind
 * those who have waited. Node takes one connection in a turn of its loop, so that under load, when turns are long, new
 * callers would wait for ever behind those that have a connection: connections and requests take turns here.
 */
export class Door {
  readonly #parts: DoorParts
  readonly #now: () => number
  readonly #waiting: Visit[] = []
  readonly #silent = new Set<Socket>()
  #hasConnected = false
  #connectedAt = Number.NEGATIVE_INFINITY
  #isRunning = false
  #unsaid = 0
  #saidAt = Number.NEGATIVE_INFINITY

  constructor(parts: DoorParts, now = () => performance.now()) {
    this.#parts = parts
    this.#now = now
  }

  /** To be told of every new connection. */
  readonly connected = (): void => {
    this.#hasConnected = true
    this.#connectedAt = this.#now()
  }

  /** To be told of every connection over which requests may come now: with TLS, when a key has been agreed on. */
  readonly opened = (socket: Socket): void => {
    this.#silent.add(socket)
    socket.once('close', () => this.#silent.delete(socket))
  }

  /** Closes connections over which nothing whole has been asked yet: browsers open some for later. */
  closeSilent(): void {
    for (const socket of this.#silent) socket.destroy()
  }

  /** Lets requests in to a listener. */
  before(listener: RequestListener): RequestListener {
    return (incoming, outgoing) => {
      this.#silent.delete(incoming.socket)
      if (this.#parts.always.has(pathOf(incoming))) return void listener(incoming, outgoing)
      if (this.#isTooMuch(incoming, this.#waiting.length)) return this.#turnAway(incoming, outgoing)
      this.#waiting.push({ incoming, outgoing, listener })
      if (this.#isRunning) return
      this.#isRunning = true
      void this.#run()
    }
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await turn()
      for (const begin = this.#now(); this.#hasConnected && this.#now() - begin < TURN_MS; await turn())
        this.#hasConnected = false
      const begin = this.#now()
      const end = begin - this.#connectedAt < MORE_COME_MS ? begin + TURN_MS : Number.POSITIVE_INFINITY
      for (; this.#waiting.length > 0 && this.#now() < end; await worked()) this.#letIn(this.#waiting.shift()!)
    }
    this.#isRunning = false
  }

  #letIn({ incoming, outgoing, listener }: Visit): void {
    // Nobody waits for the answer any more.
    if (incoming.destroyed || outgoing.destroyed) return
    if (this.#isTooMuch(incoming, 0)) this.#turnAway(incoming, outgoing)
    else listener(incoming, outgoing)
  }

  #isTooMuch(incoming: IncomingMessage, before: number): boolean {
    return this.#parts.load.isFullFor(before) && isForApplication(incoming) && hasSmallBody(incoming)
  }

  #turnAway(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { load, metrics } = this.#parts
    load.turnedAway()
    const { language, instance } = tellingTo(pathOf(incoming), (name) => headerOf(incoming, name))
    const { headers, body } = TOLD[language]
    outgoing.writeHead(503, headers)
    outgoing.end(JSON.stringify(instance === null ? body : { ...body, instance }))
    metrics.request({ method: incoming.method ?? 'GET', route: 'unknown', status: 503 }, 0)
    this.#say()
  }

  /** One line for many: a log that grows with what is turned away would be the next to be overloaded. */
  #say(): void {
    this.#unsaid += 1
    const now = this.#now()
    if (now - this.#saidAt < SAID_EVERY_MS) return
    this.#parts.log.warn({ requests: this.#unsaid, code: 'OVERLOADED' }, 'turned away')
    this.#unsaid = 0
    this.#saidAt = now
  }
}

/** A turn of the event loop: what has come in is read, and one connection is taken. */
const turn = () => new Promise<void>((done) => setImmediate(done))

/** When all that can be done for a request without waiting has been done: ticks come after the last of the microtasks. */
const worked = () => new Promise<void>((done) => process.nextTick(done))

const pathOf = ({ url }: IncomingMessage): string => (url ?? '').split('?', 1)[0]!

const headerOf = ({ headers }: IncomingMessage, name: string): string | undefined => {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}

/** Files of the web app cost little, and a person who has the page is told by it to wait. */
const isForApplication = ({ url = '' }: IncomingMessage): boolean => url.startsWith('/api/') || url.startsWith('/v2/')

const hasSmallBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] === undefined && !(Number(headers['content-length'] ?? 0) > SMALL_BODY)
