import { type Actor, type Json, Rejection, type Variables } from '@bihuan/engine'
import { and, eq, inArray } from 'drizzle-orm'
import { sha256 } from '../audit/record-text.ts'
import type { Store } from '../db/store.ts'
import { projectSystem, systemFact } from '../projection/system.ts'
import type { Definitions } from './definitions.ts'
import type { Answer, Clock, DeployedDecision, DeployedForm, DeployedProcess, Deployment, Resource } from './host.ts'
import type { OnPoint } from './kill-point.ts'
import { EVERYWHERE } from './parameters.ts'
import { digestOf, type Requests } from './requests.ts'
import { type ReadResources, readResources } from './resources.ts'
import type { SystemStream } from './system-stream.ts'

/** What is deployed already under an id. */
interface Latest {
  readonly key: number
  readonly version: number
  readonly digest: string
}

type Facts = ReturnType<typeof systemFact>[]

/** Deployments: all resources or none; one row of the definitions stream each. */
export class Deployments {
  readonly #store: Store
  readonly #stream: SystemStream
  readonly #definitions: Definitions
  readonly #requests: Requests
  readonly #clock: Clock
  readonly #point: OnPoint
  /** One after the other: versions are counted. */
  #queue: Promise<unknown> = Promise.resolve()

  constructor(given: {
    store: Store
    stream: SystemStream
    definitions: Definitions
    requests: Requests
    clock: Clock
    point: OnPoint
  }) {
    this.#store = given.store
    this.#stream = given.stream
    this.#definitions = given.definitions
    this.#requests = given.requests
    this.#clock = given.clock
    this.#point = given.point
  }

  /** Throws `DEPLOYMENT_REFUSED` with every problem found; what was deployed before stays as it was. */
  async deploy(scope: number, resources: readonly Resource[], actor: Actor, requestId: string): Promise<Deployment> {
    const digest = digestOf(
      actor,
      'deploy',
      resources.map(({ name, content }) => [name, sha256(Buffer.from(content).toString('base64'))]),
    )
    const answer = await this.#requests.once(scope, requestId, digest, () => {
      const mine = this.#queue.then(() => this.#deploy(scope, resources, actor, requestId, digest))
      this.#queue = mine.catch(() => {})
      return mine
    })
    const created = answer.facts[0]! as unknown as { key: number; value: { content: Omit<Deployment, 'key'> } }
    return { key: created.key, ...created.value.content }
  }

  async #deploy(
    scope: number,
    resources: readonly Resource[],
    actor: Actor,
    requestId: string,
    digest: string,
  ): Promise<Answer> {
    const read = await readResources(resources, this.#definitions.known)
    const errors = read.problems.filter(({ severity }) => severity === 'error')
    const isEmpty = read.processes.length + read.decisions.length + read.forms.length === 0
    if (errors.length > 0 || (isEmpty && read.parameters === null))
      throw new Rejection('DEPLOYMENT_REFUSED', { count: errors.length }, { problems: read.problems })
    const latest = await this.#latest(read)
    this.#point('deployment.judged')
    const circumstances = { at: this.#clock.now(), actor, requestId }
    const { facts, sequence, stream } = await this.#stream.append(circumstances, (newKey, row) => {
      const made = factsOf(read, latest, newKey)
      const position = { stream: scope, sequence: row, at: circumstances.at }
      return {
        command: {
          kind: 'deployment.create',
          key: null,
          version: 1,
          value: { resources: resources.map(({ name }) => name) },
        },
        facts: made,
        changes: [...projectSystem(made, circumstances), this.#requests.row(scope, requestId, digest, position)],
        stream: scope,
      }
    })
    this.#point('deployment.written')
    await this.#definitions.refresh()
    return { stream, sequence, facts: facts as unknown as Answer['facts'] }
  }

  async #latest(read: ReadResources): Promise<LatestOf> {
    const { processDefinition, decision, form } = this.#store.tables
    const { read: from } = this.#store
    const processes = await from
      .select({
        id: processDefinition.processId,
        key: processDefinition.key,
        version: processDefinition.version,
        digest: processDefinition.digest,
      })
      .from(processDefinition)
      .where(
        and(
          eq(processDefinition.latest, true),
          inArray(processDefinition.processId, [...read.processes.map(({ process }) => process.id), '']),
        ),
      )
    const decisions = await from
      .select({
        id: decision.decisionId,
        key: decision.key,
        version: decision.version,
        digest: decision.digest,
        drgKey: decision.drgKey,
      })
      .from(decision)
      .where(
        and(
          eq(decision.latest, true),
          inArray(decision.decisionId, [...read.decisions.map((entry) => entry.decision.id), '']),
        ),
      )
    const forms = await from
      .select({ id: form.formId, key: form.key, version: form.version, digest: form.digest })
      .from(form)
      .where(and(eq(form.latest, true), inArray(form.formId, [...read.forms.map(({ id }) => id), ''])))
    const byId = <T extends { id: string }>(rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]))
    return { processes: byId(processes), decisions: byId(decisions), forms: byId(forms) }
  }
}

interface LatestOf {
  readonly processes: ReadonlyMap<string, Latest>
  readonly decisions: ReadonlyMap<string, Latest & { readonly drgKey: number }>
  readonly forms: ReadonlyMap<string, Latest>
}

/** The facts of a deployment. A resource with the content of its latest version keeps its key and version (Camunda 8). */
function factsOf(read: ReadResources, latest: LatestOf, newKey: () => number): Facts {
  const deploymentKey = newKey()
  const facts: Facts = []
  const processes: DeployedProcess[] = []
  const decisions: DeployedDecision[] = []
  const forms: DeployedForm[] = []
  const { package: about } = read

  for (const { process, xml, resource } of read.processes) {
    const digest = sha256(JSON.stringify([xml, about]))
    const before = latest.processes.get(process.id)
    const same = before?.digest === digest
    const key = same ? before.key : newKey()
    const version = same ? before.version : (before?.version ?? 0) + 1
    processes.push({ key, id: process.id, version, resource })
    if (same) continue
    facts.push(
      systemFact('processDefinition.created', key, {
        processId: process.id,
        version,
        name: process.name,
        versionTag: process.versionTag,
        description: about?.description ?? null,
        department: about?.department ?? null,
        packageId: about?.id ?? process.id,
        stages: process.stages,
        starters: process.starters,
        startFormId: process.startForm?.formId ?? null,
        numberPrefix: process.numberPrefix,
        deploymentKey,
        resource,
        xml,
        digest,
      }),
    )
  }
  const drgKeys = new Map<string, number>()
  for (const { decision, xml, resource, digest } of read.decisions) {
    const before = latest.decisions.get(decision.id)
    const same = before?.digest === digest
    const key = same ? before.key : newKey()
    const version = same ? before.version : (before?.version ?? 0) + 1
    if (!drgKeys.has(resource)) drgKeys.set(resource, same ? before.drgKey : newKey())
    const drgKey = drgKeys.get(resource)!
    decisions.push({ key, id: decision.id, name: decision.name, version, drgId: decision.drgId, drgKey, resource })
    if (same) continue
    const { id: decisionId, name, drgId } = decision
    facts.push(
      systemFact('decision.created', key, {
        decisionId,
        version,
        name,
        drgId,
        drgKey,
        deploymentKey,
        resource,
        xml,
        digest,
      }),
    )
  }
  for (const { id, title, schema, resource, digest } of read.forms) {
    const before = latest.forms.get(id)
    const same = before?.digest === digest
    const key = same ? before.key : newKey()
    const version = same ? before.version : (before?.version ?? 0) + 1
    forms.push({ key, id, version, resource })
    if (!same)
      facts.push(
        systemFact('form.created', key, { formId: id, version, title, deploymentKey, resource, schema, digest }),
      )
  }
  const packageId = about?.id ?? read.processes[0]?.process.id ?? null
  if (read.parameters && packageId !== null) {
    const values: Variables = Object.fromEntries(read.parameters.map(({ name, value }) => [name, value as Json]))
    // In force from the beginning of time: the newest deployment's row is read last.
    facts.push(
      systemFact('parameterSet.created', newKey(), {
        packageId,
        unitId: EVERYWHERE,
        effectiveFrom: 0,
        values,
        declarations: read.parameters,
      }),
    )
  }
  const content = { processes, decisions, forms, warnings: read.problems }
  const deployment = { packageId: about?.id ?? null, packageVersion: about?.version ?? null, content }
  return [systemFact('deployment.created', deploymentKey, deployment), ...facts]
}
