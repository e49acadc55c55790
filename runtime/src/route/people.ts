import { and, asc, gt, or } from 'drizzle-orm'
import { People } from '../contract/contract.ts'
import { invalid } from '../contract/fault.ts'
import { contains } from '../identity/access.ts'
import { loadPositions } from '../identity/person.ts'
import type { Services } from '../services.ts'
import { search } from './query.ts'
import { type Route, route } from './route.ts'

const PAGE = 50

export function peopleRoutes({ store }: Services): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/people',
      policy: 'people',
      summary: 'People with their positions, by username',
      input: null,
      output: People,
      query: ['search', 'cursor'],
      async handler({ query }) {
        const { person } = store.tables
        const text = search(query.search)
        const after = Buffer.from(query.cursor ?? '', 'base64url').toString('utf8')
        if (after.includes('\0')) throw invalid('cursor', 'cursor')
        const rows = await store.read
          .select({ id: person.id, name: person.name, username: person.username })
          .from(person)
          .where(
            and(
              after === '' ? undefined : gt(person.username, after),
              text === '' ? undefined : or(contains(person.name, text), contains(person.username, text)),
            ),
          )
          .orderBy(asc(person.username))
          .limit(PAGE + 1)
        const shown = rows.slice(0, PAGE)
        const positions = await loadPositions(
          store,
          shown.map((row) => row.id),
        )
        return {
          items: shown.map((row) => ({ ...row, positions: [...(positions.get(row.id) ?? [])] })),
          next: rows.length > PAGE ? Buffer.from(shown.at(-1)!.username).toString('base64url') : null,
        }
      },
    }),
  ]
}
