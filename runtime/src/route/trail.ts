import { Rejection } from '@bihuan/engine'
import { readHeads } from '../audit/chain.ts'
import { Holding } from '../audit/holding.ts'
import { checkpointsAfter, consistencyProof, hashedColumns, Prover, signedKeys } from '../audit/proof.ts'
import {
  AuditedRows,
  CheckpointList,
  ConsistencyProof,
  InclusionProof,
  Sealing,
  trailParts,
} from '../contract/trail.ts'
import { readKey } from '../contract/wire.ts'
import { hasPartInCase } from '../identity/access.ts'
import { auditor, holds } from '../identity/role.ts'
import type { Person } from '../identity/who.ts'
import { type CasePackageRequest, makeCasePackage } from '../keep/case-package.ts'
import { Redactions } from '../projection/redaction.ts'
import { readAudited } from '../query/audited.ts'
import { findCase } from '../query/case.ts'
import { readSealing } from '../query/sealing.ts'
import type { Services } from '../services.ts'
import { readRows, streamOf } from '../work/case-data.ts'
import { seenBy } from '../work/field-access.ts'
import { attachment } from './attachment.ts'
import { personOf } from './caller.ts'
import { choice, day, search, whole } from './query.ts'
import { type Route, route } from './route.ts'

const PAGE = 500
/** Rows of a case, all of them. */
const MOST = Number.MAX_SAFE_INTEGER

/** What proves the trail to outsiders: checkpoints, proofs, and the archive package of a case. */
export function trailRoutes(services: Services): Route[] {
  const { store, host } = services
  return [
    route({
      method: 'GET',
      path: '/api/trail/rows',
      policy: 'audit',
      summary:
        'Rows of the trail, the newest first, by part, kind, actor, number of the case and days, a page at a time',
      input: null,
      output: AuditedRows,
      query: ['part', 'kind', 'actor', 'number', 'from', 'to', 'cursor'],
      handler: ({ query }) =>
        readAudited(
          store,
          {
            part: choice('part', query.part, trailParts) ?? null,
            kind: search(query.kind),
            actor: search(query.actor),
            number: search(query.number),
            from: day('from', query.from)?.begin ?? null,
            before: day('to', query.to)?.end ?? null,
          },
          query.cursor,
        ),
    }),
    route({
      method: 'GET',
      path: '/api/trail/sealing',
      policy: 'audit',
      summary: 'How far the trail is sealed: the last checkpoint, and rows that wait for the next',
      input: null,
      output: Sealing,
      handler: () => readSealing(store, host.clock.now()),
    }),
    route({
      method: 'GET',
      path: '/api/trail/checkpoints',
      policy: 'audit',
      summary: 'Signed checkpoints of the trail, oldest first, and the keys they are signed with',
      input: null,
      output: CheckpointList,
      query: ['after'],
      async handler({ query }) {
        const items = await checkpointsAfter(store, whole('after', query.after), PAGE)
        const next = items.length === PAGE ? items.at(-1)!.number : null
        return { items: [...items], keys: [...(await signedKeys(store))], next }
      },
    }),
    route({
      method: 'GET',
      path: '/api/trail/proof/inclusion',
      policy: 'audit',
      summary: 'The proof that a row of the trail is in the newest checkpoint',
      input: null,
      output: InclusionProof,
      query: ['stream', 'sequence'],
      async handler({ query }) {
        const prover = new Prover(store)
        const [stream, sequence] = [whole('stream', query.stream), whole('sequence', query.sequence)]
        const proof = await prover.inclusion(stream, sequence)
        if (!proof) throw new Rejection('NOT_FOUND')
        const row = await hashedColumns(store, stream, sequence)
        return { ...proof, row, path: [...proof.path], checkpoint: prover.checkpoints[0]! }
      },
    }),
    route({
      method: 'GET',
      path: '/api/trail/proof/consistency',
      policy: 'audit',
      summary: 'The proof that a checkpoint is the beginning of a later one',
      input: null,
      output: ConsistencyProof,
      query: ['first', 'second'],
      async handler({ query }) {
        const proof = await consistencyProof(store, whole('first', query.first), whole('second', query.second))
        if (!proof) throw new Rejection('NOT_FOUND')
        return { ...proof, path: [...proof.path] }
      },
    }),
    route({
      method: 'GET',
      path: '/api/cases/:key/archive',
      policy: 'archive',
      summary: 'The archive package of a case with its proofs; what the person may not see is left out of it',
      input: null,
      output: 'stream',
      async handler({ who, params }) {
        const person = personOf(who)
        const key = readKey(params.key)
        const withhold = await withheldFrom(services, person, key)
        const bytes = await makeCasePackage({ store, files: services.files, key, now: host.clock.now(), withhold })
        await host.record('security', 'case.exported', { type: 'person', id: person.id }, { instanceKey: key })
        return attachment(`${key}.zip`, 'application/zip', bytes)
      },
    }),
  ]
}

/**
 * What a person may not read in the package of a case. The auditor checks that nothing was changed and reads none of it;
 * who takes part in the case reads what he may see of its fields. Throws `NOT_FOUND` for the cases of others, and for one
 * that he may only act on: rows name people, and cannot be handed out without.
 */
async function withheldFrom(
  services: Services,
  person: Person,
  key: number,
): Promise<NonNullable<CasePackageRequest['withhold']>> {
  if (holds(person, auditor)) return () => true
  const instance = await findCase(services, person, key)
  if (!(await hasPartInCase(services.store, person, key))) throw new Rejection('NOT_FOUND')
  const sees = await seenBy(services, person, instance)
  const stream = streamOf(key)
  const redactions = await Redactions.read(services.store, stream)
  const rows = await readRows(services.store, stream, 0, MOST)
  // What erasures left is in the package, too.
  const filled = rows.flatMap(({ row, records }) => redactions.fill(row, readHeads(row.heads) ?? [], records))
  const values = filled.map((record) => record?.value)
  const holding = new Holding((name) => !sees(name))
  for (const value of values) holding.learn(value)
  return ({ value }) => holding.holds(value)
}
