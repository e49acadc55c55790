import { PickPeople, PickUnits } from '../contract/contract.ts'
import { pickPeople, pickUnits } from '../query/pick.ts'
import type { Services } from '../services.ts'
import { personOf } from './caller.ts'
import { search } from './query.ts'
import { type Route, route } from './route.ts'

const given = (text: string | undefined): string | null => search(text) || null

export function pickRoutes(services: Services): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/pick/people',
      policy: 'work',
      summary: 'People near the person who asks, by name, for a field that names people',
      input: null,
      output: PickPeople,
      query: ['search', 'role', 'unit'],
      handler: async ({ who, query }) =>
        pickPeople(services, personOf(who), {
          search: search(query.search),
          role: given(query.role),
          unit: given(query.unit),
        }),
    }),
    route({
      method: 'GET',
      path: '/api/pick/units',
      policy: 'work',
      summary: 'Units near the person who asks, by name, for a field that names units',
      input: null,
      output: PickUnits,
      query: ['search', 'level'],
      handler: async ({ who, query }) =>
        pickUnits(services, personOf(who), { search: search(query.search), level: given(query.level) }),
    }),
  ]
}
