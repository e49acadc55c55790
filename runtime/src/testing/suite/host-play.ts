import type { Actor, Fact, Key, Variables } from '@bihuan/engine'
import { line, model, node } from '@bihuan/engine/testing'
import type { Row } from '../../db/schema/index.ts'
import type { Host } from '../../host/host.ts'
import type { HostOptions } from '../../host/open.ts'
import type { Answer } from '../../host/submission.ts'
import { type TemporaryHost, temporaryHost } from '../open.ts'
import type { Place, Places } from '../place.ts'

export const clerk: Actor = { type: 'person', id: 'clerk' }
export const seed: Actor = { type: 'system', id: 'seed' }
export const DAY = 86_400_000
const units = [
  { id: 'v1', name: 'Village', level: 'village' },
  { id: 't1', name: 'Town', level: 'township' },
]

const clerks =
  '<zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="village_clerk, village_clerk, reviewer@township"/>'

/** Two tasks in a row; the case has a title and a number. */
export const twoTasks = model(
  `<bpmn:extensionElements><bihuan:case title="=subject" numberPrefix="SY"/></bpmn:extensionElements>
   ${node('startEvent', 's')}${node('userTask', 'a', clerks, '', 'name="A"')}${node('userTask', 'b', clerks, '', 'name="B"')}${node('endEvent', 'e')}
   ${line('s', 'a', 'b', 'e')}`,
)

type Watched =
  | 'userTask'
  | 'taskCandidate'
  | 'processInstance'
  | 'timer'
  | 'outbox'
  | 'message'
  | 'notice'
  | 'incident'
  | 'snapshot'
  | 'job'
  | 'parameterSet'
  | 'variable'
  | 'request'
  | 'elementInstance'
  | 'flowTaken'
  | 'signal'
  | 'startSubscription'
  | 'startTimer'

/** One host under test on a database of its own, and the few things the suites do with it. */
export class HostPlay {
  readonly #places: Places
  #place: Place | null = null
  #temporary: TemporaryHost | null = null

  constructor(places: Places) {
    this.#places = places
  }

  async open(): Promise<void> {
    const place = this.#places.make()
    this.#place = place
    this.#temporary = await temporaryHost((options) => place.open(options))
  }

  async close(): Promise<void> {
    await this.#temporary?.remove()
    await this.#place?.remove()
  }

  get #opened(): TemporaryHost {
    if (!this.#temporary) throw new Error('Expected the host to be open')
    return this.#temporary
  }

  get host(): Host {
    return this.#opened.host
  }

  get folder(): string {
    return this.#opened.folder
  }

  async reopen(options?: HostOptions): Promise<void> {
    await this.#opened.reopen(options)
  }

  now(): number {
    return this.#opened.clock.now()
  }

  pin(at: number): void {
    this.#opened.clock.pin(at)
  }

  pass(milliseconds: number): void {
    this.pin(this.now() + milliseconds)
  }

  deploy(xml: string, requestId = 'deploy') {
    return this.host.deploy([{ name: 'p.bpmn', content: Buffer.from(xml) }], seed, requestId)
  }

  start(variables: Variables = {}, requestId = 'start', processId = 'process') {
    return this.host.start({ processId, units, variables, actor: clerk, requestId })
  }

  complete(key: Key, requestId: string, actor = clerk, variables: Variables = {}): Promise<Answer> {
    return this.host.submit({ kind: 'userTask.complete', key, actor, requestId, value: { variables, formKey: null } })
  }

  /** Every row of a table whose rows have keys, the oldest first. */
  async sorted<N extends Watched>(name: N): Promise<(Row<N> & { readonly key: Key })[]> {
    return ((await this.rows(name)) as (Row<N> & { readonly key: Key })[]).sort((a, b) => a.key - b.key)
  }

  /** Every row of a table. */
  async rows<N extends Watched>(name: N): Promise<Row<N>[]> {
    return (await this.host.store.read.select().from(this.host.store.tables[name])) as Row<N>[]
  }
}

/** The same model under another process id. */
export const named = (xml: string, processId: string) => xml.replaceAll('id="process"', `id="${processId}"`)

export const keyOf = (facts: readonly Fact[], kind: Fact['kind']): Key => {
  const found = facts.find((fact) => fact.kind === kind)
  if (!found) throw new Error(`Expected ${kind}`)
  return found.key
}

export const kinds = ({ facts }: Answer) => facts.map(({ kind }) => kind)

/** The code an attempt is refused with; `accepted` when it is not. */
export const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: { code?: string }) => error.code ?? String(error),
  )
