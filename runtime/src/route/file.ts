import { Rejection } from '@bihuan/engine'
import { eq } from 'drizzle-orm'
import { StoredFile } from '../contract/contract.ts'
import { MAX_FILE_BYTES, type StoredFileRow } from '../file/file-store.ts'
import { isPicture } from '../file/kind.ts'
import { maySeeCase } from '../identity/access.ts'
import type { Person } from '../identity/who.ts'
import type { Services } from '../services.ts'
import { personOf } from './caller.ts'
import { type Route, route } from './route.ts'

/** Room for the boundaries and headers of the multipart body around a file of the largest size. */
const ENVELOPE = 64 * 1024

/**
 * The bytes as an answer: never sniffed, never run. Pictures show in the page, all else is downloaded under its name
 * (RFC 6266: the name once in ASCII, once in UTF-8).
 */
export async function sendFile({ files }: Services, row: StoredFileRow): Promise<Response> {
  const bytes = await files.read(row)
  const ascii = row.name.replace(/[^A-Za-z0-9._-]/g, '_')
  const kind = isPicture(row.type) ? 'inline' : 'attachment'
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': row.type,
      'content-length': String(bytes.byteLength),
      'content-disposition': `${kind}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(row.name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=3600',
      etag: `"${row.digest}"`,
    },
  })
}

/** Whether a person may read a file: his own upload, or one that a case names which he may see. */
async function mayRead({ store }: Services, person: Person, row: StoredFileRow): Promise<boolean> {
  if (row.uploadedBy === person.id) return true
  const { caseFile } = store.tables
  const cases = await store.read
    .select({ key: caseFile.instanceKey })
    .from(caseFile)
    .where(eq(caseFile.fileId, row.id))
    .limit(50)
  for (const { key } of cases) if (await maySeeCase(store, person, key)) return true
  return false
}

export function fileRoutes(services: Services): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/files',
      policy: 'work',
      summary: 'Upload one picture or document, at most 10 MB',
      input: 'multipart',
      output: StoredFile,
      limit: MAX_FILE_BYTES + ENVELOPE,
      status: 201,
      async handler({ who, body }) {
        const sent = body.getAll('file')
        const [file] = sent
        if (sent.length !== 1 || !(file instanceof File))
          throw new Rejection('BODY_INVALID', { field: 'file', why: 'one file' })
        return services.files.put({
          bytes: new Uint8Array(await file.arrayBuffer()),
          name: file.name,
          uploadedBy: personOf(who).id,
          at: services.host.clock.now(),
        })
      },
    }),
    route({
      method: 'GET',
      path: '/api/files/:id',
      policy: 'work',
      summary: 'The bytes of a file',
      input: null,
      output: 'stream',
      async handler({ who, params }) {
        const row = await services.files.find(params.id!)
        if (!row || !(await mayRead(services, personOf(who), row))) throw new Rejection('NOT_FOUND')
        return sendFile(services, row)
      },
    }),
  ]
}
