import { Rejection } from '@bihuan/engine'
import { Directory, Holders } from '../contract/contract.ts'
import { invalid } from '../contract/fault.ts'
import { designScope } from '../package/scope.ts'
import { directory, holders } from '../query/directory.ts'
import type { Services } from '../services.ts'
import { personOf } from './caller.ts'
import { type Route, route } from './route.ts'

const MAX_CANDIDATES = 2_000

export function directoryRoutes({ store }: Services): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/directory',
      policy: 'design',
      summary: 'Levels, roles and units that a designer chooses from',
      input: null,
      output: Directory,
      async handler({ who }) {
        return directory(store, (await designScope(store, personOf(who))).paths)
      },
    }),
    route({
      method: 'GET',
      path: '/api/directory/holders',
      policy: 'design',
      summary: 'Whom candidates of a model mean for a case of a unit',
      input: null,
      output: Holders,
      query: ['unit', 'candidates'],
      async handler({ who, query }) {
        const { paths } = await designScope(store, personOf(who))
        const candidates = query.candidates ?? ''
        if (candidates.length > MAX_CANDIDATES) throw invalid('candidates', 'charactersAtMost', MAX_CANDIDATES)
        const found = await holders(store, paths, query.unit ?? '', candidates)
        if (!found) throw new Rejection('NOT_FOUND')
        return found
      },
    }),
  ]
}
