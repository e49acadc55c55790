import { type FactValues, type Key, Rejection } from '@bihuan/engine'
import { Holding, namesIn } from '../audit/holding.ts'
import { ArchivedCaseList } from '../contract/archived.ts'
import { readKey } from '../contract/wire.ts'
import type { Row } from '../db/schema/index.ts'
import { auditor, holds } from '../identity/role.ts'
import type { Person } from '../identity/who.ts'
import { type OpenedPackage, openPackage } from '../keep/withheld-package.ts'
import { archivedSteps, findArchived, readArchivedCases } from '../query/archived.ts'
import type { Services } from '../services.ts'
import { seenAt } from '../work/field-access.ts'
import { attachment } from './attachment.ts'
import { personOf } from './caller.ts'
import { day, search } from './query.ts'
import { type Route, route } from './route.ts'

/** Cases that were moved to archive packages: found by number and date, and handed out. */
export function archivedRoutes(services: Services): Route[] {
  const { store, host, archive } = services
  return [
    route({
      method: 'GET',
      path: '/api/archived-cases',
      policy: 'archive',
      summary: 'Archived cases by part of their number and by days they were under way on, a page at a time',
      input: null,
      output: ArchivedCaseList,
      query: ['number', 'from', 'to', 'cursor'],
      handler: async ({ who, query }) =>
        readArchivedCases(
          store,
          personOf(who),
          {
            number: search(query.number),
            from: day('from', query.from)?.begin ?? null,
            before: day('to', query.to)?.end ?? null,
          },
          query.cursor,
        ),
    }),
    route({
      method: 'GET',
      path: '/api/archived-cases/:key/package',
      policy: 'archive',
      summary: 'The archive package of an archived case; what the person may not see is left out of it',
      input: null,
      output: 'stream',
      async handler({ who, params }) {
        const person = personOf(who)
        const row = await findArchived(store, person, readKey(params.key))
        const found = await archive.read(row.path)
        if (found?.digest !== row.digest) throw new Rejection('ARCHIVE_ABSENT', { path: row.path })
        const bytes = await shownTo(services, person, row, found.content)
        await host.record('security', 'case.exported', { type: 'person', id: person.id }, { instanceKey: row.key })
        return attachment(`${row.number ?? row.key}.zip`, 'application/zip', bytes)
      },
    }),
  ]
}

/** The package as it was made, or without what the person may not read: as with cases that are not archived. */
async function shownTo(
  services: Services,
  person: Person,
  row: Row<'archivedCase'>,
  content: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const opened = openPackage(content)
  const isWithheld = await withheldFrom(services, person, row, opened)
  return isWithheld === null ? content : opened.without(isWithheld)
}

async function withheldFrom(
  services: Services,
  person: Person,
  row: Row<'archivedCase'>,
  { records }: OpenedPackage,
): Promise<Parameters<OpenedPackage['without']>[0] | null> {
  if (holds(person, auditor)) return () => true
  const values = records.map(({ value }) => value)
  const steps = () => archivedSteps(services.store, person, row.key)
  const sees = await seenAt(services, person, row, steps, async () => calledIn(records))
  if ([...namesIn(values)].every((name) => sees(name))) return null
  const holding = new Holding((name) => !sees(name))
  for (const value of values) holding.learn(value)
  return ({ value }) => holding.holds(value)
}

/** Definitions of the processes that records say were called. */
function calledIn(records: OpenedPackage['records']): readonly Key[] {
  const keys = records.flatMap(({ kind, value }) =>
    kind === 'callActivity.called' ? [(value as FactValues['callActivity.called']).definitionKey] : [],
  )
  return [...new Set(keys)]
}
