import { Rejection } from '@bihuan/engine'
import { Type } from 'typebox'
import type { Services } from '../services.ts'
import { openApi } from './openapi.ts'
import { type Route, route } from './route.ts'

const Health = Type.Object({ status: Type.Literal('up') })

/** `others` are all other routes, for the document that describes them. */
export function systemRoutes({ store }: Services, others: () => readonly Route[]): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/health',
      policy: 'public',
      summary: 'Whether the server and its database answer',
      input: null,
      output: Health,
      async handler() {
        try {
          await store.read.select({ stream: store.tables.stream.stream }).from(store.tables.stream).limit(1)
        } catch {
          throw new Rejection('STORAGE_UNAVAILABLE')
        }
        return { status: 'up' as const }
      },
    }),
    route({
      method: 'GET',
      path: '/api/openapi.json',
      policy: 'public',
      summary: 'This interface as OpenAPI 3.1',
      input: null,
      output: Type.Record(Type.String(), Type.Unknown()),
      handler: async () => openApi(others()),
    }),
  ]
}
