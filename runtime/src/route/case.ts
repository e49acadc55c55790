import { Case, CaseActionForm, CaseList, CaseStarted, CompleteTask, Diagram, Trail } from '../contract/contract.ts'
import { readKey, wireKey } from '../contract/wire.ts'
import { findCase, readCase, readCases, readDiagram } from '../query/case.ts'
import { readTrail } from '../query/trail.ts'
import type { Services } from '../services.ts'
import { doAction, openAction } from '../work/case-action.ts'
import { showForm } from '../work/form-judge.ts'
import { personOf } from './caller.ts'
import { choice, search, whole } from './query.ts'
import { type Route, route } from './route.ts'

export function caseRoutes(services: Services): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/cases',
      policy: 'work',
      summary: 'Cases the person may see, newest first',
      input: null,
      output: CaseList,
      query: ['search', 'cursor', 'state'],
      handler: async ({ who, query }) =>
        readCases(services, personOf(who), {
          search: search(query.search),
          cursor: query.cursor,
          state: choice('state', query.state, ['open', 'ended'] as const),
        }),
    }),
    route({
      method: 'GET',
      path: '/api/cases/:key',
      policy: 'work',
      summary: 'One case',
      input: null,
      output: Case,
      handler: async ({ who, params }) => readCase(services, personOf(who), readKey(params.key)),
    }),
    route({
      method: 'GET',
      path: '/api/cases/:key/diagram',
      policy: 'work',
      summary: 'The drawing with the way the case has gone',
      input: null,
      output: Diagram,
      handler: async ({ who, params }) => readDiagram(services, personOf(who), readKey(params.key)),
    }),
    route({
      method: 'GET',
      path: '/api/cases/:key/trail',
      policy: 'work',
      summary: 'Everything that happened, a page at a time, and whether its chain holds',
      input: null,
      output: Trail,
      query: ['after'],
      handler: async ({ who, params, query }) =>
        readTrail(services, personOf(who), readKey(params.key), whole('after', query.after)),
    }),
    route({
      method: 'GET',
      path: '/api/cases/:key/actions/:action',
      policy: 'work',
      summary: 'The form of an act on a running case',
      input: null,
      output: CaseActionForm,
      async handler({ who, params }) {
        const { subscription, action, form, context } = await openAction(
          services,
          personOf(who),
          readKey(params.key),
          readKey(params.action),
        )
        return {
          action: { key: wireKey(subscription.key), label: action.label, hasForm: form !== null },
          form: form && showForm(form, context, services.host.clock.now()),
        }
      },
    }),
    route({
      method: 'POST',
      path: '/api/cases/:key/actions/:action',
      policy: 'work',
      summary: 'Do an act on a running case',
      input: CompleteTask,
      output: CaseStarted,
      async handler({ who, params, body, requestId }) {
        const person = personOf(who)
        const key = readKey(params.key)
        await doAction(services, person, key, readKey(params.action), body, requestId)
        const row = await findCase(services, person, key)
        return { caseKey: wireKey(row.key), caseNumber: row.number }
      },
    }),
  ]
}
