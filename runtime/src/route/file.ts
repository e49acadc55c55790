import { Rejection } from '@bihuan/engine'
import { StoredFile } from '../contract/contract.ts'
import { invalid } from '../contract/fault.ts'
import { MAX_FILE_BYTES, type StoredFileRow, type Upload } from '../file/file-store.ts'
import { isPicture } from '../file/kind.ts'
import type { Person } from '../identity/who.ts'
import type { Services } from '../services.ts'
import { seesFile } from '../work/field-access.ts'
import { disposition } from './attachment.ts'
import { personOf } from './caller.ts'
import { type Route, route } from './route.ts'

/** Room for the boundaries and headers of the multipart body around a file of the largest size. */
const ENVELOPE = 64 * 1024

/** The bytes as an answer: never sniffed, never run. Pictures show in the page, all else is downloaded under its name. */
export async function sendFile({ files }: Services, row: StoredFileRow, known: string | null): Promise<Response> {
  const etag = `"${row.digest}"`
  if (known?.split(',').some((one) => one.trim() === etag))
    return new Response(null, { status: 304, headers: { etag } })
  const bytes = await files.read(row)
  if (bytes === null) throw new Rejection('NOT_FOUND')
  const kind = isPicture(row.type) ? 'inline' : 'attachment'
  return new Response(bytes, {
    headers: {
      'content-type': row.type,
      'content-length': String(row.size),
      'content-disposition': disposition(kind, row.name),
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
      etag,
    },
  })
}

/** Whether a person may read a file: his own upload, or one that a field names which he may see in a case he may see. */
const mayRead = async (services: Services, person: Person, row: StoredFileRow): Promise<boolean> =>
  row.uploadedBy === person.id || (await seesFile(services, person, row.id))

export function fileRoutes(services: Services): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/files',
      keyed: false,
      policy: 'work',
      summary: 'Upload one picture or document, at most 10 MB',
      input: 'upload',
      output: StoredFile,
      limit: MAX_FILE_BYTES + ENVELOPE,
      status: 201,
      async handler({ who, body }) {
        let upload: Upload | null = null
        try {
          for await (const part of body) {
            if (upload !== null || part.name !== 'file' || part.fileName === null) throw invalid('file', 'oneFile')
            upload = await services.files.receive({
              content: part.content,
              name: part.fileName,
              uploadedBy: personOf(who).id,
              at: services.host.clock.now(),
            })
          }
        } catch (error) {
          await upload?.discard()
          throw error
        }
        if (upload === null) throw invalid('file', 'oneFile')
        return upload.keep()
      },
    }),
    route({
      method: 'GET',
      path: '/api/files/:id',
      policy: 'work',
      summary: 'The bytes of a file',
      input: null,
      output: 'stream',
      async handler({ who, params, headers }) {
        const row = await services.files.find(params.id!)
        if (!row || !(await mayRead(services, personOf(who), row))) throw new Rejection('NOT_FOUND')
        return sendFile(services, row, headers.get('if-none-match'))
      },
    }),
  ]
}
