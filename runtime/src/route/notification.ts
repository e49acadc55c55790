import { Notifications, UnreadNotifications } from '../contract/contract.ts'
import { readKey } from '../contract/wire.ts'
import type { Person } from '../identity/who.ts'
import { countUnread, markRead, readNotifications } from '../query/notification.ts'
import type { Services } from '../services.ts'
import { type Route, route } from './route.ts'

/** What a person was told in the app. */
export function notificationRoutes({ store, host }: Services): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/notifications',
      policy: 'person',
      summary: 'What the person was told, newest first, and how much of it is unread',
      input: null,
      output: Notifications,
      query: ['cursor'],
      handler: async ({ who, query }) => readNotifications(store, who as Person, query.cursor, host.clock.now()),
    }),
    route({
      method: 'GET',
      path: '/api/notifications/unread',
      policy: 'person',
      summary: 'How much of what the person was told is unread',
      input: null,
      output: UnreadNotifications,
      handler: async ({ who }) => ({ unread: await countUnread(store, who as Person) }),
    }),
    route({
      method: 'PUT',
      path: '/api/notifications/read',
      policy: 'person',
      summary: 'Note that the person has read them all',
      input: null,
      output: null,
      keyed: false,
      handler: async ({ who }) => markRead(store, who as Person, 'all', host.clock.now()),
    }),
    route({
      method: 'PUT',
      path: '/api/notifications/:key/read',
      policy: 'person',
      summary: 'Note that the person has read one',
      input: null,
      output: null,
      keyed: false,
      handler: async ({ who, params }) => markRead(store, who as Person, readKey(params.key), host.clock.now()),
    }),
  ]
}
