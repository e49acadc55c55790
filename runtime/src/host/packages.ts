import { type Actor, type PackageFiles, type Problem, Rejection } from '@bihuan/engine'
import { and, eq } from 'drizzle-orm'
import { type RowChange, upsert } from '../db/row-change.ts'
import type { DraftSummary } from '../db/schema/package-draft.ts'
import type { Store } from '../db/store.ts'
import { projectSystem, type SystemFactKind, type SystemFactValues, systemFact } from '../projection/system.ts'
import type { Clock } from './clock.ts'
import type { Definitions } from './definitions.ts'
import type { Deployments } from './deployments.ts'
import { BEGINNING, deploymentOf } from './deployments.ts'
import { checkSize, type FileChange, saveChanges } from './draft-changes.ts'
import { checkSeen } from './draft-conflict.ts'
import { type PackageState, readDraft, readPackage } from './package-state.ts'
import { digestOf, type Requests } from './requests.ts'
import type { Answer } from './submission.ts'
import type { SystemStream } from './system-stream.ts'
import { systemStreams } from './system-stream.ts'
import type { Writer } from './writer.ts'

/** A package as it is begun. */
export interface NewPackageFiles {
  readonly id: string
  readonly name: string
  readonly unitId: string
  readonly files: PackageFiles
  /** Findings about the files, told to who begins it. */
  readonly problems: readonly Problem[]
}

/** Packages as designers keep them. Every method answers after COMMIT. */
export interface Packages {
  /** A package with its draft; null when there is none. */
  read(id: string): Promise<PackageState | null>
  /**
   * Begins a package. `prepare` is called while no other is begun, so that the id it finds free stays so. A repeated
   * request with the same `asked` gives the first answer; throws `IDEMPOTENCY_KEY_REUSED` for another, `PACKAGE_TOO_LARGE`.
   */
  create(
    prepare: () => Promise<NewPackageFiles>,
    asked: readonly unknown[],
    actor: Actor,
    requestId: string,
  ): Promise<{ readonly id: string; readonly problems: readonly Problem[] }>
  /**
   * Saves files of a draft, all or none. What is saved already with the same text is left. Throws `DRAFT_CONFLICT` when a
   * file has been saved by somebody else since (`by` is his id), `PACKAGE_TOO_LARGE`, `NOT_FOUND`.
   */
  save(
    id: string,
    changes: readonly FileChange[],
    personId: string,
  ): Promise<{ readonly files: readonly { readonly name: string; readonly revision: number }[]; readonly at: number }>
  /** Throws the draft away; a package that was never published is gone then. */
  discard(id: string, actor: Actor): Promise<void>
  /**
   * Publishes the files as they were seen. Throws `DRAFT_CONFLICT` when they are others by now, `NOTHING_TO_PUBLISH`,
   * `DEPLOYMENT_REFUSED` with the problems; then nothing is changed.
   */
  publish(
    given: {
      readonly id: string
      readonly note: string
      readonly files: readonly { readonly name: string; readonly revision: number }[]
    },
    actor: Actor,
    requestId: string,
  ): Promise<{ readonly version: number; readonly problems: readonly Problem[] }>
  /** Whether new cases may be started; running ones go on either way. Nothing is recorded when it is so already. */
  setRetired(id: string, retired: boolean, reason: string, actor: Actor, requestId: string): Promise<void>
  /** Keeps what the list shows of a draft, unless it has been changed since it was read. */
  keepSummary(id: string, changes: number, summary: DraftSummary): Promise<void>
}

export interface PackageParts {
  readonly store: Store
  readonly stream: SystemStream
  readonly writer: Writer
  readonly deployments: Deployments
  readonly definitions: Definitions
  readonly requests: Requests
  readonly clock: Clock
  /** Wraps each method that writes: refuses while closing and while there is no room, tells failures of the disk. */
  readonly guarded: <T>(work: () => Promise<T>) => Promise<T>
  /** The same for what only reads. */
  readonly passed: <T>(work: () => Promise<T>) => Promise<T>
  /** Called before a package is restored. */
  readonly skipMissed: (packageId: string) => Promise<void>
}

const SCOPE = systemStreams.definitions
/** The answer to a request that found everything as it was to be. */
const NOTHING: Answer = { stream: SCOPE, sequence: 0, facts: [] }

export function createPackages(parts: PackageParts): Packages {
  const { store, guarded, passed, deployments, clock, requests, writer, definitions } = parts

  /** Work on a package that is there, by turns. Throws `NOT_FOUND`. */
  const inTurn = <T>(id: string, work: (state: PackageState) => Promise<T>): Promise<T> =>
    guarded(() =>
      deployments.turns.take(id, async () => {
        const state = await readPackage(store, id)
        if (!state) throw new Rejection('NOT_FOUND')
        return work(state)
      }),
    )

  const write = async (changes: readonly RowChange[]): Promise<void> => {
    const result = await writer.write({ lock: null, changes, owner: null })
    if (result.outcome === 'failed') throw result.error
  }

  /** Appends a fact about a package to the definitions stream, with the rows that go with it. */
  const record = async <K extends SystemFactKind>(
    kind: K,
    value: SystemFactValues[K],
    circumstances: { readonly at: number; readonly actor: Actor; readonly requestId: string },
    rows: readonly RowChange[],
    digest: string | null,
  ): Promise<Answer> => {
    const { at, requestId } = circumstances
    const { facts, sequence } = await parts.stream.append(circumstances, (newKey, row) => {
      const made = [systemFact(kind, newKey(), value)]
      return {
        command: { kind: kind.replace(/d$/, ''), key: null, version: 1, value: {} },
        facts: made,
        changes: [
          ...projectSystem(made, circumstances),
          ...rows,
          ...(digest === null ? [] : [requests.row(SCOPE, requestId, digest, { stream: SCOPE, sequence: row, at })]),
        ],
      }
    })
    return { stream: SCOPE, sequence, facts: facts as unknown as Answer['facts'] }
  }

  return {
    read: (id) => passed(() => readPackage(store, id)),
    create: (prepare, asked, actor, requestId) =>
      guarded(async () => {
        const digest = digestOf(actor, 'package.create', ...asked)
        const answer = await requests.once(SCOPE, requestId, digest, () =>
          deployments.turns.take(BEGINNING, async () => {
            const { id, name, unitId, files, problems } = await prepare()
            checkSize(files)
            const at = clock.now()
            // Who still has a package of this id open that is gone must not write into the new one.
            const rows = saveChanges(
              { latest: null, files: [], ...(await readDraft(store, id)) },
              id,
              Object.entries(files).map(([file, text]) => ({ name: file, text, revision: null })),
              { at, id: actor.id },
            )
            const value = { packageId: id, name, unitId, problems }
            return record('package.created', value, { at, actor, requestId }, rows.changes, digest)
          }),
        )
        const { packageId: id, problems } = factValue(answer, 'package.created')
        return { id, problems }
      }),
    save: (id, changes, personId) =>
      inTurn(id, async (state) => {
        const at = clock.now()
        const saved = saveChanges(state, id, changes, { at, id: personId })
        checkSize(saved.files)
        if (saved.changes.length > 0) await write(saved.changes)
        return { files: saved.revisions, at: saved.changes.length > 0 ? at : (state.draft?.savedAt ?? at) }
      }),
    discard: (id, actor) =>
      inTurn(id, async ({ about, draft, rows }) => {
        const at = clock.now()
        const open = [...rows.values()].filter(({ state }) => state !== 'published')
        // The rows stay: a revision never comes back with another text, not even in another package of the same id.
        const closed = [
          ...open.map((row) =>
            upsert('draftFile', { ...row, revision: row.revision + 1, state: 'published', text: null }),
          ),
          ...(draft
            ? [upsert('packageDraft', { ...draft, isDraft: false, changes: draft.changes + 1, summary: null })]
            : []),
        ]
        if (about.version === null)
          await record('package.removed', { packageId: id }, { at, actor, requestId: '' }, closed, null)
        else if (draft?.isDraft) await write(closed)
      }),
    publish: ({ id, note, files }, actor, requestId) =>
      guarded(async () => {
        const digest = digestOf(actor, 'package.publish', id, note, files)
        const answer = await requests.once(SCOPE, requestId, digest, () =>
          inTurn(id, async (state) => {
            checkSeen(state, files)
            const utf8 = new TextEncoder()
            return deployments.write({
              resources: state.files.map(({ name, text }) => ({ name, content: utf8.encode(text) })),
              actor,
              requestId,
              scope: SCOPE,
              digest,
              note,
              within: null,
              packageId: id,
            })
          }),
        )
        return { version: factValue(answer, 'package.published').version, problems: deploymentOf(answer).warnings }
      }),
    setRetired: (id, retired, reason, actor, requestId) =>
      guarded(async () => {
        const kind = retired ? 'package.retired' : 'package.restored'
        const digest = digestOf(actor, kind, id, reason)
        await requests.once(SCOPE, requestId, digest, () =>
          inTurn(id, async ({ about, latest }) => {
            if (about.retired === retired) return NOTHING
            if (!retired) await parts.skipMissed(id)
            const at = clock.now()
            const value = { packageId: id, reason, ...(!retired && { deploymentKey: latest?.deploymentKey ?? null }) }
            const answer = await record(kind, value, { at, actor, requestId }, [], digest)
            await definitions.refresh()
            return answer
          }),
        )
      }),
    keepSummary: (id, changes, summary) =>
      guarded(async () => {
        const { packageDraft: t } = store.tables
        await store.single
          .update(t)
          .set({ summary, summaryOf: changes })
          .where(and(eq(t.packageId, id), eq(t.changes, changes)))
      }),
  }
}

/** The value of the one fact of a kind in an answer. */
function factValue<K extends SystemFactKind>(answer: Answer, kind: K): SystemFactValues[K] {
  const facts = answer.facts as unknown as readonly { readonly kind: string; readonly value: SystemFactValues[K] }[]
  const found = facts.find((fact) => fact.kind === kind)
  if (!found) throw new Error(`Expected ${kind} in trail row ${answer.sequence} of stream ${answer.stream}`)
  return found.value
}
