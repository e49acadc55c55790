import type { Json, JudgedPackage, PackageFiles, Variables } from '@bihuan/engine'
import { sha256 } from '../audit/record-text.ts'
import type { Bound } from '../db/schema/process-definition.ts'
import { systemFact } from '../projection/system.ts'
import type { LatestOf } from './deployed.ts'
import type { DeployedDecision, DeployedForm, DeployedProcess } from './deployment.ts'
import { EVERYWHERE } from './parameters.ts'
import type { WaitingStart } from './waiting-start.ts'

/** A version of a package as it is about to be. */
export interface NextVersion {
  readonly packageId: string
  readonly name: string
  readonly unitId: string
  readonly version: number
  readonly note: string
  readonly files: PackageFiles
  readonly digest: string
  /** False when the files are those of the version before: then there is no new one. */
  readonly isNew: boolean
  readonly retired: boolean
  readonly steps: number
  /** Keys of definitions of the version before whose process this one has no more. */
  readonly dropped: readonly number[]
}

export type Facts = ReturnType<typeof systemFact>[]

/** SHA-256 of the files of a package, whatever their order. */
export const digestOfFiles = (files: PackageFiles): string =>
  sha256(JSON.stringify(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))))

/** Names of the ring's stages over all processes of a package, each once. */
export const stageNames = (judged: JudgedPackage): readonly string[] => [
  ...new Set(judged.processes.flatMap(({ process }) => process.stages.map(({ name }) => name))),
]

interface Kept {
  readonly key: number
  readonly version: number
  /** Whether the latest version has the same content: it keeps its key and version (Camunda 8). */
  readonly same: boolean
}

/**
 * The facts of a deployment. A resource with the content of its latest version keeps its key and version; processes do
 * only together (Camunda 8), so that one that calls those deployed with it finds them. Processes of a package count on
 * whenever a file of it changes: what runs stays with the forms and decisions it was published with.
 */
export function factsOf(
  judged: JudgedPackage,
  latest: LatestOf,
  next: NextVersion | null,
  starts: ReadonlyMap<string, readonly WaitingStart[]>,
  newKey: () => number,
): Facts {
  const keep = (before: { key: number; version: number; digest: string } | undefined, digest: string): Kept =>
    before?.digest === digest
      ? { key: before.key, version: before.version, same: true }
      : { key: newKey(), version: (before?.version ?? 0) + 1, same: false }
  const deploymentKey = newKey()
  const forms: DeployedForm[] = []
  const decisions: DeployedDecision[] = []
  const processes: DeployedProcess[] = []
  const made: { readonly [kind in 'processes' | 'decisions' | 'forms']: Facts } = {
    processes: [],
    decisions: [],
    forms: [],
  }

  for (const { id, title, schema, text, resource } of judged.forms) {
    const digest = sha256(text)
    const { key, version, same } = keep(latest.forms.get(id), digest)
    forms.push({ key, id, version, resource })
    const value = { formId: id, version, title, deploymentKey, resource, schema, digest }
    if (!same) made.forms.push(systemFact('form.created', key, value))
  }
  const drgKeys = new Map<string, number>()
  for (const { decision, xml, resource } of judged.decisions) {
    const { id, name, drgId, drgName } = decision
    const digest = sha256(xml)
    const before = latest.decisions.get(id)
    const { key, version, same } = keep(before, digest)
    const drgKey = drgKeys.get(resource) ?? (same && before ? before.drgKey : newKey())
    drgKeys.set(resource, drgKey)
    decisions.push({ key, id, name, version, drgId, drgName, drgKey, resource })
    const value = { decisionId: id, version, name, drgId, drgName, drgKey, deploymentKey, resource, xml, digest }
    if (!same) made.decisions.push(systemFact('decision.created', key, value))
  }
  const bound: Bound | null = next && { forms: keysOf(forms), decisions: keysOf(decisions) }
  const digestOf = (xml: string) => sha256(JSON.stringify([xml, next?.digest ?? null]))
  const isAllSame = judged.processes.every(
    ({ process, xml }) => latest.processes.get(process.id)?.digest === digestOf(xml),
  )
  for (const { process, xml, resource } of judged.processes) {
    const digest = digestOf(xml)
    const before = latest.processes.get(process.id)
    const { key, version } = isAllSame && before ? before : { key: newKey(), version: (before?.version ?? 0) + 1 }
    processes.push({ key, id: process.id, version, resource })
    if (isAllSame) continue
    made.processes.push(
      systemFact('processDefinition.created', key, {
        processId: process.id,
        version,
        name: process.name,
        versionTag: process.versionTag,
        description: judged.package?.description ?? null,
        department: judged.package?.department ?? null,
        packageId: next?.packageId ?? process.id,
        stages: process.stages,
        starters: process.starters,
        startFormId: process.startForm?.formId ?? null,
        numberPrefix: process.numberPrefix,
        deploymentKey,
        resource,
        xml,
        digest,
        fields: judged.fields,
        bound,
        retired: next?.retired ?? false,
      }),
      ...(starts.get(process.id) ?? []).map((start) => startFact(start, process.id, key, newKey())),
    )
  }
  const content = { processes, decisions, forms, warnings: judged.problems }
  const packageVersion = judged.package?.version ?? null
  return [
    systemFact('deployment.created', deploymentKey, { packageId: next?.packageId ?? null, packageVersion, content }),
    ...made.processes,
    ...made.decisions,
    ...made.forms,
    ...(next?.dropped ?? []).map((key) => systemFact('processDefinition.retired', key, {})),
    ...parameterFacts(judged, next?.packageId ?? judged.processes[0]?.process.id ?? null, newKey),
    ...(next?.isNew ? [publishedFact(judged, next, deploymentKey, newKey())] : []),
  ]
}

function startFact(start: WaitingStart, processId: string, definitionKey: number, key: number): Facts[number] {
  const { elementId } = start
  const about = { processId, definitionKey, elementId }
  if (start.kind !== 'timer')
    return systemFact('startSubscription.created', key, { kind: start.kind, name: start.name, ...about })
  const { dueAt, repetitions, interval, cron = null, endAt = null } = start.due
  return systemFact('startTimer.created', key, { ...about, dueAt, repetitions, interval, cron, endAt })
}

const keysOf = (deployed: readonly { readonly id: string; readonly key: number }[]) =>
  Object.fromEntries(deployed.map(({ id, key }) => [id, key]))

/** Defaults of `parameters.yaml`, in force from the beginning of time: the newest deployment's row is read last. */
function parameterFacts(judged: JudgedPackage, packageId: string | null, newKey: () => number): Facts {
  if (!judged.parameters || packageId === null) return []
  const values: Variables = Object.fromEntries(judged.parameters.map(({ name, value }) => [name, value as Json]))
  const declarations = judged.parameters
  return [
    systemFact('parameterSet.created', newKey(), {
      packageId,
      unitId: EVERYWHERE,
      effectiveFrom: 0,
      values,
      declarations,
    }),
  ]
}

function publishedFact(judged: JudgedPackage, next: NextVersion, deploymentKey: number, key: number): Facts[number] {
  const { packageId, name, unitId, version, note, files, digest, retired, steps } = next
  return systemFact('package.published', key, {
    packageId,
    version,
    name,
    unitId,
    description: judged.package?.description ?? null,
    department: judged.package?.department ?? null,
    stages: stageNames(judged),
    steps,
    retired,
    note,
    deploymentKey,
    files,
    digest,
  })
}
