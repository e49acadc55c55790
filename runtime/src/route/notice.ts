import { Notice, NoticeBoard } from '../contract/contract.ts'
import { readKey } from '../contract/wire.ts'
import { findNoticeFile, readBoard, readNotice } from '../query/notice.ts'
import type { Services } from '../services.ts'
import { sendFile } from './file.ts'
import { type Route, route } from './route.ts'

export function noticeRoutes(services: Services): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/notices',
      policy: 'public',
      summary: 'The public board of a unit and those below it',
      input: null,
      output: NoticeBoard,
      query: ['unit'],
      handler: async ({ query }) => readBoard(services, query.unit),
    }),
    route({
      method: 'GET',
      path: '/api/notices/:key',
      policy: 'public',
      summary: 'One notice',
      input: null,
      output: Notice,
      handler: async ({ params }) => readNotice(services, readKey(params.key)),
    }),
    route({
      method: 'GET',
      path: '/api/notices/:key/files/:id',
      policy: 'public',
      summary: 'A file a notice names',
      input: null,
      output: 'stream',
      handler: async ({ params, headers }) =>
        sendFile(
          services,
          await findNoticeFile(services, readKey(params.key), params.id!),
          headers.get('if-none-match'),
        ),
    }),
  ]
}
