import { Inbox } from '../contract/contract.ts'
import { readInbox } from '../query/inbox.ts'
import type { Services } from '../services.ts'
import { personOf } from './caller.ts'
import { choice, search } from './query.ts'
import { type Route, route } from './route.ts'

export function inboxRoutes(services: Services): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/inbox',
      policy: 'work',
      summary: 'What is to be done, offered, waited for or done',
      input: null,
      output: Inbox,
      query: ['view', 'search', 'cursor'],
      handler: async ({ who, query }) =>
        readInbox(services, personOf(who), {
          view: choice('view', query.view, ['mine', 'claimable', 'waiting', 'done'] as const) ?? 'mine',
          search: search(query.search),
          cursor: query.cursor,
        }),
    }),
    route({
      method: 'GET',
      path: '/api/inbox/events',
      policy: 'work',
      summary: 'Server-sent events: `changed` whenever the inbox may have changed',
      input: null,
      output: 'stream',
      handler: async ({ who, headers, signal }) =>
        services.events.listen(personOf(who), headers.get('last-event-id'), signal),
    }),
  ]
}
