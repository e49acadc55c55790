import {
  type Actor,
  type JudgedPackage,
  judgePackage,
  type PackageFiles,
  type Problem,
  Rejection,
  readSteps,
  unfitFor,
} from '@bihuan/engine'
import { eq } from 'drizzle-orm'
import { sha256 } from '../audit/record-text.ts'
import type { RowChange } from '../db/row-change.ts'
import type { Store } from '../db/store.ts'
import { projectSystem } from '../projection/system.ts'
import type { Clock } from './clock.ts'
import type { Definitions } from './definitions.ts'
import { definitionsBeside, idsOfOthers, knownBeside, latestOf } from './deployed.ts'
import type { Deployment, DeploymentScope, Resource } from './deployment.ts'
import { digestOfFiles, type Facts, factsOf, type NextVersion } from './deployment-facts.ts'
import type { OnPoint } from './kill-point.ts'
import { draftAfter, type PackageState, readPackage } from './package-state.ts'
import { digestOf, type Requests } from './requests.ts'
import type { Answer } from './submission.ts'
import type { SystemStream } from './system-stream.ts'
import { Turns } from './turns.ts'
import { rootUnit } from './unit-line.ts'
import { type WaitingStart, waitingStarts } from './waiting-start.ts'

/** What a deployment stands on. */
export interface DeploymentParts {
  readonly store: Store
  readonly stream: SystemStream
  readonly definitions: Definitions
  readonly requests: Requests
  readonly clock: Clock
  readonly point: OnPoint
  /** Findings that only this server can have. */
  readonly findings: (judged: JudgedPackage) => readonly Problem[]
}

/** One deployment: what is deployed, by whom, and what it says of the package. */
export interface Order {
  readonly resources: readonly Resource[]
  readonly actor: Actor
  readonly requestId: string
  /** Scope and digest of the request (`Requests`). */
  readonly scope: number
  readonly digest: string
  readonly note: string
  readonly within: DeploymentScope
  /** Set when a package is published from its draft: it is there, and its files say its id. */
  readonly packageId?: string
}

/** Packages are begun one after the other, by designers and by deployments, so that an id found free stays so. */
export const BEGINNING = ' new'

/** Deployments: all resources or none; one row of the definitions stream each. */
export class Deployments {
  readonly #parts: DeploymentParts
  /** One after the other: versions are counted. */
  #queue: Promise<unknown> = Promise.resolve()
  /** Packages: their drafts are saved and published by turns. */
  readonly turns = new Turns()

  constructor(parts: DeploymentParts) {
    this.#parts = parts
  }

  /** Throws `DEPLOYMENT_REFUSED` with every problem found; what was deployed before stays as it was. */
  async deploy(
    scope: number,
    resources: readonly Resource[],
    actor: Actor,
    requestId: string,
    within: DeploymentScope,
  ): Promise<Deployment> {
    const digest = digestOf(
      actor,
      'deploy',
      resources.map(({ name, content }) => [name, sha256(Buffer.from(content).toString('base64'))]),
    )
    const answer = await this.#parts.requests.once(scope, requestId, digest, async () => {
      const order: Order = { resources, actor, requestId, scope, digest, note: '', within }
      const { package: about } = await judgePackage(resources.filter(({ name }) => baseOf(name) === 'package.yaml'))
      return about
        ? this.turns.take(BEGINNING, () => this.turns.take(about.id, () => this.write(order)))
        : this.write(order)
    })
    return deploymentOf(answer)
  }

  /** Deploys in the order asked. To be called in the turn of the package, when there is one. */
  write(order: Order): Promise<Answer> {
    return this.alone(() => this.#write(order))
  }

  /** Work during which nothing is deployed. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#queue.then(work)
    this.#queue = mine.catch(() => {})
    return mine
  }

  async #write(order: Order): Promise<Answer> {
    const { store, definitions, clock, requests, point, stream: definitionsStream } = this.#parts
    const { actor, requestId, scope, digest } = order
    const named = await judgePackage(order.resources.filter(({ name }) => baseOf(name) === 'package.yaml'))
    const packageId = order.packageId ?? named.package?.id ?? null
    // What belongs to whom is asked for these very ids, below.
    const { processes } = definitions.known
    const { forms, decisions, people } =
      packageId === null ? { ...definitions.known, people: undefined } : await knownBeside(store, packageId)
    const known = { processes, forms, decisions, ...(people && { people }) }
    const judged = await judgePackage(order.resources, known)
    const latest = await latestOf(store, judged)
    const problems: Problem[] = [...judged.problems, ...(await idsOfOthers(store, judged, latest, packageId))]
    problems.push(...unfit(order, judged), ...this.#parts.findings(judged))
    const at = clock.now()
    const starts = new Map<string, readonly WaitingStart[]>()
    for (const { process, resource } of judged.processes) {
      const waiting = waitingStarts(process, resource, at)
      starts.set(process.id, waiting.starts)
      problems.push(...waiting.problems)
    }
    const errors = problems.filter(({ severity }) => severity === 'error')
    const isEmpty = judged.processes.length + judged.decisions.length + judged.forms.length === 0
    if (errors.length > 0 || (isEmpty && judged.parameters === null))
      throw new Rejection('DEPLOYMENT_REFUSED', { count: errors.length }, { problems })
    const state = judged.package ? await readPackage(store, judged.package.id) : null
    const next = judged.package ? await this.#next(order, judged, judged.package, state) : null
    point('deployment.judged')
    const circumstances = { at, actor, requestId }
    const drafts: readonly RowChange[] = next?.isNew
      ? draftAfter(state, next.packageId, next.files, { at: circumstances.at, id: actor.id })
      : []
    const { facts, sequence, stream } = await definitionsStream.append(circumstances, (newKey, row) => {
      const made: Facts = factsOf({ ...judged, problems }, latest, next, starts, newKey)
      const position = { stream: scope, sequence: row, at: circumstances.at }
      return {
        command: {
          kind: 'deployment.create',
          key: null,
          version: 1,
          value: { resources: order.resources.map(({ name }) => name) },
        },
        facts: made,
        changes: [...projectSystem(made, circumstances), ...drafts, requests.row(scope, requestId, digest, position)],
        stream: scope,
      }
    })
    point('deployment.written')
    await definitions.refresh()
    return { stream, sequence, facts: facts as unknown as Answer['facts'] }
  }

  async #next(
    { resources, note, within, packageId }: Order,
    { processes }: JudgedPackage,
    { id, name }: { readonly id: string; readonly name: string },
    state: PackageState | null,
  ): Promise<NextVersion> {
    const files = filesOf(resources)
    const digest = digestOfFiles(files)
    const unitId = state?.about.unitId ?? within?.unitId ?? (await rootUnit(this.#parts.store)) ?? ''
    if (state && within && !(await this.#isWithin(unitId, within))) throw new Rejection('FORBIDDEN')
    const isNew = state?.latest?.digest !== digest
    if (!isNew && packageId !== undefined) throw new Rejection('NOTHING_TO_PUBLISH')
    return {
      packageId: id,
      name,
      unitId,
      version: (state?.latest?.version ?? 0) + (isNew ? 1 : 0),
      note,
      files,
      digest,
      isNew,
      retired: state?.about.retired ?? false,
      steps: await countSteps(files),
      dropped:
        isNew && state?.latest
          ? await definitionsBeside(
              this.#parts.store,
              state.latest.deploymentKey,
              processes.map(({ process }) => process.id),
            )
          : [],
    }
  }

  async #isWithin(unitId: string, { paths }: NonNullable<DeploymentScope>): Promise<boolean> {
    const { unit } = this.#parts.store.tables
    const [row] = await this.#parts.store.read.select({ path: unit.path }).from(unit).where(eq(unit.id, unitId))
    return row !== undefined && paths.some((path) => row.path.startsWith(path))
  }
}

/** The answer to a deployment, from the facts of its row. */
export function deploymentOf(answer: Answer): Deployment {
  const created = answer.facts[0]! as unknown as { key: number; value: { content: Omit<Deployment, 'key'> } }
  return { key: created.key, ...created.value.content }
}

/** How many steps people fill: the user tasks of all processes of a package, half-drawn ones too. */
export async function countSteps(files: PackageFiles): Promise<number> {
  let count = 0
  for (const [name, text] of Object.entries(files))
    if (name.endsWith('.bpmn')) count += (await readSteps(text, name)).filter(({ kind }) => kind === 'task').length
  return count
}

const baseOf = (name: string) => name.split('/').at(-1) ?? name

/** Texts by the name they have in a package: systems send paths of their own. */
function filesOf(resources: readonly Resource[]): PackageFiles {
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
  return Object.fromEntries(resources.map(({ name, content }) => [nameInPackage(name), utf8.decode(content)]))
}

const nameInPackage = (name: string): string => (/^(scenarios|documents)\/[^/]+$/.test(name) ? name : baseOf(name))

const fault = (code: Problem['code'], resource: string, facts: Problem['facts'] = {}): Problem => ({
  code,
  severity: 'error',
  resource,
  elementId: null,
  elementName: null,
  facts: { resource, ...facts },
})

/** Why files cannot be a version of their package, whatever stands in each. */
function unfit({ resources, packageId }: Order, judged: JudgedPackage): readonly Problem[] {
  // Two of one path are a finding of the judge already.
  const names = [...new Set(resources.map(({ name }) => name))].map(nameInPackage)
  const twice = names.filter((name, i) => names.indexOf(name) < i)
  if (packageId === undefined) return judged.package ? twice.map((id) => fault('DUPLICATE_ID', id, { id })) : []
  return unfitFor(packageId, names, judged.package?.id ?? null)
}
