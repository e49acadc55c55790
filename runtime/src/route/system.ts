import { Rejection } from '@bihuan/engine'
import { Type } from 'typebox'
import { StorageError } from '../db/storage-error.ts'
import { alarms } from '../host/host.ts'
import { storageRefusal } from '../host/refusal.ts'
import type { Services } from '../services.ts'
import { openApi } from './openapi.ts'
import { type Route, route } from './route.ts'

const Health = Type.Object({
  status: Type.Union([Type.Literal('up'), Type.Literal('read_only')]),
  /** Why it only reads: too little room on the disk. */
  reason: Type.Optional(Type.Literal('DISK_LOW')),
  /** What an operator should look at before it becomes a fault. */
  alarms: Type.Optional(Type.Array(Type.Enum([...alarms]))),
})

/** `all` are all routes, these too, for the document that describes them. */
export function systemRoutes({ store, host, load }: Services, all: () => readonly Route[]): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/health',
      policy: 'public',
      summary: 'Whether the server and its database answer',
      always: true,
      input: null,
      output: Health,
      async handler() {
        if (load.isClosing) throw new Rejection('SHUTTING_DOWN')
        const { status, reason, alarms: raised } = host.health()
        if (status === 'storage_unavailable') throw storageRefusal(new StorageError(reason ?? '', null))
        try {
          await store.read.select({ stream: store.tables.stream.stream }).from(store.tables.stream).limit(1)
        } catch {
          throw new Rejection('STORAGE_UNAVAILABLE')
        }
        return {
          status,
          ...(status === 'read_only' && { reason: 'DISK_LOW' as const }),
          ...(raised.length > 0 && { alarms: [...raised] }),
        }
      },
    }),
    route({
      method: 'GET',
      path: '/api/openapi.json',
      policy: 'public',
      summary: 'This interface as OpenAPI 3.1',
      input: null,
      output: Type.Record(Type.String(), Type.Unknown()),
      handler: async () => openApi(all()),
    }),
  ]
}
